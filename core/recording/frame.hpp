// What the line of a message on the wire says (docs/protocol.md). This is for looking at lines that were recorded:
// taking part in the protocol, with all its checks, is netsim's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"

namespace keyhole {

struct Frame {
    std::uint64_t seq = 0;
    std::optional<Bytes> iv;         // absent where the line has none; no bytes where it is not base64
    std::optional<Bytes> ciphertext; // absent where the line has none or it is not base64
};

/// Empty where the line is no JSON object of type "message" with a sequence number.
std::optional<Frame> read_frame(std::string_view line);

/// Why a receiver refuses what such a line carries before it deciphers it: which field, which byte, what stands there.
/// Empty where all is well. `with_iv`: the mode needs one; `whole_blocks`: the mode needs them.
std::string payload_fault(std::string_view line, bool with_iv, bool whole_blocks);

} // namespace keyhole
