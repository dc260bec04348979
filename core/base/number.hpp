// Big integers (GMP) and their written forms. Diffie-Hellman's numbers are never negative.
#pragma once

#include <gmpxx.h>

#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"

namespace keyhole {

using Number = mpz_class;

/// Decimal, or hex with `0x` or with colons between its digits, as openssl prints it. In hex, what
/// separates digits means nothing (hex_digits). At most `max_number_bits` long. `what` names the value in the error.
/// Throws Error.
Number parse_number(std::string_view text, std::string_view what);

/// Longer numbers are refused unread, so that nobody can make us compute with a number of a million digits.
inline constexpr std::size_t max_number_bits = 65536;

/// Bare hex digits of any case (the wire, known-answer files); empty optional when it is anything else.
std::optional<Number> number_from_hex(std::string_view digits);

/// Lower-case hex without `0x` and without leading zeros: the form on the wire.
std::string to_wire_hex(const Number& number);

/// For people and CSV: decimal below 2^64, else `0x` and upper-case hex, zero-padded to `bits` rounded up to bytes.
std::string to_text(const Number& number, std::size_t bits = 0);

/// Upper-case hex with `0x`, zero-padded to `bits` rounded up to bytes.
std::string to_prefixed_hex(const Number& number, std::size_t bits = 0);

/// The number of binary digits; 0 for 0.
std::size_t bit_length(const Number& number);

/// By Baillie-PSW and Miller-Rabin (GMP): no composite is known that passes.
bool is_prime(const Number& number);

/// base^exponent mod modulus, by GMP's own and fastest way; nothing of it can be looked at.
Number power_modulo(const Number& base, const Number& exponent, const Number& modulus);

/// Big-endian, left-padded with zeros to `size` bytes (a longer number takes what it needs).
Bytes to_bytes(const Number& number, std::size_t size = 0);
Number from_bytes(ByteView big_endian);

} // namespace keyhole
