// What a lesson looks at: the flags of `exchange` or `trace des` in a fenced block ```keyhole, one a line.
#pragma once

#include <optional>

#include "core/recording/recording.hpp"
#include "lesson/lesson.hpp"

namespace keyhole::lesson {

/// Runs it, without a word on stderr. With a key or a message it is one message through DES, else an exchange; a first
/// line `exchange` or `trace des` may say so. Nothing where a flag is wrong: then `faults` has its line.
std::optional<Recording> open_lines(const std::vector<Line>& lines, std::vector<Fault>& faults);

} // namespace keyhole::lesson
