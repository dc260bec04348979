// One bit of a message turned on its way: what somebody on the path can do without knowing any key.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "netsim/protocol/message.hpp"

namespace keyhole {

/// A bit of a message as it is sent. Both numbers count from 1; bit 1 is a byte's highest.
struct BitPlace {
    bool in_iv = false;
    std::size_t byte = 1;
    unsigned bit = 8;
};

/// The line of that message with one bit turned; empty when there is no such bit.
std::optional<std::string> flip_bit(const MessageFrame& frame, const BitPlace& place);

} // namespace keyhole
