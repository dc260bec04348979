// Bytes and their written forms: hex, base64 (RFC 4648), UTF-8, DES blocks, and text made safe for a terminal.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text, and a text of the same bytes; nothing is converted.
Bytes to_bytes(std::string_view text);
std::string to_string(ByteView bytes);

/// The same bytes, looked at as text.
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

/// The same text, looked at as bytes.
inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// The text without a `0x` or `0X` at its beginning.
std::string_view without_prefix(std::string_view text);

/// Upper-case hex, two digits a byte, no prefix.
std::string to_hex(ByteView bytes);

/// White space, colons, commas and hyphens: between two digits of a number in hex they mean nothing.
constexpr bool separates_digits(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == ':' || c == ',' || c == '-';
}

/// The digits of hex as people have it: any case, with or without `0x` (or one before each byte, as in a C array),
/// without what separates them. Empty optional when there is anything else in it, or a sign before the first digit.
std::optional<std::string> hex_digits(std::string_view text);

/// Hex digits in pairs, as hex_digits takes them; empty optional when it is anything else.
std::optional<Bytes> from_hex(std::string_view text);

/// Exactly 16 digits, as hex_digits takes them. `what` names the value in the error ("key", "IV"). Where the value may
/// be text, too, `text_is_given` says how ("give it with --key-text"). Throws Error (bad_input).
std::uint64_t parse_block(std::string_view text, std::string_view what, std::string_view text_is_given = {});

/// What stands between a double quote at its beginning and one at its end: how the window's fields tell text from hex.
constexpr std::optional<std::string_view> in_double_quotes(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
    return text.substr(1, text.size() - 2);
}

/// Eight bytes of text in UTF-8. Throws Error (bad_input).
std::uint64_t text_block(std::string_view text, std::string_view what);

/// Eight bytes from a pointer on, big-endian, as a block and back, in one move.
inline std::uint64_t load_big_endian(const std::uint8_t* bytes) {
    std::uint64_t block;
    std::memcpy(&block, bytes, sizeof block);
    return std::endian::native == std::endian::little ? __builtin_bswap64(block) : block;
}
inline void store_big_endian(std::uint64_t block, std::uint8_t* bytes) {
    if (std::endian::native == std::endian::little) block = __builtin_bswap64(block);
    std::memcpy(bytes, &block, sizeof block);
}

/// The same of the first eight bytes.
inline std::uint64_t load_block(ByteView bytes) { return load_big_endian(bytes.first(8).data()); }
inline void store_block(std::uint64_t block, std::span<std::uint8_t> bytes) {
    store_big_endian(block, bytes.first(8).data());
}
Bytes block_bytes(std::uint64_t block);

/// Standard base64 with padding. Decoding is strict: no white space, no missing padding, no stray bits.
std::string to_base64(ByteView bytes);
std::optional<Bytes> from_base64(std::string_view text);

/// Why a text is no base64: which byte is wrong, counted from 1, and what stands there. Empty where from_base64 takes
/// it.
std::string base64_fault(std::string_view text);

/// True when the text is UTF-8 as RFC 3629 has it (no surrogates, no overlong forms, at most U+10FFFF).
bool is_utf8(std::string_view text);

/// True for a byte that is not the first of its character (RFC 3629, section 3).
constexpr bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// The longest head of at most `limit` bytes that ends between two characters of UTF-8.
std::string_view whole_characters(std::string_view text, std::size_t limit);

/// The text with every control character (C0, DEL, C1, line and paragraph separators, bidirectional controls) and every
/// byte that is no UTF-8 written as an escape, so that nothing in it can move a cursor. A backslash is doubled.
std::string escape_controls(std::string_view text);

/// Text from outside, short and safe enough to be quoted in a line of our own: its first characters, at most `limit`
/// bytes of them, escaped; ".." where there was more.
std::string excerpt(std::string_view text, std::size_t limit = 40);

} // namespace keyhole
