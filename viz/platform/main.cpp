// keyhole-viz: the window, or a picture of it. Its failures become one line and an exit status.
#include <fmt/format.h>

#include <cstdio>

#include "core/base/resources.hpp"
#include "flags/usage.hpp"
#include "viz/platform/begin.hpp"
#include "viz/platform/options.hpp"
#include "viz/platform/window.hpp"

namespace {

void run(int argc, char** argv) {
    using namespace keyhole;
    auto options = viz::read_options(argc, argv);
    if (!options) return;
    viz::App app(std::move(options->recording), resources::font_dir(), std::move(options->title));
    app.take_fonts_from(viz::SystemFonts::installed());
    if (options->publish) {
        fmt::print(stderr, "keyhole: warning: --publish shows everybody on that port what this window knows\n");
        app.lecture().publish(*options->publish);
    }
    if (options->class_at) {
        fmt::print(stderr, "keyhole: warning: --class shows everybody who comes what this window knows (M masks it)\n");
        app.begin_with(viz::PageName("class"), *options->class_at);
    }
    viz::begin(app, *options);
    if (options->screenshot.empty()) {
        viz::run_window(app, {.theme = options->theme, .scale = options->scale, .remembers = !options->no_state});
    } else {
        app.ui().still = true;
        app.ui().theme = options->theme.value_or(viz::ThemeName::dark);
        app.ui().done = {.over = true, .into = true, .follow = true};
        app.ui().scale = options->scale.value_or(1.0F);
        viz::take_screenshot(app, options->size, options->screenshot, options->press);
    }
}

} // namespace

int main(int argc, char** argv) {
    return keyhole::cli::exit_status([&] {
        run(argc, argv);
        return 0;
    });
}
