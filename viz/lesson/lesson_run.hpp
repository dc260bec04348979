// A lesson that somebody goes through: which part is open, how far it is uncovered, what was answered. What was
// answered is kept in a file, so that a student goes on next week.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "lesson/open_lesson.hpp"

namespace keyhole::viz {

/// What became of a question so far.
struct LessonAnswer {
    std::string typed;
    unsigned misses = 0;
    bool right = false;

    /// Right, or missed twice: the answer is shown.
    bool over() const { return right || misses >= 2; }
    bool operator==(const LessonAnswer&) const = default;
};

class LessonRun {
  public:
    /// `memory` is the file that keeps what was answered; empty: nothing is kept. What cannot be read there is left
    /// out.
    LessonRun(lesson::OpenLesson lesson, std::filesystem::path memory);

    const lesson::OpenLesson& open() const { return open_; }
    std::size_t part() const { return part_; }
    std::size_t parts() const { return open_.lesson().parts.size(); }
    /// Nothing happens where there is no such part.
    void show_part(std::size_t part);
    /// How many blocks of the part are seen: up to its first pause that nobody has passed.
    std::size_t seen_blocks() const;
    /// Whether a pause hides more of the part; `pass` goes on.
    bool pauses() const;
    void pass();

    /// What the open part looks at, from its first step on; null where it looks at nothing.
    const Trace* trace() const;
    /// The first step of that trace to which the open part has a link, or a part behind it, and about which nothing is
    /// asked; empty where there is none.
    std::string first_address() const;

    /// The answer to the question that stands there.
    const LessonAnswer& answer(lesson::Place place) const;
    /// Takes an answer, unless the question is over or nothing was typed. Returns whether it was taken.
    bool take(lesson::Place place, const std::string& typed);
    /// Right ones and all that are over.
    std::pair<std::size_t, std::size_t> score() const;

    /// What went wrong with the memory when it was written last; empty where nothing did.
    const std::string& trouble() const { return trouble_; }

  private:
    using Key = std::pair<std::size_t, std::size_t>; // part and block
    void read_memory();
    void write_memory();

    lesson::OpenLesson open_;
    std::filesystem::path memory_;
    std::string name_; // of the lesson in the memory
    std::size_t part_ = 0;
    std::map<std::size_t, std::size_t> passed_; // of each part: pauses that were passed
    std::map<Key, LessonAnswer> answers_;
    std::string trouble_;
};

/// $XDG_STATE_HOME/keyhole/lessons.json, beside the window's own memory; empty where there is no home.
std::filesystem::path lesson_memory_file();

} // namespace keyhole::viz
