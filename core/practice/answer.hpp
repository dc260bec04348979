// Answers as people type them: hex, bits or decimal, compared as numbers. What has no mark (0x, 0b) and is a number in
// more than one way is right if one of them is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/practice/question.hpp"

namespace keyhole::practice {

/// The number that a value is; nothing for words and text, and for more than 8 bytes.
std::optional<Number> number_of(const Datum& datum);

/// Every number that the text may mean for a value of `bits` bits: after 0x hex, after 0b bits, `bits` zeros and ones
/// are bits, digits are decimal (and hex, where `digits_may_be_hex`), with letters they are hex. Blanks, commas,
/// colons, hyphens and underlines between digits mean nothing. Empty where it is no number.
std::vector<Number> readings(std::string_view text, unsigned bits, bool digits_may_be_hex);

enum class Verdict { right, wrong, unreadable };

/// Of an order: the numbers of the parts in their order, with or without blanks and commas between them.
Verdict judge(const Question& question, std::string_view answer);

} // namespace keyhole::practice
