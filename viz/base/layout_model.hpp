// Where the panels lie, from the window's size and the size of the text. Nothing overlaps, nothing leaves the window;
// when room is scarce the list of steps folds away first, then stage and details stand one above the other,
// and at last in one panel.
#pragma once

#include "viz/base/geometry.hpp"

namespace keyhole::viz {

struct Layout {
    Rect top, tabs, notice, left, stage, details, bottom;
    Rect page; // left, stage and details together
    int top_rows = 1;
    bool one_column = false; // hardly any room: the details below the stage, in its panel
    bool compact = false;    // a narrow window: smaller buttons, and only those that are used all the time
    bool low = false;        // a low window: the scrubber without labels
    bool tabs_shown = false; // the views as a row of tabs
    bool left_fits = false, left_shown = false;
    bool notice_shown = false;
};

/// All in pixels; `em` is the height of a line of text. A notice is one line high where no height is given.
Layout arrange(float width, float height, float em, bool left_wanted, bool notice, float notice_height = 0);

} // namespace keyhole::viz
