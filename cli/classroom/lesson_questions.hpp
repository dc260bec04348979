// The questions of a lesson in their order, each with the recording that is open where it stands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classroom/question.hpp"
#include "lesson/open_lesson.hpp"

namespace keyhole::cli {

struct LessonQuestion {
    std::size_t recording = 0; // of the lesson's recordings
    lesson::Question question;
};

/// Throws Error (bad_input) for a lesson with faults, and for one without a question or without a recording.
std::vector<LessonQuestion> questions_of(const lesson::OpenLesson& lesson);

/// The same question for a class, about that trace, at `node` where it names no step. Throws Error (bad_input).
classroom::Question for_class(const LessonQuestion& question, const Trace& trace, const Node& node);

} // namespace keyhole::cli
