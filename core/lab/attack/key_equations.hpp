// What is known of a key: equations over its 56 bits, each a sum of some of them. A subkey's bits are key bits, so what
// an attack learns of several subkeys adds up here, and a contradiction shows at once.
#pragma once

#include <cstdint>
#include <vector>

namespace keyhole::lab {

/// The key bits that a round (1 to 16) adds to some inputs of a box (1 to 8), chosen by a mask of six bits: as bits of
/// C0 D0, 56 wide, the first bit of C0 leftmost.
std::uint64_t key_bits_of(unsigned round, unsigned box, unsigned six_bit_mask);

class KeyEquations {
  public:
    /// The sum of the bits in `mask` (of C0 D0) is `value`. False where that contradicts what is known; then nothing is
    /// added.
    bool add(std::uint64_t mask, bool value);

    /// The six bits that a round's subkey has for a box. False as above; some of them may have been added then.
    bool add_box(unsigned round, unsigned box, unsigned six_bits);

    unsigned unknown_bits() const { return 56 - static_cast<unsigned>(rows_.size()); }

    /// One C0 D0 that fits.
    std::uint64_t solution() const;
    /// What may be added to it in any combination: unknown_bits() vectors.
    std::vector<std::uint64_t> freedom() const;

  private:
    struct Row {
        std::uint64_t mask, pivot; // the pivot, one bit of the mask, stands in no other row
        bool value;
    };
    std::vector<Row> rows_;
};

} // namespace keyhole::lab
