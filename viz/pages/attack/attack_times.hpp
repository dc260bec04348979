// How long an attack takes, from a few key bits to groups of thousands: what was measured here, what follows from a
// rate measured here, and what others published, as points in time on one axis.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/number.hpp"
#include "viz/pages/attack/attack_cards.hpp"

namespace keyhole::viz {

/// Several samples of one rate; 0 where nothing was measured.
struct Rate {
    double median = 0, least = 0, most = 0; // a second, on all cores

    /// "2.13 G keys/s (median of 5, 2.08 G to 2.17 G)".
    std::string words(std::string_view unit) const;
};
inline constexpr unsigned rate_samples = 5;
Rate rate_of(std::vector<double> samples);

/// Multiplications a second modulo a prime of `bits` bits.
struct SizedRate {
    double bits = 0, rate = 0;
};

/// How fast this machine is, on all cores.
struct AttackRates {
    Rate keys;                      // DES keys a second
    Rate operations;                // multiplications a second modulo this exchange's p
    std::vector<SizedRate> by_size; // the same modulo primes of rising size
    unsigned cores = 1;
    std::vector<AttackCard> cards{}; // those that are here; measured once they are chosen
};

/// The cores of this machine, at least 1.
unsigned core_count();

/// Measures for about half a second, on all cores at once, and looks for cards. Without `p` no multiplications. `stop`
/// is asked now and then; true ends it early, with what there is.
AttackRates measure_rates(const std::optional<Number>& p, const std::function<bool()>& stop);

/// Between the sizes that were measured: a power of the size. 0 where none was.
double operations_at(std::span<const SizedRate> by_size, double bits);

/// The sizes of p in bits that the slider has, from a toy to the largest groups of RFC 3526 and RFC 7919.
std::span<const unsigned> group_sizes();

/// The largest discrete logarithm modulo a prime that is published, by the number field sieve: 795 bits (Boudot and
/// others, "Comparing the difficulty of factorization and discrete logarithm", CRYPTO 2020).
inline constexpr unsigned record_bits = 795;
inline constexpr double record_core_years = 3100;

/// Years of one core for the number field sieve, reckoned from that record by L(1/3) without its o(1): an estimate, and
/// for sizes of the record and above only. As a power of two, because of its size.
double sieve_log2_core_years(double bits);

/// One search or logarithm that ran here.
struct AttackRun {
    unsigned bits = 0; // of the key that were unknown, or of p
    double seconds = 0;
    bool finished = false; // found what it looked for, or looked at everything
};

/// A time on the common axis.
struct AttackTime {
    enum class Source { ran, reckoned, published };

    std::string name;
    double log2_seconds = 0;
    Source source = Source::reckoned;
    bool chosen = false; // one of the sliders', or this exchange's
};

struct AttackQuestion {
    AttackRates rates;
    unsigned key_bits = 24;                     // unknown
    unsigned group_bits = 2048;                 // of a safe prime
    std::optional<unsigned> own_bits;           // of this exchange's p
    double own_log2_operations = 0;             // what its logarithm takes by a generic method; 0: not known yet
    std::optional<AttackRun> search, logarithm; // the last ones
};

std::vector<AttackTime> attack_times(const AttackQuestion& question);

} // namespace keyhole::viz
