// The fast DES with a record of what happened, for exports of long messages.
#pragma once

#include "core/fast/fast_des.hpp"

namespace keyhole::des::fast {

/// Everything that a block's rows in blocks.csv, rounds.csv and sboxes.csv hold: 472 bytes, the rest one xor away.
/// Rounds count from 1.
struct BlockRecord {
    Block input = 0, after_ip = 0, preoutput = 0, output = 0;
    std::array<std::uint32_t, 18> halves{}; // L0, R0, R1 .. R16
    std::array<std::uint32_t, 16> s_outs{}; // the eight boxes' outputs of each round
    std::array<std::uint64_t, 16> mixed{};  // E(R) xor K of each round, as in Schedule: B1's byte is the input of S1

    std::uint32_t left_in(unsigned round) const { return halves[round - 1]; }
    std::uint32_t right_in(unsigned round) const { return halves[round]; }
    std::uint32_t left_out(unsigned round) const { return halves[round]; }
    std::uint32_t right_out(unsigned round) const { return halves[round + 1]; }
    std::uint32_t s_out(unsigned round) const { return s_outs[round - 1]; }
    std::uint32_t p_out(unsigned round) const { return left_in(round) ^ right_out(round); }
};

/// `crypt` of independent blocks with a record of each; `out` has as many. `out[i].output == crypt(blocks[i], ..)`.
/// Throws Error (bad_input) for many blocks where bitslice::best_level() does.
void record(std::span<const Block> blocks, const Schedule& schedule, Direction direction, std::span<BlockRecord> out);

} // namespace keyhole::des::fast
