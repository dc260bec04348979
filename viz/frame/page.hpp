// What takes the place of the stage and its panels: a page with a state of its own, which lasts while the window is
// open. docs/extending.md shows how to add one.
#pragma once

#include <functional>

#include "netsim/lecture/lecture_line.hpp"
#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

/// What a key does on a page: the strip at the foot lists it, and a click there is a press of the key.
struct PageAction {
    KeyPress key;
    std::string_view shown_key;
    std::string_view words;
};

class Page {
  public:
    Page() = default;
    virtual ~Page() = default;
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    /// Inside an ImGui child that fills `room` and does not scroll by itself.
    virtual void draw(FrameContext& context, Rect room) = 0;

    /// A key while the page is shown, before the common commands get it. True: used.
    virtual bool press(const KeyPress& /*press*/, FrameContext& /*context*/) { return false; }

    /// The page's own keys; none of them is one of the common commands, which hold on every page.
    virtual std::span<const PageAction> actions() const { return {}; }

    /// Before each frame, shown or not.
    virtual void tick(Seconds /*now*/) {}

    /// After each frame, shown or not, with what the window shows then, and what of it is still to be guessed.
    virtual void after_frame(const Session& /*shown*/, LectureCover /*cover*/) {}

    /// What the command line gives to it (--class HOST:PORT), before the first frame.
    virtual void begin_with(std::string_view /*words*/) {}

    /// One line for the foot of the window, while another page is shown; may be empty.
    virtual std::string notice() const { return {}; }

    /// How another thread of the page asks for a frame.
    // NOLINTNEXTLINE(performance-unnecessary-value-param): whoever overrides it keeps it
    virtual void set_wake(std::function<void()> /*wake*/) {}

    /// When it wants a frame by itself; asked while it is shown.
    virtual std::optional<Seconds> due() const { return std::nullopt; }
};

} // namespace keyhole::viz
