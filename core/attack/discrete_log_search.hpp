// The two searches in a subgroup of prime order, for any group that can multiply: discrete_log.cpp runs them, and
// discrete_log_estimate.cpp begins the same ones in order to measure them.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "core/attack/discrete_log_groups.hpp"
#include "core/attack/discrete_log_plan.hpp"

namespace keyhole::dlog {

/// What a search shares with whoever started it: counts operations, asks whether to go on.
class Meter {
  public:
    explicit Meter(const Settings& settings) : settings_(settings) {}
    bool add(std::uint64_t operations) {
        done_ += operations;
        stopped_ = stopped_ || (settings_.progress && !settings_.progress(done_));
        return !stopped_;
    }
    bool stopped() const { return stopped_; }
    std::uint64_t done() const { return done_; }
    unsigned workers() const { return std::max(settings_.workers, 1U); }
    void run(unsigned count, const std::function<void(unsigned)>& job) const {
        if (settings_.parallel) return settings_.parallel(count, job);
        for (unsigned i = 0; i < count; ++i) job(i);
    }

  private:
    const Settings& settings_;
    std::uint64_t done_ = 0;
    bool stopped_ = false;
};

/// An exponent of up to 128 bits as a number, and back.
inline Number number_of(Wide exponent) {
    return (keyhole::number_of(static_cast<std::uint64_t>(exponent >> 64)) << 64) +
           keyhole::number_of(static_cast<std::uint64_t>(exponent));
}
template <class Exponent>
Exponent exponent_of(const Number& number) {
    if constexpr (sizeof(Exponent) == sizeof(std::uint64_t)) {
        return low_word(number);
    } else {
        return static_cast<Exponent>(low_word(number >> 64)) << 64 | low_word(number);
    }
}

/// Which x the searches look for: g^x = y, g's order a prime.
struct Target {
    const Number &p, &g, &y, &order;

    bool matches(const Number& x) const { return power_modulo(g, x, p) == y; }
};

/// Empty when stopped.
template <class Group>
std::optional<Number> baby_steps_giant_steps(const Group& group, const Target& target, Meter& meter) {
    constexpr std::uint64_t report = 1 << 12;
    const auto m = static_cast<std::uint64_t>(std::ceil(std::sqrt(target.order.get_d()))) + 1;
    // g^0 .. g^(m-1) by their low words, in an open hash table twice as long; 0 marks a free place.
    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t exponent_plus_1 = 0;
    };
    std::vector<Entry> table(std::bit_ceil(2 * m));
    const unsigned shift = static_cast<unsigned>(64 - std::countr_zero(table.size()));
    const auto place = [&](std::uint64_t key) { return key * 0x9E3779B97F4A7C15 >> shift; };
    const auto next = [&](std::uint64_t i) { return (i + 1) & (table.size() - 1); };
    auto at = group.element(1);
    const auto factor = group.element(target.g);
    for (std::uint64_t j = 0; j < m; ++j) {
        const std::uint64_t key = Group::key(at);
        std::uint64_t i = place(key);
        while (table[i].exponent_plus_1 != 0) i = next(i);
        table[i] = {key, static_cast<std::uint32_t>(j + 1)};
        at = group.multiply(at, factor);
        if ((j + 1) % report == 0 && !meter.add(report)) return std::nullopt;
    }
    if (!meter.add(m % report)) return std::nullopt;
    // y g^(-m i) is g^j for some i and j below m.
    const auto giant = group.element(power_modulo(target.g, target.order - number_of(m) % target.order, target.p));
    at = group.element(target.y);
    for (std::uint64_t i = 0; i <= m; ++i) {
        const std::uint64_t key = Group::key(at);
        for (std::uint64_t slot = place(key); table[slot].exponent_plus_1 != 0; slot = next(slot)) {
            if (table[slot].key != key) continue;
            const Number x = (number_of(i) * number_of(m) + table[slot].exponent_plus_1 - 1) % target.order;
            if (!target.matches(x)) continue;
            meter.add(i % report + 1);
            return x;
        }
        at = group.multiply(at, giant);
        if ((i + 1) % report == 0 && !meter.add(report)) return std::nullopt;
    }
    return std::nullopt;
}

/// Pollard's rho with distinguished points. A walk x -> x M[x mod 32] with M[i] = g^a[i] begins at its own y^b g^a and
/// ends in a special point, from which it leaps to another beginning. Two walks that meet end in the same point, and
/// a + b x = a' + b' x gives x. An Exponent holds any number below g's order.
template <class Group, class Exponent>
class Rho {
  public:
    Rho(const Group& group, const Target& target, Meter& meter)
        : group_(group), target_(target), order_(exponent_of<Exponent>(target.order)), meter_(meter) {
        Draw draw{static_cast<std::uint64_t>(order_)};
        for (std::size_t i = 0; i < multipliers_.size(); ++i) {
            exponents_[i] = draw.below(order_);
            multipliers_[i] = group.element(power_modulo(target.g, number_of(exponents_[i]), target.p));
        }
        for (Walk& leap : leaps_) begin(draw, leap);
        // About 2^16 points are kept in all, however long the search.
        const double expected = std::sqrt(target.order.get_d() * 1.6);
        special_bits_ = static_cast<unsigned>(std::max(0.0, std::log2(expected) - 16));
        // A round of all walks is short compared with the whole search, and there are some twenty reports a second.
        const double part = expected / 16 / static_cast<double>(Group::lanes * meter.workers());
        most_steps_ = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(part), least_steps,
                                                Group::lanes == 1 ? 1 << 15 : 1 << 20);
    }

    std::optional<Number> run() {
        std::vector<Worker> workers;
        for (unsigned i = 0; i < meter_.workers(); ++i) workers.push_back(new_worker(i));
        std::uint64_t steps = least_steps;
        while (!meter_.stopped()) {
            meter_.run(static_cast<unsigned>(workers.size()), [&](unsigned i) { walk(workers[i], steps); });
            meter_.add(steps * Group::lanes * workers.size());
            for (Worker& worker : workers) {
                for (const Found& found : worker.found) {
                    if (auto x = collide(found)) return x;
                }
                worker.found.clear();
            }
            steps = std::min(2 * steps, most_steps_);
        }
        return std::nullopt;
    }

  private:
    using Element = typename Group::Element;
    static constexpr std::uint64_t least_steps = 64;
    struct Draw { // splitmix64 (Steele, Lea and Flood, 2014)
        std::uint64_t state;
        std::uint64_t word() {
            std::uint64_t z = state += 0x9E3779B97F4A7C15;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return z ^ z >> 31;
        }
        Exponent below(Exponent bound) {
            Exponent drawn = word();
            if constexpr (sizeof(Exponent) > sizeof(std::uint64_t)) drawn = drawn << 64 | word();
            return drawn % bound;
        }
    };
    struct Walk {
        Element at{};
        Exponent a = 0, b = 0;
        std::uint64_t age = 0;
    };
    struct Found {
        std::uint64_t key;
        Exponent a, b;
    };
    struct Worker {
        Draw draw;
        std::array<Walk, Group::lanes> walks;
        std::vector<Found> found;
    };

    Exponent sum(Exponent a, Exponent b) const {
        const Exponent room = order_ - b;
        return a >= room ? a - room : a + b;
    }
    void begin(Draw& draw, Walk& walk) const {
        walk.a = draw.below(order_);
        walk.b = draw.below(order_);
        walk.at = group_.element(power_modulo(target_.g, number_of(walk.a), target_.p) *
                                 power_modulo(target_.y, number_of(walk.b), target_.p));
    }
    // Moves a walk elsewhere, far cheaper than starting a new one, so that two walks that met do not stay together.
    void leap(Draw& draw, Walk& walk) const {
        for (int i = 0; i < 2; ++i) {
            const Walk& by = leaps_[draw.word() % leaps_.size()];
            walk.at = group_.multiply(walk.at, by.at);
            walk.a = sum(walk.a, by.a);
            walk.b = sum(walk.b, by.b);
        }
        walk.age = 0;
    }
    Worker new_worker(unsigned number) const {
        Worker worker{.draw = {0xD1B54A32D192ED03 * (number + 1)}, .walks = {}, .found = {}};
        for (Walk& walk : worker.walks) begin(worker.draw, walk);
        return worker;
    }
    void walk(Worker& worker, std::uint64_t steps) const {
        const std::uint64_t special = (std::uint64_t{1} << special_bits_) - 1;
        const std::uint64_t oldest = std::uint64_t{32} << special_bits_; // older walks run in a circle
        for (std::uint64_t step = 0; step < steps; ++step) {
            for (Walk& one : worker.walks) {
                const std::size_t i = Group::key(one.at) % multipliers_.size();
                one.at = group_.multiply(one.at, multipliers_[i]);
                one.a = sum(one.a, exponents_[i]);
                ++one.age;
                const std::uint64_t key = Group::key(one.at);
                if ((key >> 8 & special) != 0 && one.age < oldest) continue;
                if ((key >> 8 & special) == 0) worker.found.push_back({key, one.a, one.b});
                leap(worker.draw, one);
            }
        }
    }
    std::optional<Number> collide(const Found& found) {
        const auto [known, is_new] = met_.try_emplace(found.key, found);
        if (is_new) return std::nullopt;
        // a + b x = a' + b' x, so x = (a - a') / (b' - b) modulo the order
        const Number rise = number_of(known->second.b) - number_of(found.b);
        Number inverse;
        if (mpz_invert(inverse.get_mpz_t(), rise.get_mpz_t(), target_.order.get_mpz_t()) == 0) return std::nullopt;
        Number x = (number_of(found.a) - number_of(known->second.a)) * inverse % target_.order;
        if (x < 0) x += target_.order;
        return target_.matches(x) ? std::optional(x) : std::nullopt;
    }

    const Group& group_;
    const Target& target_;
    Exponent order_;
    Meter& meter_;
    std::array<Element, 32> multipliers_;
    std::array<Exponent, 32> exponents_{};
    std::array<Walk, 64> leaps_{};
    unsigned special_bits_ = 0;
    std::uint64_t most_steps_ = least_steps; // of each walk in one round
    std::unordered_map<std::uint64_t, Found> met_;
};

/// The discrete logarithm in a group of prime order. Empty when stopped.
template <class Group>
std::optional<Number> search(const Group& group, const Target& target, Method method, Meter& meter) {
    if (target.y == 1) return Number(0);
    if (method == Method::bsgs) return baby_steps_giant_steps(group, target, meter);
    if (bit_length(target.order) <= 64) return Rho<Group, std::uint64_t>(group, target, meter).run();
    return Rho<Group, Wide>(group, target, meter).run();
}

} // namespace keyhole::dlog
