// Bitsliced DES: 64, 256 or 512 independent blocks at once, one word a bit (Biham, "A fast new DES implementation in
// software", 1997). One source for all word sizes; the widest that this CPU has is chosen at run time. The classroom
// DES (core/des.hpp) is the reference that every level is compared with.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/des.hpp"

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

/// Blocks or keys in one batch of that level: 64, 256 or 512.
unsigned batch_size(Level level);

/// Every block of 8 bytes (big-endian, as DES has it) enciphered or deciphered alone: ecb, the key stream of ctr, the
/// cipher's part of cbc decryption. Any number of whole blocks; `in` and `out` are equally long and the same or apart.
/// Throws Error (bad_input) when `level` is not available.
void crypt_blocks(const des::KeySchedule& schedule, des::Direction direction, std::span<const std::uint8_t> in,
                  std::span<std::uint8_t> out);
void crypt_blocks(const des::KeySchedule& schedule, des::Direction direction, std::span<const std::uint8_t> in,
                  std::span<std::uint8_t> out, Level level);

} // namespace keyhole::bitslice
