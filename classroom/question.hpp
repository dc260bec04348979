// A question that a lecturer puts to a class about a step: for a named value, whose right answer is the trace's own, or
// with choices. What students type is compared as numbers, so 0xC, 0b1100 and 12 are one answer, and has one form in
// which it is counted and shown: bits for a value of bits, 0x and hex for bytes, else decimal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/steps/trace.hpp"

namespace keyhole::classroom {

inline constexpr std::size_t most_choices = 12, longest_choice = 200; // bytes: a line or two on a telephone

struct Question {
    std::string address;
    std::string words = {};                // what is asked, in a sentence
    std::string value = {};                // the name of the value that is asked for; empty where there are choices
    std::size_t bits = 0;                  // its width, 0 where it has none
    std::vector<std::string> choices = {}; // two or more, or none
    std::optional<Number> number = {};     // the right answer, where it is a number
    std::string right = {};                // the same in its one form; empty where nobody said which choice is right
    bool in_hex = false;                   // digits alone may be hex, as the value is shown
    enum class Form { bits, hex, decimal, text } form = Form::text;
};

/// Throws Error (bad_input), naming the step's values, where it has no such one.
Question question_for(const Trace& trace, const Node& node, std::string_view value);

/// `choices` as typed, `A|B|C`; a star before one marks the right one. Throws Error (bad_input) for fewer than two,
/// too many or too long ones, and for two that are the same.
Question question_with(std::string_view address, std::string_view choices);

/// The one form of an answer. Nothing where it is none: no number, no choice.
std::optional<std::string> counted_form(const Question& question, std::string_view typed);

/// Whether a value gives the answer away: it is the one that is asked for, or the same number.
bool gives_away(const Question& question, const Value& value);

} // namespace keyhole::classroom
