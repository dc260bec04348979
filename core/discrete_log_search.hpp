// The two searches in a subgroup of prime order, for any group that can multiply: a word's worth of p in Montgomery's
// form, or GMP numbers. Part of core/discrete_log.cpp; exponents always fit a word.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "core/discrete_log.hpp"

namespace keyhole::dlog {

__extension__ using Wide = unsigned __int128;

/// Modulo an odd p below 2^64, in Montgomery's form: x stands for x 2^64 mod p. (HAC, algorithm 14.32, one limb.)
class WordGroup {
  public:
    using Element = std::uint64_t;
    static constexpr std::size_t lanes = 8; // walks side by side: a multiplication waits for itself only

    explicit WordGroup(const Number& p) : p_(p.get_ui()), inverse_(p_) {
        for (unsigned bits = 3; bits < 64; bits *= 2) inverse_ *= 2 - p_ * inverse_;
    }
    Element element(const Number& value) const { return Number((value << 64) % p_).get_ui(); }
    Element multiply(Element a, Element b) const {
        const Wide product = Wide{a} * b;
        const auto low = static_cast<std::uint64_t>(product), high = static_cast<std::uint64_t>(product >> 64);
        const std::uint64_t factor = low * inverse_;
        const auto taken = static_cast<std::uint64_t>(Wide{factor} * p_ >> 64);
        return high - taken + (high < taken ? p_ : 0);
    }
    static std::uint64_t key(Element a) { return a; }

  private:
    std::uint64_t p_, inverse_;
};

/// Modulo any p.
class NumberGroup {
  public:
    using Element = Number;
    static constexpr std::size_t lanes = 1;

    explicit NumberGroup(const Number& p) : p_(p) {}
    Element element(const Number& value) const { return value % p_; }
    Element multiply(const Element& a, const Element& b) const { return a * b % p_; }
    static std::uint64_t key(const Element& a) { return a.get_ui(); }

  private:
    Number p_;
};

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

/// `order` is the prime order of g; `matches(x)` tells whether g^x = y. Empty when stopped.
template <class Group, class Matches>
std::optional<std::uint64_t> baby_steps_giant_steps(const Group& group, const Number& g, const Number& g_inverse,
                                                    const Number& y, std::uint64_t order, Meter& meter,
                                                    const Matches& matches) {
    constexpr std::uint64_t report = 1 << 18;
    const auto m = static_cast<std::uint64_t>(std::ceil(std::sqrt(static_cast<double>(order)))) + 1;
    // g^0 .. g^(m-1) by their low words, in an open hash table twice as long; 0 marks a free place.
    struct Entry {
        std::uint64_t key = 0;
        std::uint32_t exponent_plus_1 = 0;
    };
    std::vector<Entry> table(std::bit_ceil(2 * m));
    const unsigned shift = static_cast<unsigned>(64 - std::countr_zero(table.size()));
    const auto place = [&](std::uint64_t key) { return key * 0x9E3779B97F4A7C15 >> shift; };
    auto at = group.element(1);
    const auto factor = group.element(g);
    for (std::uint64_t j = 0; j < m; ++j) {
        const std::uint64_t key = Group::key(at);
        std::uint64_t i = place(key);
        while (table[i].exponent_plus_1 != 0) i = (i + 1) & (table.size() - 1);
        table[i] = {key, static_cast<std::uint32_t>(j + 1)};
        at = group.multiply(at, factor);
        if ((j + 1) % report == 0 && !meter.add(report)) return std::nullopt;
    }
    if (!meter.add(m % report)) return std::nullopt;
    // y g^(-m i) is g^j for some i and j below m.
    auto giant = group.element(1);
    const auto back = group.element(g_inverse);
    for (unsigned bit = static_cast<unsigned>(std::bit_width(m)); bit-- > 0;) {
        giant = group.multiply(giant, giant);
        if ((m >> bit & 1) != 0) giant = group.multiply(giant, back);
    }
    at = group.element(y);
    for (std::uint64_t i = 0; i <= m; ++i) {
        const std::uint64_t key = Group::key(at);
        for (std::uint64_t slot = place(key); table[slot].exponent_plus_1 != 0;
             slot = (slot + 1) & (table.size() - 1)) {
            if (table[slot].key != key) continue;
            const auto x = static_cast<std::uint64_t>((Wide{i} * m + table[slot].exponent_plus_1 - 1) % order);
            if (!matches(x)) continue;
            meter.add(i % report + 1);
            return x;
        }
        at = group.multiply(at, giant);
        if ((i + 1) % report == 0 && !meter.add(report)) return std::nullopt;
    }
    return std::nullopt;
}

/// Pollard's rho: walks x -> x M[x mod 32] with M[i] = g^a[i], each from its own y^b g^a to a point that looks special,
/// from where it leaps on; two walks that meet end in the same point, and a + b x = a' + b' x gives x.
template <class Group, class Matches>
class Rho {
  public:
    Rho(const Group& group, const Number& p, const Number& g, const Number& y, std::uint64_t order, Meter& meter,
        const Matches& matches)
        : group_(group), p_(p), g_(g), y_(y), order_(order), meter_(meter), matches_(matches) {
        Draw draw{order};
        for (std::size_t i = 0; i < multipliers_.size(); ++i) {
            exponents_[i] = draw.below(order);
            multipliers_[i] = group.element(power_of(g, exponents_[i]));
        }
        for (Walk& leap : leaps_) begin(draw, leap);
        // About 2^16 points are kept in all, however long the search.
        const double expected = std::sqrt(static_cast<double>(order) * 1.6);
        special_bits_ = static_cast<unsigned>(std::max(0.0, std::log2(expected) - 16));
    }

    std::optional<std::uint64_t> run() {
        std::vector<Worker> workers;
        for (unsigned i = 0; i < meter_.workers(); ++i) workers.push_back(new_worker(i));
        std::uint64_t steps = 64; // grows, so that small searches stop soon and large ones report twenty times a second
        while (!meter_.stopped()) {
            meter_.run(static_cast<unsigned>(workers.size()), [&](unsigned i) { walk(workers[i], steps); });
            for (Worker& worker : workers) {
                for (const Found& found : worker.found) {
                    if (const auto x = collide(found)) return x;
                }
                worker.found.clear();
            }
            meter_.add(steps * Group::lanes * workers.size());
            steps = std::min<std::uint64_t>(2 * steps, Group::lanes == 1 ? 1 << 15 : 1 << 20);
        }
        return std::nullopt;
    }

  private:
    using Element = typename Group::Element;
    struct Draw { // splitmix64 (Steele, Lea and Flood, 2014)
        std::uint64_t state;
        std::uint64_t below(std::uint64_t bound) {
            std::uint64_t z = state += 0x9E3779B97F4A7C15;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return (z ^ z >> 31) % bound;
        }
    };
    struct Walk {
        Element at{};
        std::uint64_t a = 0, b = 0, age = 0;
    };
    struct Found {
        std::uint64_t key, a, b;
    };
    struct Worker {
        Draw draw;
        std::array<Walk, Group::lanes> walks;
        std::vector<Found> found;
    };

    Number power_of(const Number& base, std::uint64_t exponent) const {
        Number out;
        mpz_powm_ui(out.get_mpz_t(), base.get_mpz_t(), exponent, p_.get_mpz_t());
        return out;
    }
    std::uint64_t sum(std::uint64_t a, std::uint64_t b) const {
        const std::uint64_t room = order_ - b;
        return a >= room ? a - room : a + b;
    }
    void begin(Draw& draw, Walk& walk) const {
        walk.a = draw.below(order_);
        walk.b = draw.below(order_);
        walk.at = group_.element(power_of(g_, walk.a) * power_of(y_, walk.b));
    }
    // To somewhere else, far cheaper than a new beginning: walks that met part again.
    void leap(Draw& draw, Walk& walk) const {
        for (int i = 0; i < 2; ++i) {
            const Walk& by = leaps_[draw.below(leaps_.size())];
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
    std::optional<std::uint64_t> collide(const Found& found) {
        const auto [known, is_new] = met_.try_emplace(found.key, found);
        if (is_new) return std::nullopt;
        // a + b x = a' + b' x, so x = (a - a') / (b' - b) modulo the order
        const Number order = order_, rise = Number(known->second.b) - found.b;
        Number inverse;
        if (mpz_invert(inverse.get_mpz_t(), rise.get_mpz_t(), order.get_mpz_t()) == 0) return std::nullopt;
        Number x = (Number(found.a) - known->second.a) * inverse % order;
        if (x < 0) x += order;
        return matches_(x.get_ui()) ? std::optional(std::uint64_t{x.get_ui()}) : std::nullopt;
    }

    const Group& group_;
    const Number &p_, &g_, &y_;
    std::uint64_t order_;
    Meter& meter_;
    const Matches& matches_;
    std::array<Element, 32> multipliers_;
    std::array<std::uint64_t, 32> exponents_{};
    std::array<Walk, 64> leaps_{};
    unsigned special_bits_ = 0;
    std::unordered_map<std::uint64_t, Found> met_;
};

} // namespace keyhole::dlog
