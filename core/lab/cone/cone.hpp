// The cone of a bit: on which bits before it one bit of a step can depend, as the wiring of the rounds has it, and on
// which it does depend here, each of them turned over and tried; and the same forwards, what it can and does change.
#pragma once

#include <string>
#include <vector>

#include "core/des/variant.hpp"

namespace keyhole::lab {

/// One bit of a block on its way. `halves` are the 64 bits of L_n and R_n after a round.
struct ConeBit {
    enum class Value { after_ip, halves, expanded, mixed, sbox, p_out, preoutput, output };

    Value value = Value::halves;
    unsigned round = 0; // 1 to 16; 0 for after_ip, and not used for preoutput and output
    unsigned box = 0;   // 1 to 8, of sbox
    unsigned bit = 1;   // counted as the standard does

    bool operator==(const ConeBit&) const = default;
};

/// How many bits such a value has.
unsigned bits_of(ConeBit::Value value);

/// What can, by the wiring, and what does, here. The kinds of rows, in this order:
/// `back`: of the 64 bits of L_n and R_n (n = 0 is behind IP) those on which the bit depends;
/// `back_key`: of the 56 key bits those on which it depends through the rounds after n;
/// `forward`: of the 64 bits of L_n and R_n those that depend on the bit;
/// `text`: a bit of the block that enters, 0 or 1; `key`: a bit of the key, parity bits left out, 0 or 1.
struct ConeRow {
    std::string kind;
    unsigned number = 0; // n, or the number of the bit
    unsigned can = 0, does = 0;

    bool operator==(const ConeRow&) const = default;
};

/// Of the block `input` under `key`. `bit` must be one that the variant has.
std::vector<ConeRow> cone_of(const ConeBit& bit, des::Block input, des::Block key, const des::Variant& variant,
                             Direction direction);

/// The rows `back` and `forward` bit by bit: masks with L1 leftmost, by n from 0 to the variant's last round.
struct ConeMap {
    unsigned forward = 0; // from this n on they are what depends on the bit, before it what the bit depends on
    std::vector<std::uint64_t> can, does;
};
ConeMap cone_map(const ConeBit& bit, des::Block input, des::Block key, const des::Variant& variant,
                 Direction direction);

/// Columns kind, number, can, does.
std::string cone_csv(const std::vector<ConeRow>& rows);

} // namespace keyhole::lab
