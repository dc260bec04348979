#include "core/base/sha256.hpp"

#include <openssl/sha.h>

namespace keyhole {

std::array<std::uint8_t, 32> sha256(ByteView data) {
    std::array<std::uint8_t, 32> out{};
    SHA256(data.data(), data.size(), out.data());
    return out;
}

} // namespace keyhole
