#include "viz/platform/begin.hpp"

#include <utility>

#include "viz/lesson/lesson_view.hpp"

namespace keyhole::viz {

void begin(App& app, Options& options) {
    if (options.live) app.live().start(std::move(*options.live));
    if (options.follow) app.lecture().follow(*options.follow);
    app.state().of<LessonMemory>() = {.run = std::move(options.lesson), .file = options.lesson_memory};
    if (!options.go_to.empty()) app.go_to(options.go_to);
    app.show(options.page);
    app.ui().presenting = options.present;
    app.ui().still = options.still;
}

} // namespace keyhole::viz
