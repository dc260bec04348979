// DES for speed: the same function as core/des/des.hpp, proven equal to it by the tests, with the S-boxes, P and E of a
// round folded into eight look-ups and IP and its inverse done by swaps. Its rule: nothing here is for reading DES;
// what people look at comes from the classroom file. (The folding is old: R. Outerbridge's and E. Young's public
// implementations.)
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/base/bytes.hpp"
#include "core/des/des.hpp"

namespace keyhole::des::fast {

/// The sixteen subkeys, each as eight groups of six bits, one in the low bits of each byte, S1's in the top byte.
struct Schedule {
    std::array<std::uint64_t, 16> subkeys{};

    bool operator==(const Schedule&) const = default;
};

Schedule key_schedule(Block key);

/// The same subkeys in this file's form.
Schedule to_fast(const KeySchedule& schedule);

Block crypt(Block block, const Schedule& schedule, Direction direction = Direction::encrypt);

/// `crypt` of every block of 8 bytes alone. `out` is as long as `in` and may be the same bytes. For many blocks
/// core/fast/bitslice/bitslice.hpp is faster.
void crypt_blocks(const Schedule& schedule, Direction direction, ByteView in, std::span<std::uint8_t> out);

/// cbc encryption of whole blocks; each waits for the one before it. `out` is as long as `in` and may be the same
/// bytes.
void cbc_encrypt(const Schedule& schedule, Block iv, ByteView in, std::span<std::uint8_t> out);

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
