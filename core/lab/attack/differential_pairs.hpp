// What one pair of ciphertexts says of the last round's subkey.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/attack/key_search.hpp"
#include "core/lab/characteristic.hpp"

namespace keyhole::lab {

/// A set of six-bit subkeys.
using Subkeys = std::uint64_t;

/// A characteristic with what it says of the three rounds behind it.
class PairJudge {
  public:
    explicit PairJudge(const Characteristic& characteristic);

    double chance() const { return chance_; }
    des::Block plaintext_difference() const;
    /// The boxes (S1 is 0) into which no difference goes in the round after the characteristic.
    const std::vector<unsigned>& boxes() const { return boxes_; }

    /// For each of boxes(), the subkeys that explain the pair; empty where some box has none: then the pair did not
    /// follow the characteristic.
    std::optional<std::array<Subkeys, 8>> judge(const KnownPair& one, const KnownPair& two) const;

  private:
    Characteristic characteristic_;
    double chance_ = 0;
    std::uint32_t left_after_ = 0; // the difference of the left half after the characteristic
    std::vector<unsigned> boxes_;
};

} // namespace keyhole::lab
