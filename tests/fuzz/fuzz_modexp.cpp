// Modular exponentiation against GMP's own: plain, traced and recorded, with all running values.
#include "core/dh/fast_modexp.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace keyhole;
using namespace keyhole::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider in(data, size);
    const auto number = [&](std::size_t most_bytes) {
        const std::size_t length = in.ConsumeIntegralInRange<std::size_t>(0, most_bytes);
        return from_bytes(in.ConsumeBytes<std::uint8_t>(length));
    };
    const Number base = number(72), exponent = number(24), modulus = number(72);
    if (modulus == 0) {
        hold(!accepted([&] { check_power_arguments(base, exponent, modulus); }), "a modulus of 0 is refused");
        return 0;
    }
    Number expected;
    mpz_powm(expected.get_mpz_t(), base.get_mpz_t(), exponent.get_mpz_t(), modulus.get_mpz_t());
    hold(power(base, exponent, modulus) == expected, "power is GMP's");
    const PowerTrace trace = trace_power(base, exponent, modulus);
    hold(trace.result == expected, "the trace ends in GMP's result");
    const PowerRecord record(base, exponent, modulus);
    hold(record.result() == expected, "the record ends in GMP's result");
    hold(record.step_count() == bit_length(exponent) && trace.steps.size() == record.step_count(),
         "there is a step for each exponent bit");
    Number leading = 0, running;
    for (std::size_t i = 1; i <= record.step_count(); ++i) {
        const PowerStep step = record.step(i);
        hold(step == trace.steps[i - 1], "record and trace agree");
        leading = 2 * leading + step.bit;
        mpz_powm(running.get_mpz_t(), base.get_mpz_t(), leading.get_mpz_t(), modulus.get_mpz_t());
        hold(record.value_after(i) == running, "after each bit the value is the power of the bits so far");
    }
    hold(leading == exponent, "the bits are the exponent's");
    return 0;
}
