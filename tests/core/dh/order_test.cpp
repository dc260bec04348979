// The order of a generator, against brute force for every small prime, published groups, and groups made for the
// purpose.
#include "core/dh/order.hpp"

#include "core/base/file.hpp"
#include "core/base/resources.hpp"
#include "core/kat/records/kat_parse.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using dh::Answer;
using dh::order_of;

namespace {

dh::Order order(const Number& g, const Number& p, const std::optional<Number>& q = {}) {
    return order_of(g, p, dh::check_parameters(p, g), q);
}

unsigned counted_order(unsigned g, unsigned p) {
    unsigned count = 1;
    for (unsigned power = g; power != 1; power = power * g % p) ++count;
    return count;
}

Number next_prime(const Number& from) {
    Number out;
    mpz_nextprime(out.get_mpz_t(), from.get_mpz_t());
    return out;
}

} // namespace

TEST_CASE("The order of every g modulo every small prime is that which counting finds", "[dh][order]") {
    for (unsigned p = 5; p < 2000; p += 2) {
        if (!is_prime(p)) continue;
        const unsigned step = p < 300 ? 1 : p / 23; // all of the smaller ones, some of the larger
        for (unsigned g = 2; g <= p - 2; g += step) {
            CAPTURE(p, g);
            const unsigned expected = counted_order(g, p);
            const dh::Order found = order(g, p);
            REQUIRE(found.known());
            REQUIRE(found.value == expected);
            REQUIRE(found.prime() == (is_prime(expected) ? Answer::yes : Answer::no));
        }
    }
}

TEST_CASE("Textbooks' orders", "[dh][order]") {
    for (const auto& [g, p, expected] : {std::tuple(10, 41, 5), {3, 13, 3}, {2, 31, 5}, {5, 23, 22}, {2, 23, 11}}) {
        CAPTURE(g, p);
        CHECK(order(g, p).value == expected);
        CHECK(order(g, p).prime() == (is_prime(expected) ? Answer::yes : Answer::no));
    }
    // A prime of 64 bits and a subgroup of 32.
    const Number p("0x8000002431ed4b65"), g("0x6141de5a8a8eeb76"), q("0x9a3c4d25");
    CHECK(order(g, p).value == q);
    CHECK(order(g, p).prime() == Answer::yes);
}

TEST_CASE("RFC 5114's orders are unknown without Q and the prime Q with it", "[dh][order]") {
    const auto path = resources::asset_dir() / "kat" / "rfc5114_groups.rsp";
    const auto records = kat::parse("rfc5114", read_file(path, kat::max_file_size));
    REQUIRE(records.size() == 3);
    for (const kat::Record& record : records) {
        const auto number = [&](const char* name) { return record.number(record.need(name, ""), 8192); };
        const Number p = number("P"), g = number("G"), q = number("Q");
        CHECK_FALSE(order(g, p).known());
        CHECK(order(g, p).prime() == Answer::unknown);
        CHECK(order(g, p, q).value == q);
        CHECK(order(g, p, q).prime() == Answer::yes);
        CHECK_FALSE(order(g, p, q + 2).known()); // a false claim is not believed
        CHECK(order(g, p, 2 * q).value == q);    // a multiple is no order
        CHECK(order(p - g, p).prime() ==
              Answer::no); // twice as many powers: 2 divides their number, whatever else does
    }
}

TEST_CASE("A generator's order is told as far as p - 1 can be factored", "[dh][order]") {
    const Number r = next_prime((Number(1) << 100) + 12345), s = next_prime((Number(1) << 110) + 777);
    Number k = 1;
    while (!is_prime(2 * k * r * s + 1)) ++k;
    const Number p = 2 * k * r * s + 1;
    const auto raised = [&](const Number& exponent) {
        Number h = 2;
        while (power_modulo(h, exponent, p) == 1) ++h;
        return power_modulo(h, exponent, p);
    };
    const Number g = raised(2 * k * s); // of order r, which is hidden in r s
    CHECK(order(g, p).prime() == Answer::unknown);
    CHECK(order(g, p, r).prime() == Answer::yes);
    CHECK(order(g, p).value % r == 0);
    const Number small = raised((p - 1) / 2 / k); // its order divides 2 k, all of whose factors are found
    if (small != p - 1) {
        CHECK(order(small, p).known());
        CHECK(power_modulo(small, order(small, p).value, p) == 1);
    }
    const Number both = power_modulo(2, r, p); // whatever its order is, 1 to its power is 1
    CHECK(power_modulo(both, order(both, p).value, p) == 1);
}

TEST_CASE("A p of 8192 bits whose p - 1 has many prime factors costs bounded effort", "[dh][order][hostile]") {
    // The product of hundreds of primes of 20 bits, each of which a walk would find.
    Number n = 2, prime = Number(1) << 19;
    while (bit_length(n) < 8150) n *= prime = next_prime(prime);
    const Factorization found = factorize(n, 1UL << 14);
    Number product = found.unfactored;
    for (const PrimePower& part : found.primes) {
        for (unsigned i = 0; i < part.exponent; ++i) product *= part.prime;
    }
    CHECK(product == n);
    CHECK(found.unfactored > 1);
}
