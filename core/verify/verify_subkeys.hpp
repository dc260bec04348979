// What the subkeys of a table should be: as keyschedule.csv or the block's key has them, or else as they agree among
// each other, because nearly every bit of C0 and D0 stands in many of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "core/des/variant.hpp"
#include "core/verify/slips/schedule_slip.hpp"

namespace keyhole::verify {

struct SubkeyPlan {
    /// By number, in a variant by the round of encryption; [0] is never used. Absent where it cannot be told.
    std::array<std::optional<std::uint64_t>, 17> expected;
    /// Most subkeys are not those of the block's key: the key may be the wrong cell, and should then be this.
    bool doubts_key = false;
    std::optional<des::Block> other_key;
    std::string cause;            // how wrong subkeys came about, where that can be told
    std::string doubt;            // they contradict each other, but nobody can tell which is wrong
    std::optional<Halves> halves; // C0 D0 that all of them were made from
};

/// The key of which PC-1 makes these C0 D0 and that could have been written down as `there`: its parity bits are odd,
/// or those that stand there where that changes fewer digits.
des::Block key_for(std::uint64_t halves, des::Block there);

/// The same subkeys by their numbers in DES, where the variant only gives them to other rounds.
SubkeyList in_order_of_des(const SubkeyList& list, const des::Variant& variant);

/// `known` are the subkeys of keyschedule.csv, with their C0 D0 where that stands there; `key` is the block's. All may
/// be absent.
SubkeyPlan plan_subkeys(const SubkeyList& there, const SubkeyList& known, std::optional<std::uint64_t> known_halves,
                        std::optional<des::Block> key, const des::Variant& variant);

} // namespace keyhole::verify
