#include "core/verify/slips/round_slip.hpp"

#include <fmt/format.h>

#include "core/base/bits.hpp"
#include "core/des/des.hpp"
#include "core/verify/slips/sbox_slip.hpp"

namespace keyhole::verify {
namespace {

// The values of a round of which those that the slip needs are known.
struct Round {
    const RoundSight& sight;

    std::uint64_t operator[](RoundValue column) const { return *sight.values[column]; }
    std::uint32_t half(RoundValue column) const { return static_cast<std::uint32_t>((*this)[column]); }
};

constexpr unsigned only(RoundValue column) { return 1U << column; }
constexpr unsigned operator+(RoundValue a, RoundValue b) { return only(a) | only(b); }

struct Slip {
    RoundValue result;
    unsigned needs; // a bit for each RoundValue
    const char* words;
    std::uint64_t (*made)(const Round&);
};

// clang-format off
const Slip slips[] = {
    {expanded, only(left_in), "E was applied to the left half", [](const Round& r) { return des::expansion(r.half(left_in)); }},
    {expanded, only(right_in), "E did not go around the ends: its first and last bit are 0", [](const Round& r) { return des::expansion(r.half(right_in)) & (r.sight.goes_around ? ~std::uint64_t{0} : ~outermost); }},
    {mixed, only(expanded), "the XOR with the subkey was left out", [](const Round& r) { return r[expanded]; }},
    {mixed, expanded + subkey, "the subkey was joined by OR instead of XOR", [](const Round& r) { return r[expanded] | r[subkey]; }},
    {mixed, expanded + subkey, "the subkey was joined by AND instead of XOR", [](const Round& r) { return r[expanded] & r[subkey]; }},
    {mixed, expanded + subkey, "the subkey was added instead of XORed", [](const Round& r) { return (r[expanded] + r[subkey]) & low_mask(48); }},
    {mixed, right_in + subkey, "E was left out before the XOR", [](const Round& r) { return r[right_in] ^ r[subkey]; }},
    {p_out, only(s_out), "the inverse of P was applied", [](const Round& r) { return unpermuted(r[s_out]); }},
    {left_out, only(left_in), "the halves were not swapped: it is left_in", [](const Round& r) { return r[left_in]; }},
    {right_out, only(p_out), "the XOR with left_in was left out", [](const Round& r) { return r[p_out]; }},
    {right_out, right_in + p_out, "p_out was XORed with right_in instead of left_in", [](const Round& r) { return r[right_in] ^ r[p_out]; }},
    {right_out, left_in + s_out, "P was left out before the XOR", [](const Round& r) { return r[left_in] ^ r[s_out]; }},
    {right_out, left_in + p_out, "p_out was joined by OR instead of XOR", [](const Round& r) { return r[left_in] | r[p_out]; }},
    {right_out, left_in + p_out, "p_out was added instead of XORed", [](const Round& r) { return (r[left_in] + r[p_out]) & low_mask(32); }},
    {right_out, only(right_in), "it is right_in", [](const Round& r) { return r[right_in]; }},
};
// clang-format on

bool known(const RoundSight& round, unsigned needs) {
    for (std::size_t i = 0; i < round_values; ++i) {
        if ((needs >> i & 1) != 0 && !round.values[i]) return false;
    }
    return true;
}

// Both halves stand in the other's column.
Causes swapped_halves(const RoundSight& sight) {
    const Round r{sight};
    if (!known(sight, (left_in + right_in) | (p_out + left_out) | only(right_out))) return {};
    const std::uint64_t left = r[right_in], right = r[left_in] ^ r[p_out];
    if (r[left_out] != right || r[right_out] != left) return {};
    const bool is_last = sight.round == sight.variant->rounds && sight.variant->final_swap;
    const bool after_swap = is_last && sight.round == 16;
    return {fmt::format("{}: L{} is {:08X}, R{} is {:08X}",
                        after_swap ? "the row stands after the swap of the halves that ends the sixteen rounds"
                        : is_last  ? "the row stands after the swap of the halves that ends the rounds"
                                   : "left_out and right_out are swapped",
                        sight.round, left, sight.round, right)};
}

Causes selections(RoundValue column, const RoundSight& sight) {
    const Round r{sight};
    const auto narrow = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
    if (column == expanded && sight.values[right_in]) {
        return selection_slips({"E", 32, 48, [&](auto in) { return des::expansion(narrow(in)); }}, r[right_in],
                               r[expanded]);
    }
    if (column == p_out && sight.values[s_out] && !sight.variant->has_p) {
        if (r[p_out] == des::permutation(r.half(s_out))) return {"P was applied, which this variant does not have"};
        return {};
    }
    if (column == p_out && sight.values[s_out]) {
        return selection_slips({"P", 32, 32, [&](auto in) { return des::permutation(narrow(in)); }}, r[s_out],
                               r[p_out]);
    }
    if (column == s_out && sight.values[mixed]) return sbox_slips(r[mixed], r[s_out], *sight.variant);
    if (column == left_out || column == right_out) return swapped_halves(sight);
    return {};
}

} // namespace

std::uint64_t unpermuted(std::uint64_t p_out) {
    std::uint64_t out = 0;
    for (std::uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((des::permutation(bit) & p_out) != 0) out |= bit;
    }
    return out;
}

Causes round_slips(RoundValue column, const RoundSight& round) {
    if (!round.values[column]) return {};
    Causes out = selections(column, round);
    for (const Slip& slip : slips) {
        if (slip.result == column && known(round, slip.needs) && slip.made({round}) == *round.values[column]) {
            out.emplace_back(slip.words);
        }
    }
    if (column == mixed && round.values[expanded]) {
        const std::uint64_t key = *round.values[mixed] ^ *round.values[expanded];
        if (key == round.subkey_before) out.emplace_back("the subkey of the round before was taken");
        if (key == round.subkey_after) out.emplace_back("the subkey of the round after was taken");
    }
    return out;
}

} // namespace keyhole::verify
