// Left-to-right square and multiply against GMP's own power and against its definition.
#include "core/dh/modexp.hpp"

#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

Number gmp_power(const Number& base, const Number& exponent, const Number& modulus) {
    Number out;
    mpz_powm(out.get_mpz_t(), base.get_mpz_t(), exponent.get_mpz_t(), modulus.get_mpz_t());
    return out;
}

Number random_number(Random& random, unsigned bits) { return random.between(0, (Number(1) << bits) - 1); }

} // namespace

TEST_CASE("Powers agree with GMP's, traced and untraced", "[modexp][oracle]") {
    Random random = Random::seeded("modexp_test");
    for (unsigned bits : {1U, 2U, 5U, 8U, 16U, 31U, 32U, 33U, 63U, 64U, 65U, 127U, 256U, 1024U}) {
        for (int i = 0; i < 20; ++i) {
            const Number base = random_number(random, bits + 3);
            const Number exponent = random_number(random, bits);
            const Number modulus = random_number(random, bits) + 1;
            CAPTURE(base.get_str(), exponent.get_str(), modulus.get_str());
            const Number expected = gmp_power(base, exponent, modulus);
            REQUIRE(power(base, exponent, modulus) == expected);
            REQUIRE(trace_power(base, exponent, modulus).result == expected);
        }
    }
}

TEST_CASE("A trace has a step for every exponent bit, from the top, each following from the one before", "[modexp]") {
    Random random = Random::seeded("modexp_test steps");
    const Number modulus = random_number(random, 128) + 1;
    const PowerTrace trace = trace_power(random_number(random, 128), random_number(random, 96), modulus);
    REQUIRE(trace.steps.size() == bit_length(trace.exponent));
    Number value = 1, exponent = 0;
    for (const PowerStep& step : trace.steps) {
        exponent = 2 * exponent + step.bit;
        CHECK(step.squared == value * value % modulus);
        CHECK(step.multiplied.has_value() == (step.bit == 1));
        if (step.multiplied) CHECK(*step.multiplied == step.squared * trace.base % modulus);
        value = step.result();
    }
    CHECK(exponent == trace.exponent);
    CHECK(value == trace.result);
}

TEST_CASE("5^6 mod 23 goes 1, 5, 2, 10, 8 as on the blackboard", "[modexp]") {
    const PowerTrace trace = trace_power(5, 6, 23); // 6 = 110
    CHECK(trace.result == 8);
    REQUIRE(trace.steps.size() == 3);
    CHECK(trace.steps[0] == PowerStep{1, 1, Number(5)});
    CHECK(trace.steps[1] == PowerStep{1, 2, Number(10)});
    CHECK(trace.steps[2] == PowerStep{0, 8, std::nullopt});
}

TEST_CASE("Exponents 0 and 1 and the modulus 1 give what they should", "[modexp]") {
    CHECK(power(7, 0, 13) == 1);
    CHECK(power(0, 0, 13) == 1);
    CHECK(power(7, 1, 13) == 7);
    CHECK(power(20, 1, 13) == 7);
    CHECK(power(0, 5, 13) == 0);
    CHECK(power(9, 5, 1) == 0);
    CHECK(power(9, 0, 1) == 0);
    CHECK(trace_power(7, 0, 13).steps.empty());
    CHECK(trace_power(7, 0, 13).result == 1);
    CHECK(trace_power(9, 0, 1).result == 0);
}

TEST_CASE("What has no meaning or no bounds is refused", "[modexp][hostile]") {
    CHECK_THROWS_WITH(check_power_arguments(2, 3, 0), Catch::StartsWith("modulus 0"));
    const Number longest = (Number(1) << max_power_bits) - 1;
    CHECK_NOTHROW(check_power_arguments(longest, longest, longest));
    CHECK_THROWS_WITH(check_power_arguments(longest + 1, 3, 5), Catch::StartsWith("base is too long"));
    CHECK_THROWS_WITH(check_power_arguments(2, longest + 1, 5), Catch::StartsWith("exponent is too long"));
    CHECK_THROWS_WITH(check_power_arguments(2, 3, longest + 1), Catch::StartsWith("modulus is too long"));
}
