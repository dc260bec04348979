// A recording with everything that looks at it. The window may hold several; one is shown.
#pragma once

#include <atomic>
#include <string>

#include "core/steps/search/step_search.hpp"
#include "core/steps/trace.hpp"
#include "core/steps/viewer.hpp"
#include "viz/base/page_name.hpp"
#include "viz/session/player.hpp"

namespace keyhole::viz {

/// A recording that is to be shown.
struct Opened {
    Recording recording; // holds at least one step
    std::string title;   // "exchange in toy23"
    std::string go_to;   // an address; empty: the first step
    PageName page = PageName::steps;
};

struct Session {
    Session(Recording what, std::string name) : recording(std::move(what)), title(std::move(name)) {}

    Recording recording;
    std::string title;
    Trace trace{recording};
    Cursor cursor{trace.tree()};
    Player player{trace.tree(), cursor};
    StepSearch search{trace};
    const std::uint64_t id = next_id();

    std::uint32_t grown = 0; // how often the recording took something over
    bool only_here = false;  // nothing could open it again: it is not closed to make room
    // A live party's recording, with which this one grows; 0: a recording that is complete.
    std::uint64_t live = 0, live_version = 0;
    // Shown as `viewer` sees what the session `origin` holds.
    Viewer viewer = Viewer::both;
    std::vector<Viewer> origin_viewers;
    std::uint64_t origin = 0;
    Node landed, wanted; // where the masking led to, and from where

    /// As whom it can be shown.
    std::vector<Viewer> viewers() const { return origin == 0 ? viewers_of(recording) : origin_viewers; }

  private:
    static std::uint64_t next_id() {
        static std::atomic<std::uint64_t> last{0};
        return ++last;
    }
};

} // namespace keyhole::viz
