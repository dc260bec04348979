// Numbers in sentences, written in one way everywhere: "1 byte", "37 501 blocks"; sentences in lines; letters of either
// case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole {

/// Decimal; from five digits on in groups of three: "2048", "37 501".
std::string grouped_decimal(std::uint64_t number);

/// "1 byte", "0 bytes", "37 501 bytes".
std::string counted(std::uint64_t count, std::string_view thing);

/// The verb's form after a counted thing: "1 block goes", "2 blocks go".
std::string_view singular_or(std::uint64_t count, std::string_view singular, std::string_view plural);

/// ASCII letters in lower case; everything else stays.
char lower_case(char c);
std::string lower_case(std::string_view text);

/// ASCII letters in upper case; everything else stays.
char upper_case(char c);
std::string upper_case(std::string_view text);

/// ASCII's white space.
inline constexpr std::string_view white_space = " \t\n\v\f\r";

/// The text without any of the `blanks` at both ends.
std::string_view trimmed(std::string_view text, std::string_view blanks = white_space);

/// The parts before, between and behind the characters that are one of `separators`, the empty ones too: one part where
/// there is no separator.
std::vector<std::string_view> split(std::string_view text, std::string_view separators);

/// One word of a command as a POSIX shell reads it: in single quotes where it needs them.
std::string shell_word(std::string_view text);

/// A name as a person reads it: "right_in" as "right in".
std::string readable(std::string_view name);

/// The beginning of a sentence: the first letter, where it is an ASCII one, in upper case.
std::string capitalised(std::string text);

/// The text with line ends in place of blanks, so that no line has more than `width` characters (UTF-8), except for a
/// word that is longer. Lines that it has already stay.
std::string wrapped(std::string_view text, std::size_t width);

} // namespace keyhole
