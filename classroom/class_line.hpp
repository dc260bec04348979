// The lines between a class and its students, JSON, one object a line (docs/protocol.md): read strictly, for whoever
// sends them is a stranger, and written. `recording` and `at` of the way down are those of
// netsim/lecture/lecture_line.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "classroom/question.hpp"

namespace keyhole::classroom {

inline constexpr std::size_t longest_line = 4096; // bytes, of the way up
inline constexpr std::size_t id_digits = 32;      // hex

/// Why a line is none: "a name has at most 40 characters".
struct NoLine {
    std::string why;
    bool operator==(const NoLine&) const = default;
};
struct JoinLine {
    std::string name, id; // one of them may be empty
    bool operator==(const JoinLine&) const = default;
};
struct AnswerLine {
    std::uint64_t question = 0;
    std::string answer;
    bool operator==(const AnswerLine&) const = default;
};
/// Where a student stands who looks around.
struct AtLine {
    std::string address;
    bool operator==(const AtLine&) const = default;
};
using ClassLine = std::variant<NoLine, JoinLine, AnswerLine, AtLine>;

ClassLine read_class_line(std::string_view line);

/// How often each answer was given, by its one form.
using Counts = std::map<std::string, std::uint64_t>;

std::string joined_line(const std::string& id, const std::string& name);
std::string ask_line(std::uint64_t number, const Question& question);
std::string closed_line(std::uint64_t number, const Counts& counts);
std::string revealed_line(std::uint64_t number, const Question& question, const Counts& counts);
/// To one student: the answer was taken, in this form.
std::string answered_line(std::uint64_t number, const std::string& answer);
/// To one student: it was not, and why.
std::string not_taken_line(std::uint64_t number, std::string_view why);

} // namespace keyhole::classroom
