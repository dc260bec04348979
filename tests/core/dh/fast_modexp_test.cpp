// The recorded exponentiation against the classroom's loop, value by value.
#include "core/dh/fast_modexp.hpp"

#include "core/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

void check_equal(const Number& base, const Number& exponent, const Number& modulus) {
    CAPTURE(base.get_str(), exponent.get_str(), modulus.get_str());
    const PowerTrace expected = trace_power(base, exponent, modulus);
    const PowerRecord record(base, exponent, modulus);
    REQUIRE(record.result() == expected.result);
    REQUIRE(record.step_count() == expected.steps.size());
    REQUIRE(record.value_after(0) == 1 % modulus);
    for (std::size_t n = 1; n <= record.step_count(); ++n) {
        REQUIRE(record.step(n) == expected.steps[n - 1]);
        REQUIRE(record.value_after(n) == expected.steps[n - 1].result());
    }
}

} // namespace

TEST_CASE("A recorded power has every step of the classroom's, for odd and even moduli around whole limbs", "[fast]") {
    Random random = Random::seeded("fast_modexp_test");
    const auto below = [&](unsigned bits) { return random.between(0, (Number(1) << bits) - 1); };
    for (const unsigned bits : {1U, 2U, 3U, 31U, 32U, 63U, 64U, 65U, 127U, 128U, 129U, 191U, 192U, 193U, 512U, 2048U}) {
        for (int i = 0; i < (bits < 512 ? 12 : 2); ++i) {
            const Number modulus = below(bits) + 1;
            check_equal(below(bits + 3), below(std::min(bits, 300U)), modulus);
        }
        check_equal(below(bits), below(40), Number(1) << bits);       // a power of two
        check_equal(below(bits), below(40), (Number(1) << bits) - 1); // every limb full
        check_equal((Number(1) << bits) - 2, below(40), (Number(1) << bits) - 1);
    }
}

TEST_CASE("A recorded power takes the smallest numbers", "[fast]") {
    for (int base = 0; base <= 4; ++base) {
        for (int exponent = 0; exponent <= 4; ++exponent) {
            for (int modulus = 1; modulus <= 6; ++modulus) check_equal(base, exponent, modulus);
        }
    }
}
