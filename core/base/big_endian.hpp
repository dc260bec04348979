// Eight bytes as a block and back in one move, unchecked: for the fast paths. Everything else uses load_block and
// store_block of core/base/bytes.hpp.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace keyhole {

/// `bytes` points to eight bytes.
inline std::uint64_t load_big_endian(const std::uint8_t* bytes) {
    std::uint64_t block;
    std::memcpy(&block, bytes, sizeof block);
    return std::endian::native == std::endian::little ? __builtin_bswap64(block) : block;
}

inline void store_big_endian(std::uint64_t block, std::uint8_t* bytes) {
    if (std::endian::native == std::endian::little) block = __builtin_bswap64(block);
    std::memcpy(bytes, &block, sizeof block);
}

} // namespace keyhole
