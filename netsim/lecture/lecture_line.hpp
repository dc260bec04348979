// The lines of a lecture: JSON, one object a line, from whoever publishes to those that follow.
// (docs/protocol.md.)
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/recording/recording.hpp"

namespace keyhole {

/// A published recording's most bytes, as JSON on one line.
inline constexpr std::size_t max_lecture_line = std::size_t{16} << 20;

/// The longest address of a step that a lecture or a student names, in bytes.
inline constexpr std::size_t longest_place = 200;

/// What the class is still to guess: what the steps after the place give, or what the place's own step gives too.
enum class LectureCover { nothing, later, step };

/// Where the lecture stands: the address of a step, which the recording need not have.
struct LecturePlace {
    std::string address;
    LectureCover cover = LectureCover::nothing;

    bool operator==(const LecturePlace&) const = default;
};
/// What it shows: a recording's JSON as it came, not yet believed.
struct LectureRecording {
    std::string json;
    bool operator==(const LectureRecording&) const = default;
};
/// Something that a window does not show: a question of a class, its answers, or what a later version says.
struct LectureOther {
    bool operator==(const LectureOther&) const = default;
};
/// What a line of a lecture says; std::monostate if it is none, or an error frame of netsim/protocol/message.
using LectureLine = std::variant<std::monostate, LecturePlace, LectureRecording, LectureOther>;

/// Reads a line without its `\n`; whoever sent it is not trusted.
LectureLine read_lecture_line(std::string_view line);
/// Lines as they are sent, without their `\n`.
std::string place_line(const std::string& address, LectureCover cover = LectureCover::nothing);
std::string recording_line(const Recording& recording);

} // namespace keyhole
