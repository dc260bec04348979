// What the keys 2 to 8 show in place of the stage: a page with a state of its own, which lasts while the window is
// open.
#pragma once

#include <memory>

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

class Page {
  public:
    Page() = default;
    virtual ~Page() = default;
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    /// Inside an ImGui child that fills `room` and does not scroll by itself.
    virtual void draw(View& view, Rect room) = 0;

    /// A key while the page is shown, before the common commands get it. True: used.
    virtual bool press(const KeyPress& /*press*/, View& /*view*/) { return false; }

    /// Before each frame, shown or not.
    virtual void tick(Seconds /*now*/) {}

    /// When it wants a frame by itself; asked while it is shown.
    virtual std::optional<Seconds> due() const { return std::nullopt; }
};

/// Whether there is such a page; the steps are none.
bool has_page(ViewName view);

/// The view that a command shows; empty for other commands.
std::optional<ViewName> view_shown_by(Command command);
Command command_that_shows(ViewName view);

/// False for a view that this build lacks.
bool can_run(Command command);

/// The page; `has_page(view)` must hold.
std::unique_ptr<Page> make_page(ViewName view);

} // namespace keyhole::viz
