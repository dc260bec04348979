#include "core/attack/discrete_log_estimate.hpp"

#include <chrono>

#include "core/attack/discrete_log_search.hpp"

namespace keyhole::dlog {
namespace {

using Clock = std::chrono::steady_clock;
constexpr double budget = 0.06; // seconds

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// How fast a search was at its beginning, from which the whole of it is estimated.
struct Measured {
    double before = 0; // seconds until the first report
    double operations_before = 0;
    double per_operation = 0; // seconds, after the first report; 0 where the search ended before a second one

    double seconds(double operations) const {
        return before + std::max(operations - operations_before, 0.0) * per_operation;
    }
};

// Runs a search until the budget is spent, and takes the time at each of its reports.
Measured measure(const Number& p, const Target& target, Method method, const Settings& settings) {
    Measured measured;
    double seconds = 0, operations = 0;
    const Clock::time_point begin = Clock::now();
    const Settings timed{
        .workers = settings.workers, .parallel = settings.parallel, .progress = [&](std::uint64_t done) {
            seconds = seconds_since(begin);
            operations = static_cast<double>(done);
            if (measured.before == 0) measured = {seconds, operations, 0};
            return seconds < budget + measured.before;
        }};
    Meter meter(timed);
    with_group(p, [&](const auto& group) { return search(group, target, method, meter); });
    if (measured.before == 0) measured.before = seconds_since(begin);
    if (operations > measured.operations_before)
        measured.per_operation = (seconds - measured.before) / (operations - measured.operations_before);
    return measured;
}

// A search that finds nothing: no power of g is larger than p. Every p that fits a word costs the same, and in a large
// group few points are special, as in a search worth measuring.
Measured measure_rho(const Number& p, std::size_t order_bits, const Settings& settings) {
    const Number group = bit_length(p) <= 64 ? Number((Number(1) << 64) - 59) : p;
    const Number g = group / 3 + 1, y = group + group / 5, order = (Number(1) << order_bits) - 1;
    return measure(group, Target{group, g, y, order}, Method::rho, settings);
}

// Besides the searches, powers are computed to get into the subgroups: three for each part and two for each digit.
double seconds_of_powers(const Problem& problem, const Plan& plan) {
    double powers = 0;
    for (const Part& part : plan.parts) powers += 3 + 2.0 * part.factor.exponent;
    const Clock::time_point begin = Clock::now();
    power_modulo(problem.g, plan.order, problem.p);
    return powers * seconds_since(begin);
}

} // namespace

double operations_per_second(const Number& p) { return 1 / measure_rho(p, 63, {}).per_operation; }

Estimate estimate(const Problem& problem, const Plan& plan, const Settings& settings) {
    if (!plan.possible()) {
        const double rate = 1 / measure_rho(problem.p, max_rho_bits, settings).per_operation;
        return {.operations_per_second = rate, .log2_seconds = plan.log2_operations - std::log2(rate)};
    }
    double seconds = seconds_of_powers(problem, plan), operations = 0;
    for (const Method method : {Method::bsgs, Method::rho}) {
        const auto uses_it = [&](const Part& part) { return part.method == method; };
        const auto largest = std::find_if(plan.parts.rbegin(), plan.parts.rend(), uses_it);
        if (largest == plan.parts.rend()) continue;
        const Number& prime = largest->factor.prime;
        const Number g = power_modulo(problem.g, plan.order / prime, problem.p);
        const Number y = power_modulo(g, prime * 2 / 3, problem.p);
        const Measured measured = measure(problem.p, Target{problem.p, g, y, prime}, method, settings);
        const double longest = std::exp2(largest->log2_operations) / largest->factor.exponent;
        for (const Part& part : plan.parts) {
            if (!uses_it(part)) continue;
            const double digits = std::exp2(part.log2_operations);
            seconds += measured.seconds(longest) * digits / longest;
            operations += digits;
        }
    }
    return {.operations_per_second = operations / seconds, .log2_seconds = std::log2(seconds)};
}

} // namespace keyhole::dlog
