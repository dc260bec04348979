// The same trace as another one sees it: the server, the client or an eavesdropper, each without what they cannot know.
#pragma once

#include "viz/app/sessions/sessions.hpp"

namespace keyhole::viz {

/// Shows the shown trace as `viewer` sees it, at the step where it stands or the nearest that `viewer` knows.
void show_as(Sessions& sessions, UiState& ui, Viewer viewer);
/// As the next of those as whom it can be shown; a notice says why where there is none.
void show_as_next(Sessions& sessions, UiState& ui);

} // namespace keyhole::viz
