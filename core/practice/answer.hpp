// Answers to questions: numbers as people type them (core/base/answer.hpp), and the parts of a round in their order.
#pragma once

#include <optional>
#include <string_view>

#include "core/practice/question.hpp"

namespace keyhole::practice {

/// The number that a value is; nothing for words and text, and for more than 8 bytes.
std::optional<Number> number_in(const Datum& datum);

enum class Verdict { right, wrong, unreadable };

/// Of an order: the numbers of the parts in their order, with or without blanks and commas between them.
Verdict judge(const Question& question, std::string_view answer);

} // namespace keyhole::practice
