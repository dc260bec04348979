// Discrete logarithms: every method finds the same x; what has none, or no right to one, is told.
#include "core/attack/discrete_log.hpp"
#include "core/attack/discrete_log_estimate.hpp"

#include "core/attack/discrete_log_search.hpp"
#include "core/base/error.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/modexp.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using dlog::Method;

namespace {

Number next_prime(Number n) {
    mpz_nextprime(n.get_mpz_t(), n.get_mpz_t());
    return n;
}

std::optional<Number> solve(const dlog::Problem& problem, Method method = Method::automatic, unsigned workers = 1) {
    return dlog::solve(problem, dlog::make_plan(problem, method), {.workers = workers, .parallel = {}, .progress = {}})
        .x;
}

} // namespace

TEST_CASE("Every method finds the smallest x in groups of every order", "[dlog]") {
    Random random = Random::seeded("discrete_log_test");
    for (unsigned bits = 1; bits <= 30; ++bits) {
        for (int i = 0; i < 8; ++i) {
            const Number p = next_prime(random.between(1, Number(1) << bits));
            const Number g = random.between(1, p - 1), secret = random.between(0, p);
            const dlog::Problem problem{p, g, power(g, secret, p)};
            CAPTURE(p.get_str(), g.get_str(), problem.y.get_str());
            const Number expected = secret % dlog::make_plan(problem).order;
            for (const Method method : {Method::automatic, Method::bsgs, Method::rho}) {
                REQUIRE(solve(problem, method) == expected);
            }
            REQUIRE(solve(problem, Method::rho, 3) == expected);
        }
    }
}

TEST_CASE("A safe prime of 36 bits falls to both searches", "[dlog]") {
    Random random = Random::seeded("discrete_log_test safe");
    const Group group = *dh::new_group(36, random);
    const Number secret = random.between(2, (group.p - 1) / 2 - 1);
    const dlog::Problem problem{group.p, group.g, power(group.g, secret, group.p)};
    CHECK(solve(problem, Method::bsgs) == secret);
    CHECK(solve(problem, Method::rho, 2) == secret);
    const auto plan = dlog::make_plan(problem);
    CHECK(plan.order == (group.p - 1) / 2);
    CHECK(plan.log2_operations == Approx(18).margin(1.5));
}

TEST_CASE("A smooth order falls at any size of p: Pohlig and Hellman", "[dlog]") {
    // p - 1 = 2^k times small primes: 220 bits, and more than a word in every part of the arithmetic
    Number order = 2;
    for (unsigned long prime = 3; bit_length(order) < 200; prime = next_prime(prime).get_ui()) order *= prime * prime;
    Number p = order + 1;
    while (mpz_probab_prime_p(p.get_mpz_t(), 28) == 0) p += order;
    for (const int g : {2, 3, 5}) {
        const dlog::Problem problem{p, g, power(g, Number("123456789012345678901234567890"), p)};
        const auto plan = dlog::make_plan(problem);
        REQUIRE(plan.possible());
        const auto x = solve(problem);
        REQUIRE(x.has_value());
        CHECK(power(g, *x, p) == problem.y);
        CHECK(*x == Number("123456789012345678901234567890") % plan.order);
    }
}

TEST_CASE("y = 1 is g^0, and y outside g's subgroup is no power", "[dlog]") {
    CHECK(solve({23, 5, 1}) == Number(0));
    CHECK(solve({23, 2, 1}) == Number(0));
    CHECK(solve({23, 1, 1}) == Number(0));
    CHECK(solve({2, 1, 1}) == Number(0));
    CHECK(solve({23, 5, 8}) == Number(6));
    CHECK(solve({23, 5, 22}) == Number(11));
    const dlog::Problem outside{23, 2, 5}; // 2 has order 11, 5 is no square
    CHECK_FALSE(dlog::make_plan(outside).in_subgroup);
    CHECK_FALSE(solve(outside).has_value());
    CHECK_FALSE(dlog::make_plan({23, 1, 2}).in_subgroup);
}

TEST_CASE("What is no group is refused", "[dlog][hostile]") {
    CHECK_THROWS_AS(dlog::make_plan({21, 2, 4}), Error);
    CHECK_THROWS_AS(dlog::make_plan({1, 1, 1}), Error);
    CHECK_THROWS_AS(dlog::make_plan({0, 0, 0}), Error);
    CHECK_THROWS_AS(dlog::make_plan({23, 0, 4}), Error);
    CHECK_THROWS_AS(dlog::make_plan({23, 23, 4}), Error);
    CHECK_THROWS_AS(dlog::make_plan({23, 5, 0}), Error);
    CHECK_THROWS_AS(dlog::make_plan({23, 5, 24}), Error);
}

TEST_CASE("What cannot be done is told at once, with the number of operations", "[dlog]") {
    const Group* group = find_group("modp1536");
    REQUIRE(group != nullptr);
    const dlog::Plan plan = dlog::make_plan({group->p, group->g, power(group->g, 12345, group->p)});
    CHECK_FALSE(plan.possible());
    CHECK(plan.unfactored == 1);
    CHECK(plan.log2_operations == Approx(767.8).margin(0.5));
}

TEST_CASE("Rho finds the same x with exponents of two words", "[dlog]") {
    Random random = Random::seeded("discrete_log_test wide");
    for (const unsigned bits : {8U, 20U, 34U}) {
        const Group found = *dh::new_group(bits, random);
        const Number order = (found.p - 1) / 2, secret = random.between(2, order - 1);
        const Number y = power(found.g, secret, found.p);
        const dlog::Target target{found.p, found.g, y, order};
        const dlog::Settings settings;
        dlog::Meter meter(settings);
        const dlog::WordGroup words(found.p);
        CHECK(dlog::Rho<dlog::WordGroup, dlog::Wide>(words, target, meter).run() == secret);
        const dlog::NumberGroup numbers(found.p);
        CHECK(dlog::Rho<dlog::NumberGroup, dlog::Wide>(numbers, target, meter).run() == secret);
    }
    const Number large = (Number(1) << 126) + 12345;
    CHECK(dlog::number_of(dlog::exponent_of<dlog::Wide>(large)) == large);
}

TEST_CASE("An estimate begins the search that the plan names, with its workers, and stops it", "[dlog]") {
    Random random = Random::seeded("discrete_log_test estimate");
    unsigned most_jobs = 0;
    const dlog::Parallel count_jobs = [&](unsigned count, const std::function<void(unsigned)>& job) {
        most_jobs = std::max(most_jobs, count);
        for (unsigned i = 0; i < count; ++i) job(i);
    };
    struct Case {
        unsigned bits;
        Method method;
        unsigned jobs;
        bool possible;
    };
    for (const auto& [bits, method, jobs, possible] :
         {Case{20, Method::bsgs, 0, true}, Case{40, Method::bsgs, 0, true}, Case{40, Method::rho, 3, true},
          Case{64, Method::automatic, 3, true}, Case{68, Method::automatic, 3, true},
          Case{132, Method::automatic, 3, false}}) {
        CAPTURE(bits);
        const Group group = *dh::new_group(bits, random);
        const dlog::Problem problem{group.p, group.g, power(group.g, 123456789, group.p)};
        const dlog::Plan plan = dlog::make_plan(problem, method);
        CHECK(plan.possible() == possible);
        most_jobs = 0;
        const dlog::Estimate found =
            dlog::estimate(problem, plan, {.workers = 3, .parallel = count_jobs, .progress = {}});
        CHECK(most_jobs == jobs);
        CHECK(found.operations_per_second > 0);
        CHECK(found.log2_seconds == Approx(plan.log2_operations - std::log2(found.operations_per_second)).margin(0.6));
    }
    CHECK(dlog::operations_per_second(23) > 0);
}

TEST_CASE("A search stops when it is told to", "[dlog]") {
    Random random = Random::seeded("discrete_log_test stop");
    const Group group = *dh::new_group(60, random);
    const dlog::Problem problem{group.p, group.g, power(group.g, Number("123456789012345"), group.p)};
    for (const Method method : {Method::automatic, Method::rho}) {
        int calls = 0;
        const auto solution =
            dlog::solve(problem, dlog::make_plan(problem, method),
                        {.workers = 1, .parallel = {}, .progress = [&](std::uint64_t) { return ++calls < 3; }});
        CHECK_FALSE(solution.x.has_value());
        CHECK(calls == 3);
    }
}

TEST_CASE("Numbers fall into their prime factors, or say what is left", "[dlog][factor]") {
    Random random = Random::seeded("discrete_log_test factor");
    for (int i = 0; i < 60; ++i) {
        const Number n = random.between(1, Number(1) << (1 + static_cast<unsigned>(i)));
        const Factorization factors = factorize(n);
        Number product = factors.unfactored;
        for (const PrimePower& factor : factors.primes) {
            CHECK(mpz_probab_prime_p(factor.prime.get_mpz_t(), 28) != 0);
            for (unsigned k = 0; k < factor.exponent; ++k) product *= factor.prime;
        }
        CHECK(product == n);
        CHECK(factors.unfactored == 1);
    }
    CHECK(factorize(1).primes.empty());
    const Number p = next_prime(Number(1) << 40);
    CHECK(factorize(p * p).primes == std::vector<PrimePower>{{p, 2}});
    const Number hard = next_prime(Number(1) << 100) * next_prime(Number(1) << 110);
    CHECK(factorize(6 * hard, 4096).unfactored == hard);
}
