// The workbench's page (key 4): key, message and settings on the left, what they give on the right, and the
// exponentiation.
#pragma once

#include <optional>

#include "viz/frame/field_view.hpp"
#include "viz/frame/page.hpp"
#include "viz/pages/workbench/power_model.hpp"
#include "viz/pages/workbench/workbench_model.hpp"

namespace keyhole::viz {

class WorkbenchPage final : public Page {
  public:
    bool press(const KeyPress& press, FrameContext& context) override;
    void draw(FrameContext& context, Rect room) override;
    void tick(Seconds now) override { now_ = now; }
    std::optional<Seconds> due() const override;

  private:
    void input(FrameContext& context, ScreenCanvas& canvas);
    void key_strip(FrameContext& context, ScreenCanvas& canvas);
    void result(FrameContext& context, ScreenCanvas& canvas);
    void blocks(FrameContext& context, ScreenCanvas& canvas);
    void power(FrameContext& context, ScreenCanvas& canvas);
    void open_bench(FrameContext& context) const;
    void open_power(FrameContext& context) const;
    void take_over(FrameContext& context);
    void begin(FrameContext& context);

    Workbench bench_;
    PowerBench power_;
    unsigned bit_ = 1; // of the key, chosen by keyboard
    FieldRing ring_;
    bool editing_ = false, editing_power_ = false; // since the last frame
    bool entered_ = false, entered_power_ = false;
    bool scrolls_on_ = false, begun_ = false;
    Seconds now_{0};
};

} // namespace keyhole::viz
