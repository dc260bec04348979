#pragma once

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"

namespace keyhole::testing {

inline Bytes random_bytes(Random& random, std::size_t size) {
    Bytes out(size);
    random.fill(out);
    return out;
}

} // namespace keyhole::testing
