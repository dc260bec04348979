// What the relay's page keeps: where to listen and pass on to, the message that waits as it is to go on, and the bit
// that is to be turned in it, or without a network in a message of the trace.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "viz/relay/flip_model.hpp"
#include "viz/relay/relay_controller.hpp"

namespace keyhole::viz {

class RelayModel {
  public:
    // As typed, and what is wrong with it.
    std::string listen = "127.0.0.1:4647", to = "127.0.0.1:4646", listen_error, to_error;
    bool quiet = false, hold = true;
    std::string text; // of the message that waits, as it is to go on
    FlipChoice flip;
    std::string flip_error;
    std::uint64_t message = 1; // of the trace, whose bit is turned without a network

    RelayController& controller() { return controller_; }
    bool running() const { return controller_.running(); }
    const RelayState& state() const { return state_; }
    /// Takes what the relay has done since; another message that waits is shown as it came.
    void update();

    /// False, with the errors filled, when an address is wrong.
    bool start();
    void set_hold(bool yes);

    /// Whose handshakes can be stepped through. Null where no client came.
    const RelayClient* chosen() const;
    void choose_by(int by);

    /// The client whose message is to be decided now, or null.
    const RelayClient* deciding() const;
    void send(const RelayClient& client);
    static bool has_ciphertext(const RelayClient& client);
    void turn_bit(const RelayClient& client);

    /// Without a network: whether the trace that is shown has messages with a bit to turn.
    bool can_flip(const Recording& shown) const;
    void next_message(const Recording& shown);
    /// What the receiver of `message` records when the bit is turned on its way. Empty, with `flip_error` filled, where
    /// it has no such bit.
    std::optional<Recording> flipped(const Recording& shown);

  private:
    RelayController controller_;
    RelayState state_;
    std::pair<std::uint64_t, std::uint64_t> waits_{}; // client and message that `text` is of
    std::uint64_t chosen_ = 0;
};

} // namespace keyhole::viz
