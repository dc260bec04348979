// A bit of a message that is turned on its way: which one, and what the receiver makes of the message.
#pragma once

#include <optional>
#include <string>

#include "core/recording/recording.hpp"
#include "netsim/relay/flip_bit.hpp"
#include "netsim/relay/relay.hpp"

namespace keyhole::viz {

/// The bit that is chosen; not every message has it.
struct FlipChoice {
    BitPlace place; // at first the lowest bit of the first byte, as with keyhole relay --flip

    /// Moves on by so many bytes or bits; bytes begin at 1, bits go from 1 to 8.
    void byte_by(int by);
    void bit_by(int by);
    void turn_to_iv(bool iv);
};

/// "byte 1, bit 8 of the ciphertext"
std::string to_text(const FlipChoice& choice);

/// The recording of the one who receives message `number` (from 1) when that bit of it is turned on the way: up to that
/// message, with what was deciphered. Empty, and `why` says why, if it cannot be made.
std::optional<Recording> received_flipped(const Recording& recording, std::uint64_t number, const BitPlace& place,
                                          std::string& why);

} // namespace keyhole::viz
