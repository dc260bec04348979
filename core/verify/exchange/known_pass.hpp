// What exchange.csv tells of the blocks of one message in one direction.
#pragma once

#include <cstdint>

#include "core/base/bytes.hpp"
#include "core/modes/modes.hpp"

namespace keyhole::verify {

struct KnownPass {
    std::uint64_t message = 0;
    Direction direction = Direction::encrypt;
    Mode mode = Mode::ecb;
    des::Block key = 0, iv = 0;
    Bytes input;
};

} // namespace keyhole::verify
