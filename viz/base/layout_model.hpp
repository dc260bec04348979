// Where the panels lie, from the window's size and the size of the text. Nothing overlaps, nothing leaves the window;
// when room is scarce the list of steps folds away first, then stage and details stand one above the other,
// and at last in one panel.
#pragma once

#include "viz/base/geometry.hpp"

namespace keyhole::viz {

/// A panel that lies over the others for a while, because it was asked for and has no place of its own.
enum class Overlay { none, left, details, pages, toolbar };

/// Those that keys bring. The toolbar comes and goes with the mouse.
constexpr bool goes_by_itself(Overlay what) { return what != Overlay::none && what != Overlay::toolbar; }

/// What is to be seen, apart from the stage.
struct LayoutWish {
    bool left = true, details = true;
    bool notice = false;
    float notice_height = 0;                 // pixels; 0: one line
    float left_width = 0, details_width = 0; // em; 0: as there is room
    bool presenting = false;                 // the stage and one line of words, as large as the window
    Overlay overlay = Overlay::none;
};

struct Layout {
    Rect top, tabs, notice, left, stage, details, next, bottom;
    Rect page; // left, stage and details together
    int top_rows = 1;
    bool one_column = false; // hardly any room: the details below the stage, in its panel
    bool compact = false;    // a narrow window: smaller buttons, and only those that are used all the time
    bool low = false;        // a low window: the scrubber without labels
    bool presenting = false; // toolbar, left, details and scrubber are away, and come as an overlay
    bool tabs_shown = false; // the views as a row of tabs
    bool left_fits = false, left_shown = false, details_shown = false;
    bool notice_shown = false;
    bool next_shown = false; // the line below the stage: what comes next, what lies inside

    Overlay overlay = Overlay::none; // what lies over the others, at `over`
    Rect over;

    /// Whether this is to be asked for: it has no place of its own.
    bool lacks(Overlay what) const;
};

/// All in pixels; `em` is the height of a line of text.
Layout arrange(float width, float height, float em, const LayoutWish& wish);

} // namespace keyhole::viz
