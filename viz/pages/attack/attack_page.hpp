// The attack's page (key 6): what an eavesdropper has, the search over unknown key bits, the discrete logarithm, the
// times on one axis, and the conversation once the key is there.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "viz/frame/page.hpp"
#include "viz/pages/attack/attack_work.hpp"

namespace keyhole::viz {

class AttackPage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override;
    std::optional<Seconds> due() const override;
    void tick(Seconds now) override { now_ = now; }
    void draw(FrameContext& context, Rect room) override;

  private:
    void begin(const FrameContext& context);
    void times(FrameContext& context, float room);
    void size_slider(FrameContext& context, ScreenCanvas& canvas);
    void work(FrameContext& context, ScreenCanvas& canvas);
    void on_the_wire(FrameContext& context, ScreenCanvas& canvas);
    void key_search(FrameContext& context, ScreenCanvas& canvas);
    void logarithm(FrameContext& context, ScreenCanvas& canvas);
    void progress(FrameContext& context, ScreenCanvas& canvas, std::string_view unit);
    void conversation(ScreenCanvas& canvas);

    std::unique_ptr<Attack> attack_;
    std::uint64_t session_ = 0;
    std::size_t messages_ = 0;
    Seconds now_{0};
};

} // namespace keyhole::viz
