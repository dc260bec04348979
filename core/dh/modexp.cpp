#include "core/dh/modexp.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

struct Silent {
    static void bit(unsigned) {}
    static void squared(const Number&) {}
    static void multiplied(const Number&) {}
};

struct Recorder {
    std::vector<PowerStep>& steps;

    void bit(unsigned value) { steps.push_back({value, {}, {}}); }
    void squared(const Number& value) { steps.back().squared = value; }
    void multiplied(const Number& value) { steps.back().multiplied = value; }
};

template <class Tap>
Number run(const Number& base, const Number& exponent, const Number& modulus, Tap tap) {
    const Number factor = base % modulus;
    Number value = 1 % modulus;
    for (std::size_t i = bit_length(exponent); i-- > 0;) {
        const auto bit = static_cast<unsigned>(mpz_tstbit(exponent.get_mpz_t(), i));
        tap.bit(bit);
        value = value * value % modulus;
        tap.squared(value);
        if (bit == 1) {
            value = value * factor % modulus;
            tap.multiplied(value);
        }
    }
    return value;
}

} // namespace

Number power(const Number& base, const Number& exponent, const Number& modulus) {
    return run(base, exponent, modulus, Silent{});
}

PowerTrace trace_power(const Number& base, const Number& exponent, const Number& modulus) {
    PowerTrace out{.base = base, .exponent = exponent, .modulus = modulus, .steps = {}, .result = {}};
    out.steps.reserve(bit_length(exponent));
    out.result = run(base, exponent, modulus, Recorder{out.steps});
    return out;
}

void check_power_arguments(const Number& base, const Number& exponent, const Number& modulus) {
    if (modulus == 0) throw bad_input("modulus 0 divides nothing (there is no remainder; give a modulus of 1 or more)");
    const auto check = [](const Number& number, const char* name) {
        if (bit_length(number) > max_power_bits) {
            throw bad_input(fmt::format("{} is too long ({} bits; at most {} are traced)", name, bit_length(number),
                                        max_power_bits));
        }
    };
    check(base, "base");
    check(exponent, "exponent");
    check(modulus, "modulus");
}

} // namespace keyhole
