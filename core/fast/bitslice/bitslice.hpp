// Bitsliced DES: 64, 256 or 512 independent blocks at once, one word a bit (Biham, "A fast new DES implementation in
// software", 1997). One source for all word sizes; the widest that this CPU has is chosen at run time. The classroom
// DES (core/des/des.hpp) is the reference that every level is compared with.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/des/des.hpp"

namespace keyhole::bitslice {

/// Instruction sets, by rising width of a word: 64, 256 and 512 bits.
enum class Level { portable, avx2, avx512 };

std::string_view name(Level level);
std::optional<Level> find_level(std::string_view name);

/// What this build and this CPU can run, narrowest first; `portable` always.
std::vector<Level> available_levels();

/// The widest available level, or the one that the environment variable KEYHOLE_BITSLICE names (portable, avx2,
/// avx512). Throws Error (bad_input) when that is no name or not available here.
Level best_level();

/// best_level(), asked once.
Level chosen_level();

/// The level's engine (engine.hpp), for the key search. Throws Error (bad_input) when `level` is not available.
struct Engine;
const Engine& engine(Level level);

/// Blocks or keys in one batch of that level: 64, 256 or 512.
unsigned batch_size(Level level);

/// Every block of 8 bytes (big-endian, as DES has it) enciphered or deciphered alone: ecb, the key stream of ctr, the
/// cipher's part of cbc decryption. Any number of whole blocks; `in` and `out` are equally long and the same or apart.
/// Throws Error (bad_input) when `level` is not available.
void crypt_blocks(const des::KeySchedule& schedule, Direction direction, std::span<const std::uint8_t> in,
                  std::span<std::uint8_t> out, Level level = chosen_level());

/// Every block of 8 bytes enciphered with the first `rounds` rounds only (an even number, 2 to 16): for the lab, and
/// not DES below 16. `in` and `out` as in crypt_blocks. Throws Error (bad_input) when `level` is not available.
void encrypt_rounds(const des::KeySchedule& schedule, unsigned rounds, std::span<const std::uint8_t> in,
                    std::span<std::uint8_t> out, Level level = chosen_level());

/// What happens in the sixteen rounds of a batch of blocks. Rounds count from 1, blocks from 0.
struct BatchRounds {
    static constexpr std::size_t most_blocks = 512, padding = 8;

    std::size_t row; // from a round's values to the next one's
    // The right half over the boxes' outputs before P; E(R) xor K, a group of six bits in the low bits of each byte.
    std::array<std::uint64_t, 16 * (most_blocks + padding)> halves, mixeds;

    std::uint32_t right_out(unsigned round, std::size_t block) const {
        return static_cast<std::uint32_t>(halves[(round - 1) * row + block] >> 32);
    }
    std::uint32_t s_out(unsigned round, std::size_t block) const {
        return static_cast<std::uint32_t>(halves[(round - 1) * row + block]);
    }
    std::uint64_t mixed(unsigned round, std::size_t block) const { return mixeds[(round - 1) * row + block]; }
};

/// The rounds of at most batch_size(level) blocks of 8 bytes. `subkeys`: 48 bits each, in the order of the rounds.
/// Throws Error (bad_input) when `level` is not available.
void record_rounds(std::span<const std::uint64_t, 16> subkeys, std::span<const std::uint8_t> in, BatchRounds& out,
                   Level level);

} // namespace keyhole::bitslice
