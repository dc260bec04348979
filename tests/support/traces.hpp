// Recordings drawn at random, for tests that alter right files and recordings.
#pragma once

#include <vector>

#include "core/base/random.hpp"
#include "core/recording/recording.hpp"

namespace keyhole::testing {

std::uint64_t draw(Random& random);

/// Two messages each way, one of them empty: over toy23, a standard group, a new safe prime and a prime that is none,
/// in cbc, ctr and ecb, with both ways to a key.
std::vector<Recording> random_exchanges(Random& random);

/// A message of three blocks in that mode (of one byte in cfb1, of five in cfb8), the last one short where the mode
/// allows it.
Recording random_message(Mode mode, Direction direction, Random& random);

/// A modular exponentiation of numbers of about so many bits.
Recording random_power(unsigned bits, Random& random);

} // namespace keyhole::testing
