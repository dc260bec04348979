#include "viz/pages/attack/attack_times.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <thread>

#include "core/attack/discrete_log.hpp"
#include "core/attack/discrete_log_estimate.hpp"
#include "core/attack/key_search.hpp"
#include "core/attack/search_times.hpp"
#include "core/attack/threads.hpp"
#include "core/base/words.hpp"
#include "core/dh/groups.hpp"

namespace keyhole::viz {
namespace {

constexpr unsigned all_key_bits = 56;
constexpr double sample_seconds = 0.02;
constexpr double seconds_a_year = 31557600;
constexpr std::array sizes = {5U,   8U,   12U,   16U,   20U,   24U,   28U,   32U,   40U,  48U,
                              56U,  64U,  80U,   96U,   112U,  128U,  160U,  192U,  256U, 384U,
                              512U, 768U, 1024U, 1536U, 2048U, 3072U, 4096U, 6144U, 8192U};

// Adds up what every core does at the same time.
template <class Measure>
double on_all_cores(unsigned cores, const Measure& measure) {
    std::vector<double> each(cores);
    run_threads(cores, [&](unsigned i) { each[i] = measure(); });
    return std::accumulate(each.begin(), each.end(), 0.0);
}

// Primes of rising size: 2^64 - 59 (the last that fits a machine word), 2^127 - 1, 2^521 - 1 and two of RFC 3526.
std::vector<Number> measured_primes() {
    const auto below_power = [](unsigned bits, unsigned by) { return Number((Number(1) << bits) - by); };
    return {below_power(64, 59), below_power(127, 1), below_power(521, 1), find_group("modp2048")->p,
            find_group("modp8192")->p};
}

} // namespace

Rate rate_of(std::vector<double> samples) {
    if (samples.empty()) return {};
    std::ranges::sort(samples);
    return {.median = samples[samples.size() / 2], .least = samples.front(), .most = samples.back()};
}

std::string Rate::words(std::string_view unit) const {
    return fmt::format("{} {}/s (median of {}, {} to {})", short_number(median), unit, rate_samples,
                       short_number(least), short_number(most));
}

unsigned core_count() { return std::max(1U, std::thread::hardware_concurrency()); }

AttackRates measure_rates(const std::optional<Number>& p, const std::function<bool()>& stop) {
    AttackRates rates;
    rates.cores = core_count();
    const auto samples = [&](const auto& measure) {
        std::vector<double> out;
        while (out.size() < rate_samples && !stop()) out.push_back(on_all_cores(rates.cores, measure));
        return rate_of(std::move(out));
    };
    rates.cards = attack_cards();
    rates.keys = samples([] { return keys_per_second(bitslice::best_level(), sample_seconds); });
    if (p) rates.operations = samples([&] { return dlog::operations_per_second(*p); });
    for (const Number& prime : measured_primes()) {
        if (stop()) break;
        rates.by_size.push_back({static_cast<double>(bit_length(prime)),
                                 on_all_cores(rates.cores, [&] { return dlog::operations_per_second(prime); })});
    }
    return rates;
}

double operations_at(std::span<const SizedRate> by_size, double bits) {
    if (by_size.empty()) return 0;
    if (bits <= by_size.front().bits) return by_size.front().rate;
    const auto above = std::ranges::find_if(by_size, [&](const SizedRate& r) { return r.bits >= bits; });
    if (above == by_size.end()) return by_size.back().rate;
    const SizedRate &low = *(above - 1), &high = *above;
    return low.rate * std::pow(high.rate / low.rate, std::log(bits / low.bits) / std::log(high.bits / low.bits));
}

std::span<const unsigned> group_sizes() { return sizes; }

double sieve_log2_core_years(double bits) {
    // L_p(1/3, c) = exp(c (ln p)^(1/3) (ln ln p)^(2/3)), c = (64/9)^(1/3).
    const auto ln_l = [](double size) {
        const double ln_p = size * std::log(2.0);
        return std::cbrt(64.0 / 9) * std::cbrt(ln_p) * std::pow(std::log(ln_p), 2.0 / 3);
    };
    return std::log2(record_core_years) + (ln_l(bits) - ln_l(record_bits)) / std::log(2.0);
}

std::vector<AttackTime> attack_times(const AttackQuestion& q) {
    using Source = AttackTime::Source;
    std::vector<AttackTime> times;
    const auto ran = [&](const std::optional<AttackRun>& run, std::string name) {
        if (run && run->finished) times.push_back({std::move(name), std::log2(run->seconds), Source::ran, false});
    };
    if (q.rates.keys.median > 0) {
        const double rate = std::log2(q.rates.keys.median);
        times.push_back({fmt::format("DES, {} unknown bits", q.key_bits), q.key_bits - rate, Source::reckoned, true});
        ran(q.search, fmt::format("DES, {} unknown bits, the search", q.search ? q.search->bits : 0));
        times.push_back({"DES, all 56 bits", all_key_bits - rate, Source::reckoned, false});
    }
    for (const AttackCard& card : q.rates.cards) {
        if (card.rate <= 0) continue;
        times.push_back({fmt::format("DES, {} unknown bits, {}", q.key_bits, card.device.name),
                         q.key_bits - std::log2(card.rate), Source::reckoned, true});
        times.push_back({fmt::format("DES, all 56 bits, {}", card.device.name), all_key_bits - std::log2(card.rate),
                         Source::reckoned, false});
    }
    for (const CrackMachine& machine : published_machines()) {
        times.push_back({fmt::format("DES, {}", machine.name), std::log2(whole_key_space / machine.keys_per_second),
                         Source::published, false});
    }
    if (q.own_bits && q.rates.operations.median > 0 && q.own_log2_operations > 0) {
        times.push_back({fmt::format("g^x mod p, this p of {} bits", *q.own_bits),
                         q.own_log2_operations - std::log2(q.rates.operations.median), Source::reckoned, true});
        ran(q.logarithm, fmt::format("g^x mod p, this p of {} bits, the logarithm", *q.own_bits));
    }
    // A generic method takes about the square root of the group's order.
    const auto rho = [&](unsigned bits, bool chosen) {
        const double rate = operations_at(q.rates.by_size, bits);
        if (rate > 0)
            times.push_back({fmt::format("g^x mod p, a safe p of {} bits, Pollard's rho", bits),
                             bits / 2.0 - std::log2(rate), Source::reckoned, chosen});
    };
    rho(q.group_bits, true);
    // Cores like the record's: what it took was published, what fewer or more bits and other cores take was not.
    const auto reckoned_sieve = [&](unsigned bits, bool chosen) {
        times.push_back({fmt::format("g^x mod p, {} bits, number field sieve, from its record, {}", bits,
                                     counted(q.rates.cores, "core")),
                         sieve_log2_core_years(bits) + std::log2(seconds_a_year / q.rates.cores), Source::reckoned,
                         chosen});
    };
    if (q.group_bits > record_bits) reckoned_sieve(q.group_bits, true);
    reckoned_sieve(record_bits, false);
    times.push_back({fmt::format("g^x mod p, {} bits, number field sieve, its record, as one core's time", record_bits),
                     std::log2(record_core_years * seconds_a_year), Source::published, false});
    for (const unsigned bits : {64U, 128U}) {
        if (bits != q.group_bits) rho(bits, false);
    }
    return times;
}

} // namespace keyhole::viz
