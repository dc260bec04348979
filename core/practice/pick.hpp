// Small draws from a source of random bytes: the same on every machine where the source is.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

#include "core/base/number_word.hpp"
#include "core/base/random.hpp"

namespace keyhole::practice {

/// 0 .. count-1, each as likely.
inline std::size_t pick(Random& random, std::size_t count) {
    assert(count > 0);
    return static_cast<std::size_t>(low_word(random.between(0, keyhole::number_of(count - 1))));
}

/// One of them.
template <class Range>
const auto& pick_from(Random& random, const Range& range) {
    return *(std::begin(range) + static_cast<std::ptrdiff_t>(pick(random, std::size(range))));
}

/// Fisher and Yates.
template <class Range>
void shuffle(Random& random, Range& range) {
    for (std::size_t i = std::size(range); i > 1; --i) std::swap(range[i - 1], range[pick(random, i)]);
}

} // namespace keyhole::practice
