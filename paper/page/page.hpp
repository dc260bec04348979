// A trace as one file that a browser opens from disk: every step a section with its address as its anchor, values,
// words and the stage's figure; steps by keys as the window does where scripts run, and reads from top to foot where
// none do.
#pragma once

#include <optional>
#include <string>

#include "core/recording/recording.hpp"
#include "paper/page/page_plan.hpp"

namespace keyhole::paper {

struct PageOptions {
    std::optional<BlockRange> blocks; // kept whole, however large the page becomes
};

/// The page. What a viewer may not know has to be taken out of the recording before (seen_by of core/steps/viewer.hpp).
/// Throws Error (io) where a font is missing.
std::string page_html(const Recording& recording, const PageOptions& options);

} // namespace keyhole::paper
