// The lines of a lecture: JSON, one object a line, from the window that publishes to those that follow.
// (docs/window.md.)
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/recording/recording.hpp"

namespace keyhole::viz {

/// A published recording's most bytes, as JSON on one line.
inline constexpr std::size_t max_lecture_line = std::size_t{16} << 20;

/// Where the lecture stands: an address, short and UTF-8, that no recording need have.
struct LecturePlace {
    std::string address;
    bool operator==(const LecturePlace&) const = default;
};
/// What it shows: a recording's JSON as it came, not yet believed.
struct LectureRecording {
    std::string json;
    bool operator==(const LectureRecording&) const = default;
};
/// A line of a lecture; neither of both where it is none.
using LectureLine = std::variant<std::monostate, LecturePlace, LectureRecording>;

/// The line without its `\n`, from a stranger.
LectureLine read_lecture_line(std::string_view line);
/// Lines as they are sent, without their `\n`.
std::string place_line(const std::string& address);
std::string recording_line(const Recording& recording);

} // namespace keyhole::viz
