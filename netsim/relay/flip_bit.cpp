#include "netsim/relay/flip_bit.hpp"

#include "core/base/bytes.hpp"

namespace keyhole {

std::optional<std::string> flip_bit(const MessageFrame& frame, const BitPlace& place) {
    if (place.in_iv && !frame.iv) return std::nullopt;
    auto bytes = from_base64(place.in_iv ? *frame.iv : frame.ciphertext);
    if (!bytes || place.byte < 1 || place.byte > bytes->size() || place.bit < 1 || place.bit > 8) return std::nullopt;
    (*bytes)[place.byte - 1] ^= static_cast<std::uint8_t>(1U << (8 - place.bit));
    MessageFrame flipped = frame;
    (place.in_iv ? *flipped.iv : flipped.ciphertext) = to_base64(*bytes);
    return encode_frame(flipped);
}

} // namespace keyhole
