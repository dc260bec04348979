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

inline constexpr std::size_t most_choices = 12;
// In bytes: a line or two on a telephone.
inline constexpr std::size_t longest_choice = 200, longest_words = 400;

struct Question {
    std::string address;
    std::string words = {};                // what is asked, in a sentence
    std::string value = {};                // the name of the value that is asked for; empty where there are choices
    std::size_t bits = 0;                  // its width, 0 where it has none
    std::vector<std::string> choices = {}; // two or more, or none
    std::optional<Number> number = {};     // the right answer, where it is a number
    std::string right = {};                // the same in its one form; empty where nobody said which choice is right
    bool in_hex = false;                   // digits alone may be hex, as the value is shown
    // How answers are counted and shown; `text`: a word, or one of the choices.
    enum class Form { bits, hex, decimal, text } form = Form::text;
};

/// Throws Error (bad_input), naming the step's values, where it has none of that name.
Question question_for(const Trace& trace, const Node& node, std::string_view value);

/// `choices` as typed, `A|B|C`; a star before one marks the right one. Throws Error (bad_input) for fewer than two or
/// too many, for empty or too long ones, for two that are the same and for two stars.
Question question_with(std::string_view address, std::string_view choices);

/// The one form of an answer: words in any case are one. Nothing where it is none: no number, no choice, no words or
/// too many.
std::optional<std::string> counted_form(const Question& question, std::string_view typed);
/// What an answer to this question has to be, for somebody who typed something else.
std::string no_answer_words(const Question& question);

/// Whether a value gives the answer away: it is the one that is asked for, or the same number.
bool gives_away(const Question& question, const Value& value);

} // namespace keyhole::classroom
