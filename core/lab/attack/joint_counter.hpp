// Subkeys of five boxes counted together: of four in a table of 2^24, of the fifth then only for the most frequent of
// these. One box alone would drown: of 10486 pairs one follows the characteristic, and the others suggest, too.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/lab/attack/differential.hpp"
#include "core/lab/attack/differential_pairs.hpp"

namespace keyhole::lab {

class JointCounter {
  public:
    explicit JointCounter(std::span<const unsigned> boxes); // five of them, S1 is 0

    /// A pair that suggests nearly everything, such as two equal ciphertexts, tells nothing and is not counted: a right
    /// pair suggests a few subkeys a box, or all 64 of one box.
    void add(const std::array<Subkeys, 8>& suggested);

    /// The most frequent subkeys of all five boxes, at most `most`, by their counts.
    std::vector<JointCount> ranking(std::size_t most) const;

  private:
    std::vector<unsigned> boxes_;
    std::vector<std::uint16_t> table_; // by the subkeys of the first four boxes
    std::vector<std::array<Subkeys, 8>> suggestions_;
};

} // namespace keyhole::lab
