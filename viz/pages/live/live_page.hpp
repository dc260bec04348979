// The live exchange's page (key 7): whose turn it is, what has arrived, what was said, who is connected, and how to
// begin.
#pragma once

#include <string>

#include "viz/frame/field_view.hpp"
#include "viz/frame/page.hpp"
#include "viz/live/live_setup.hpp"

namespace keyhole::viz {

class LivePage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override;
    void draw(FrameContext& context, Rect room) override;

  private:
    bool press_started(const KeyPress& press, FrameContext& context);
    void begin(FrameContext& context);
    void say(FrameContext& context);
    void say(LiveController& live);
    void set_up(const FrameContext& context);
    void overheard(ScreenCanvas& canvas, const LiveParty& party);
    void choose_by(FrameContext& context, int by);

    void state(FrameContext& context, ScreenCanvas& canvas);
    void turn(FrameContext& context, ScreenCanvas& canvas, const LiveParty& party);
    void actions(FrameContext& context);
    void chat(FrameContext& context, ScreenCanvas& canvas);

    LiveSetup setup_;
    std::string text_, say_fault_;
    FieldRing fields_;
    bool editing_ = false, entered_ = false, setting_up_ = false, scrolls_on_ = false;
    std::uint64_t scrolled_party_ = 0, listed_ = 0;
    std::uint64_t scrolled_lines_ = 0;
};

} // namespace keyhole::viz
