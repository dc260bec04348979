// What a checked record can be opened as, so that people can look inside a published vector.
#pragma once

#include <variant>

#include "core/recording/recording.hpp"

namespace keyhole {

/// A record of single DES, ready for `record_des`.
struct KatDes {
    DesSettings settings;
    Direction direction = Direction::encrypt;
    des::Block iv = 0;
    Bytes data;
};

/// What can be opened as a trace: a DES message, one modular exponentiation, or nothing.
using KatTrace = std::variant<std::monostate, KatDes, PowerSettings>;

} // namespace keyhole
