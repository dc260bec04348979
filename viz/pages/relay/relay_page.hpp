// The person in the middle (key 8): where to listen and where to pass on to, each message with the choice to send,
// alter or drop it, the two fingerprints, and what has passed.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "viz/frame/field_view.hpp"
#include "viz/frame/page.hpp"
#include "viz/relay/flip_model.hpp"
#include "viz/relay/relay_controller.hpp"

namespace keyhole::viz {

class RelayPage final : public Page {
  public:
    void tick(Seconds now) override { now_ = now; }
    std::optional<Seconds> due() const override;
    bool press(const KeyPress& press, FrameContext& context) override;
    void draw(FrameContext& context, Rect room) override;

  private:
    void enter(FrameContext& context);
    void take();
    void hold(bool yes);
    void hold_box();

    // Whose handshakes C and V step through.
    const RelayClient* chosen() const;
    void choose_by(int by);

    static bool has_ciphertext(const RelayClient& client);
    // Without a network: in the trace that is shown.
    bool can_flip(const FrameContext& context) const;

    void turn(const RelayClient& client);
    void turn_shown(FrameContext& context);

    const RelayClient* deciding() const;
    void start(FrameContext& context);
    void send(const RelayClient& client);

    void middle(FrameContext& context);
    void field(FrameContext& context, ScreenCanvas& canvas, const FieldLook& look, std::string& text);
    void setting(FrameContext& context, ScreenCanvas& canvas);
    void clients(FrameContext& context, ScreenCanvas& canvas);
    void client(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c);
    void flip_shown(FrameContext& context, ScreenCanvas& canvas);
    void decision(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c);
    void flip(FrameContext& context, ScreenCanvas& canvas, const RelayClient& c);

    RelayController controller_;
    RelayState state_;
    Seconds now_{0};
    FieldRing ring_;
    bool editing_ = false, entered_ = false; // since the last frame
    std::string listen_ = "127.0.0.1:4647", to_ = "127.0.0.1:4646", listen_error_, to_error_;
    bool quiet_ = false, hold_ = true;
    std::string text_; // of the message that waits, as it is to go on
    std::pair<std::uint64_t, std::uint64_t> shown_{};
    FlipChoice flip_;
    std::uint64_t chosen_ = 0, message_ = 1;
    std::string flip_error_;
};

} // namespace keyhole::viz
