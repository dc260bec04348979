#include "viz/files/files_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/file.hpp"
#include "viz/files/file_exchange.hpp"
#include "viz/files/file_work.hpp"

namespace keyhole::viz {
namespace {

namespace fs = std::filesystem;

constexpr Seconds between_looks{0.05};
constexpr std::array labels = {std::string_view("CSV into folder"), std::string_view("Open recording"),
                               std::string_view("Save recording as"), std::string_view("Stage picture as"),
                               std::string_view("Window picture as")};
constexpr std::array csv_names = {"blocks.csv",      "rounds.csv", "sboxes.csv",
                                  "keyschedule.csv", "modexp.csv", "exchange.csv"};

std::string suggestion(FileTask task, std::string_view address) {
    switch (task) {
        case FileTask::export_csv: return "keyhole-csv";
        case FileTask::open: return "";
        case FileTask::save: return "keyhole.json";
        case FileTask::picture_stage:
        case FileTask::picture_window: break;
    }
    std::string name(address);
    std::ranges::replace(name, '/', '-');
    return name + ".png";
}

bool pictures(FileTask task) { return task == FileTask::picture_stage || task == FileTask::picture_window; }

} // namespace

std::string_view Files::label() const { return labels[static_cast<std::size_t>(task_)]; }

void Files::ask(FileTask task, std::string_view address) {
    if (state_ == State::working) return wrong("one work at a time: Esc cancels this one");
    state_ = State::asking;
    task_ = task;
    const std::string& before = last_[static_cast<std::size_t>(task)];
    std::string text = suggestion(task, address);
    // A picture gets a name of its own each time, in the folder of the one before.
    if (!before.empty()) text = pictures(task) ? before.substr(0, before.rfind('/') + 1) + text : before;
    completion_.forget();
    type(std::move(text));
    focus_ = true;
}

void Files::close() {
    state_ = State::closed;
    trouble_.clear();
    replace_ = false;
    chosen_.reset();
}

void Files::type(std::string text) {
    text_ = std::move(text);
    trouble_.clear();
    replace_ = false;
    chosen_.reset();
    look();
}

std::string Files::completed(std::string_view text) const {
    if (chosen_ && text == text_) return completion_.choices()[*chosen_].text;
    PathCompletion completion = completion_;
    completion.look(text, task_ == FileTask::export_csv);
    return completion.longest();
}

void Files::choose(std::size_t index) {
    if (index >= completion_.choices().size()) return;
    type(completion_.choices()[index].text);
    focus_ = true;
}

bool Files::press(const KeyPress& press) {
    const bool plain = !press.ctrl && !press.alt;
    if (state_ == State::closed || !plain) return false;
    if (press.key == Key::escape) {
        if (state_ == State::working) {
            job_->cancel();
        } else if (chosen_) {
            chosen_.reset();
        } else {
            close();
        }
        return true;
    }
    const std::size_t count = completion_.choices().size();
    if (state_ != State::asking || count == 0 || (press.key != Key::down && press.key != Key::up)) return false;
    if (press.key == Key::down) {
        chosen_ = chosen_ ? std::min(*chosen_ + 1, count - 1) : 0;
    } else if (chosen_) {
        chosen_ = *chosen_ > 0 ? std::optional(*chosen_ - 1) : std::nullopt;
    }
    return true;
}

void Files::wrong(std::string words) {
    trouble_ = std::move(words);
    replace_ = false;
    focus_ = true;
}

// Says what would be replaced, and waits for a second Enter.
bool Files::free_to_write(const fs::path& path) {
    std::error_code ignored;
    std::string there;
    if (task_ == FileTask::export_csv) {
        const auto held =
            std::ranges::count_if(csv_names, [&](const char* name) { return fs::exists(path / name, ignored); });
        if (held > 0) there = fmt::format("this folder holds {} of these files", held);
    } else if (fs::exists(path, ignored)) {
        there = "this file exists";
    }
    if (there.empty() || replace_) return true;
    wrong(there + ": Enter again replaces " + (task_ == FileTask::export_csv ? "them" : "it"));
    replace_ = true;
    return false;
}

std::optional<FileOrder> Files::enter() {
    if (state_ != State::asking) return std::nullopt;
    if (chosen_) {
        const bool done = !completion_.choices()[*chosen_].folder || task_ == FileTask::export_csv;
        choose(*chosen_);
        if (!done) return std::nullopt;
    }
    look();
    const fs::path path = typed_path(text_);
    std::error_code ignored;
    if (path.empty()) {
        wrong("a name is missing (type one; Tab completes it)");
        return std::nullopt;
    }
    if (task_ != FileTask::export_csv && fs::is_directory(path, ignored)) {
        type(text_.ends_with('/') ? text_ : text_ + '/');
        wrong("this is a folder: choose a file in it");
        return std::nullopt;
    }
    if (task_ != FileTask::open && !free_to_write(path)) return std::nullopt;
    return FileOrder{task_, path};
}

void Files::begin(std::function<std::string(Job::Progress&)> work) {
    trouble_.clear();
    replace_ = false;
    chosen_.reset();
    state_ = State::working;
    job_ = std::make_unique<Job>(std::move(work));
}

void Files::work(const FileOrder& order, const std::shared_ptr<const Recording>& recording) {
    switch (order.task) {
        case FileTask::export_csv:
            return begin([=](Job::Progress& p) { return export_csv_work(*recording, order.path, p); });
        case FileTask::save: return begin([=](Job::Progress& p) { return save_work(*recording, order.path, p); });
        case FileTask::open:
            loaded_ = std::make_shared<std::optional<Recording>>();
            return begin([path = order.path, out = loaded_](Job::Progress& p) { return open_work(path, *out, p); });
        case FileTask::picture_stage:
        case FileTask::picture_window: return;
    }
}

void Files::work(const FileOrder& order, Image picture) {
    begin([path = order.path, picture = std::move(picture)](Job::Progress&) {
        write_png(path, picture);
        return fmt::format("saved the picture, {} x {}, as {}", picture.width, picture.height, shown(path));
    });
}

bool Files::tick(Seconds now) {
    now_ = now;
    if (!job_ || job_->running()) return false;
    const auto outcome = job_->take();
    job_.reset();
    completion_.forget();
    const bool opens = task_ == FileTask::open;
    if (!outcome || outcome->failed) {
        state_ = State::asking;
        look();
        wrong(outcome ? outcome->words : "it ended without a word");
    } else {
        last_[static_cast<std::size_t>(task_)] = text_;
        close();
        result_ = outcome->words;
        if (!opens) hand_over(typed_path(text_));
        if (opens) {
            const std::string title = shown(typed_path(text_).filename());
            opened_ = Opened{.recording = std::move(**loaded_), .title = title, .go_to = {}};
        }
    }
    loaded_.reset();
    return true;
}

std::optional<Seconds> Files::due() const { return job_ ? std::optional(now_ + between_looks) : std::nullopt; }

} // namespace keyhole::viz
