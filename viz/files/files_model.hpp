// The bar for files: which work is asked for, the path that is typed for it, the question before something is replaced,
// the work itself on a thread of its own, and how it ended. The text stays until the work is done.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/recording/recording.hpp"
#include "viz/base/command.hpp"
#include "viz/base/work/job.hpp"
#include "viz/files/image.hpp"
#include "viz/files/path_model.hpp"
#include "viz/session/player.hpp"
#include "viz/session/session.hpp"

namespace keyhole::viz {

enum class FileTask { export_csv, open, save, picture_stage, picture_window };

/// What the user has asked for, ready to be done.
struct FileOrder {
    FileTask task = FileTask::save;
    std::filesystem::path path;
};

class Files {
  public:
    enum class State { closed, asking, working };

    State state() const { return state_; }
    FileTask task() const { return task_; }

    /// Opens the bar; `address` is the current step's, for a picture's name. While work goes on, nothing changes.
    void ask(FileTask task, std::string_view address);
    void close();

    /// What the field holds.
    const std::string& text() const { return text_; }
    void type(std::string text);
    /// The field is to be given the keyboard; once it was drawn, it has it.
    bool wants_keyboard() const { return focus_; }
    void drawn() { focus_ = false; }
    /// Tab: the text as far as all entries agree, or the chosen one.
    std::string completed(std::string_view text) const;
    /// Up and down choose an entry, Escape takes the choice back, closes the bar or stops the work. True: used.
    bool press(const KeyPress& press);
    void choose(std::size_t index);
    const PathCompletion& completion() const { return completion_; }
    std::optional<std::size_t> chosen() const { return chosen_; }

    /// Enter: what is to be done now. Empty while something is in the way: no name, a folder that was entered instead,
    /// or a file that a second Enter replaces.
    std::optional<FileOrder> enter();

    /// Does the order. `recording` is a copy that nobody changes, and is not needed to open one.
    void work(const FileOrder& order, const std::shared_ptr<const Recording>& recording);
    /// The same for a picture, once it is drawn.
    void work(const FileOrder& order, Image picture);
    /// It cannot be done at all; the text stays.
    void fail(std::string_view words) { wrong(std::string(words)); }
    double share() const { return job_ ? job_->share() : 0; }
    /// Checks whether the work has ended; true when it has. The bar is closed then, or says what went wrong.
    bool tick(Seconds now);
    /// When it wants to be looked at again: while it works.
    std::optional<Seconds> due() const;

    /// "CSV into folder", "Save recording as".
    std::string_view label() const;
    /// One line: what is wrong with the text, what Enter would replace, or nothing.
    const std::string& trouble() const { return trouble_; }
    bool asks_to_replace() const { return replace_; }
    /// How the last work ended, once: "wrote 6 files, 12 345 rows, to DIR".
    std::string take_result() { return std::exchange(result_, {}); }
    /// The recording that was opened, once.
    std::optional<Opened> take_opened() { return std::exchange(opened_, std::nullopt); }

  private:
    void wrong(std::string words);
    bool free_to_write(const std::filesystem::path& path);
    void begin(std::function<std::string(Job::Progress&)> work);
    void look() { completion_.look(text_, task_ == FileTask::export_csv); }

    State state_ = State::closed;
    FileTask task_ = FileTask::save;
    std::array<std::string, 5> last_; // what each task was given before, by FileTask
    std::string text_, trouble_, result_;
    bool focus_ = false, replace_ = false;
    std::optional<std::size_t> chosen_;
    PathCompletion completion_;
    std::shared_ptr<std::optional<Recording>> loaded_;
    std::optional<Opened> opened_;
    Seconds now_{0};
    std::unique_ptr<Job> job_;
};

} // namespace keyhole::viz
