// The engine of a level, for bitslice.cpp and key_search.cpp (and the tests).
#pragma once

#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/bitslice/engine.hpp"

namespace keyhole::bitslice {

/// Throws Error (bad_input) when this CPU or this build does not have it.
const Engine& engine(Level level);

} // namespace keyhole::bitslice
