// A message through DES or three-key DES (TDEA) in all modes, from FIPS 46-3 and FIPS 81 alone, and the Monte Carlo
// tests' inner loop.
#pragma once

#include <array>
#include <functional>

#include "core/base/bytes.hpp"
#include "core/des/des.hpp"
#include "core/modes/modes.hpp"

namespace keyhole::kat {

/// DES with one key, or TDEA with three (NIST SP 800-67, section 3.1): E3(D2(E1(block))) and back.
class Cipher {
  public:
    explicit Cipher(const std::array<des::Block, 3>& keys)
        : single_(keys[0] == keys[1] && keys[1] == keys[2]),
          schedules_{des::key_schedule(keys[0]), des::key_schedule(keys[1]), des::key_schedule(keys[2])} {}

    bool is_single() const { return single_; }
    const des::KeySchedule& schedule() const { return schedules_[0]; }

    des::Block operator()(des::Block block, Direction direction) const;

  private:
    bool single_;
    std::array<des::KeySchedule, 3> schedules_;
};

struct Message {
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    des::Block iv = 0;
    Bytes input;
    bool in_bits = false; // texts are written as bits; the last byte of the input is then filled up with zeros
    std::size_t bits = 0; // of the input
    std::size_t skip = 0; // bytes of the key stream, at the start, that no text was given for

    bool forwards() const { return direction == Direction::encrypt; }
};

Bytes run_tdea(const Cipher& cipher, const Message& message);

/// The inner loop of the Monte Carlo tests (NIST SP 800-20, section 5): 10,000 blocks, each fed by those before it.
/// What it returns does not matter once `go_on` was false.
Bytes run_monte_carlo(const Cipher& cipher, const Message& message, const std::function<bool()>& go_on);

} // namespace keyhole::kat
