#include "core/base/number.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/base/error.hpp"

namespace keyhole {

Number parse_number(std::string_view text, std::string_view what) {
    const bool hex = text.find_first_of("xX:") != std::string_view::npos;
    const bool decimal = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    const std::string digits = decimal ? std::string(text) : hex ? hex_digits(text).value_or("") : "";
    if (digits.empty()) {
        throw bad_input(fmt::format(
            "{} '{}' is no number (it has other characters than digits; write it in decimal, in hex after 0x, "
            "or in hex with colons as openssl prints it)",
            what, excerpt(text)));
    }
    const std::size_t most_digits = hex ? max_number_bits / 4 : max_number_bits * 3 / 10;
    if (digits.size() > most_digits) {
        throw bad_input(fmt::format("{} is too long (it has {} digits; at most {} bits are taken)", what, digits.size(),
                                    max_number_bits));
    }
    return Number(digits, hex ? 16 : 10);
}

std::optional<Number> number_from_hex(std::string_view digits) {
    const auto is_hex = [](unsigned char c) { return std::isxdigit(c) != 0; };
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_hex)) return std::nullopt;
    return Number(std::string(digits), 16);
}

std::string to_wire_hex(const Number& number) { return number.get_str(16); }

std::string to_prefixed_hex(const Number& number, std::size_t bits) {
    std::string digits = number.get_str(-16);
    const std::size_t width = std::max((bits + 7) / 8 * 2, (digits.size() + 1) / 2 * 2);
    return "0x" + std::string(width - digits.size(), '0') + digits;
}

std::string to_text(const Number& number, std::size_t bits) {
    return bit_length(number) <= 64 ? number.get_str() : to_prefixed_hex(number, bits);
}

std::size_t bit_length(const Number& number) { return number == 0 ? 0 : mpz_sizeinbase(number.get_mpz_t(), 2); }

bool is_prime(const Number& number) {
    constexpr int repetitions = 28; // GMP: Baillie-PSW first, then Miller-Rabin for the repetitions beyond 24
    return mpz_probab_prime_p(number.get_mpz_t(), repetitions) != 0;
}

Number power_modulo(const Number& base, const Number& exponent, const Number& modulus) {
    Number out;
    mpz_powm(out.get_mpz_t(), base.get_mpz_t(), exponent.get_mpz_t(), modulus.get_mpz_t());
    return out;
}

Bytes to_bytes(const Number& number, std::size_t size) {
    const std::size_t needed = (bit_length(number) + 7) / 8;
    Bytes out(std::max(size, needed));
    mpz_export(out.data() + (out.size() - needed), nullptr, 1, 1, 1, 0, number.get_mpz_t());
    return out;
}

Number from_bytes(ByteView big_endian) {
    Number out;
    mpz_import(out.get_mpz_t(), big_endian.size(), 1, 1, 1, 0, big_endian.data());
    return out;
}

} // namespace keyhole
