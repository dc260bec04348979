// The lines of a fenced block ```ask as a question.
#pragma once

#include "lesson/lesson.hpp"

namespace keyhole::lesson {

/// `line` is that of the fence. What is wrong with the block goes to `faults`.
Question parse_question(const std::vector<Line>& lines, std::size_t line, std::vector<Fault>& faults);

} // namespace keyhole::lesson
