// The panel of a lesson: one part at a time, with links that go to steps of the trace beside it, and questions.
#pragma once

#include <map>
#include <memory>

#include "viz/frame/frame_context.hpp"
#include "viz/lesson/lesson_run.hpp"

namespace keyhole::viz {

/// What the window keeps of its lesson.
struct LessonMemory {
    std::shared_ptr<LessonRun> run = {};           // nothing where no lesson is open
    std::filesystem::path file = {};               // keeps what is answered; empty: nothing is kept
    bool shown = true;                             // in the panel, in the place of the exchange or the steps
    bool told = false;                             // which key brings the panel where it has no room
    std::map<std::size_t, std::string> typed = {}; // by block of the part: what stands in its field
};

/// Fills the panel that is being drawn. A lesson must be open.
void draw_lesson(FrameContext& context);

} // namespace keyhole::viz
