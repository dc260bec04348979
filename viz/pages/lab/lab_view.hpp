// A view of the Lab page: what stands below its row of views. Each is a file of its own and a line in the table of
// lab_page.cpp.
#pragma once

#include <memory>

#include "core/des/variant.hpp"
#include "viz/frame/page.hpp"

namespace keyhole::viz {

/// The variant that is being tried, kept in the window's view state; the view of the tables looks at its boxes.
struct LabState {
    des::Variant variant;
};

/// The functions mean what those of Page mean.
class LabView {
  public:
    LabView() = default;
    virtual ~LabView() = default;
    LabView(const LabView&) = delete;
    LabView& operator=(const LabView&) = delete;

    virtual void draw(FrameContext& context, Rect room) = 0;
    virtual bool press(const KeyPress& /*press*/, FrameContext& /*context*/) { return false; }
    /// None of them is the letter G, with which the page goes to its next view.
    virtual std::span<const PageAction> actions() const { return {}; }
    /// While something goes on beside the window, so that a frame is wanted soon.
    virtual bool busy() const { return false; }
};

struct LabViewInfo {
    std::string_view label, words; // on the row of views, and what it shows
    std::unique_ptr<LabView> (*make)();
};

} // namespace keyhole::viz
