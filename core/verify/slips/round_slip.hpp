// What goes wrong in a round of DES (FIPS 46-3, "The Cipher Function f"): each slip computes a value as it would be
// made by mistake. It is named where it gives the very value that stands there.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/verify/slips/selection_slip.hpp"
#include "core/verify/slips/standard.hpp"

namespace keyhole::verify {

/// The values of a row of rounds.csv, in the order of its columns.
enum RoundValue : std::size_t { left_in, right_in, expanded, subkey, mixed, s_out, p_out, left_out, right_out };
inline constexpr std::size_t round_values = 9;

/// What is known of a round, and the subkeys of the rounds before and after it.
struct RoundSight {
    std::array<std::optional<std::uint64_t>, round_values> values;
    std::optional<std::uint64_t> subkey_before, subkey_after;
    unsigned round = 0;
    bool goes_around = false; // E has an outermost bit that is 1, in this round or another
    const des::Variant* variant = &standard;
};

/// The first and the last bit of E, which come from the other end of R.
inline constexpr std::uint64_t outermost = std::uint64_t{1} << 47 | 1;

/// The inverse of P.
std::uint64_t unpermuted(std::uint64_t p_out);

/// How the value in that column came about.
Causes round_slips(RoundValue column, const RoundSight& round);

} // namespace keyhole::verify
