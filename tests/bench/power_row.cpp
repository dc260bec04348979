// A recorded exponentiation of full size against GMP's, which records nothing.
#include "core/base/random.hpp"
#include "core/dh/fast_modexp.hpp"
#include "core/dh/groups.hpp"
#include "tests/bench/measure.hpp"

namespace keyhole::bench {

Row modexp_row() {
    Row row{.name = {},
            .what = "2048-bit exponent, base and modulus (ffdhe2048), every value kept",
            .peer_name = "GMP, mpz_powm",
            .unit = "ms",
            .target = 1 / 1.5,
            .missing = {}};
    Random random = Random::seeded("bench");
    const Number p = find_group("ffdhe2048")->p;
    const Number top = Number(1) << 2047;
    const Number exponent = random.between(top, 2 * top - 1), base = random.between(2, p - 2);
    measure(
        row, Better::less, 41,
        [&] {
            return nanoseconds_each(1e6, [&] {
                const PowerRecord record(base, exponent, p);
                keep(&record);
            });
        },
        [&] {
            return nanoseconds_each(1e6, [&] {
                Number result;
                mpz_powm(result.get_mpz_t(), base.get_mpz_t(), exponent.get_mpz_t(), p.get_mpz_t());
                keep(&result);
            });
        });
    return row;
}

} // namespace keyhole::bench
