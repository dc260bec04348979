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

} // namespace keyhole::des::fast
