// Which bits hang together by the wiring of the rounds, whatever the values are: an output of an S-box on all its six
// inputs. Halves are masks of 64 bits, L1 leftmost; key bits masks of the key as it is written.
#pragma once

#include <array>
#include <cstdint>

#include "core/lab/cone/cone.hpp"

namespace keyhole::lab {

/// The same bit, told as one of the halves where it is one: what IP gives, the preoutput and the output.
ConeBit as_halves(const ConeBit& bit, const des::Variant& variant);

/// The last round after which the halves do not yet hold or hide the bit: for one of the halves its own round.
constexpr unsigned before(const ConeBit& bit) {
    return bit.value == ConeBit::Value::halves ? bit.round : bit.round - 1;
}

class Wiring {
  public:
    /// `bit` as as_halves gives it.
    Wiring(const ConeBit& bit, const des::Variant& variant, Direction direction);

    /// On which halves after round n it can depend (n up to before()), and which can depend on it (from its round on).
    std::uint64_t halves(unsigned n) const { return back_[n]; }
    std::uint64_t halves_forward(unsigned n) const { return forward_[n]; }
    /// On which key bits it can depend through the rounds after n.
    std::uint64_t key_bits_after(unsigned n) const { return keys_[n]; }

  private:
    std::array<std::uint64_t, 17> back_{}, forward_{}, keys_{};
};

} // namespace keyhole::lab
