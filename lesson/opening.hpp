// What a lesson looks at: the flags of `exchange` or `trace des` in a fenced block ```keyhole, one a line.
#pragma once

#include <optional>
#include <string>

#include "core/recording/recording.hpp"
#include "lesson/lesson.hpp"

namespace keyhole::lesson {

/// The recording that these flags make. With a flag that only `trace des` has it is one message through DES, else an
/// exchange; a first line `exchange` or `trace des` may say so. Nothing where a flag is wrong: then `faults` has its
/// line.
std::optional<Recording> open_lines(const std::vector<Line>& lines, std::vector<Fault>& faults);

/// The command that does the same in a shell: `keyhole exchange --group toy23 --say 'client:Hello Bob'`.
std::string command_of(const std::vector<Line>& lines);

} // namespace keyhole::lesson
