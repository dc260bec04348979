// keyhole-viz in a page. The page gives the flags as its query has them; what is wrong with them is said in the window,
// which then shows what it does without.
#include <emscripten/html5.h>
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "viz/platform/web/page_window.hpp"

namespace keyhole::viz {
namespace {

bool has_webgl() {
    EmscriptenWebGLContextAttributes wanted;
    emscripten_webgl_init_context_attributes(&wanted);
    wanted.majorVersion = 2;
    wanted.alpha = wanted.depth = wanted.stencil = wanted.antialias = EM_FALSE;
    const EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = emscripten_webgl_create_context("#canvas", &wanted);
    return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

int run(int argc, char** argv) {
    std::string wrong;
    std::optional<Options> options;
    try {
        options = read_options(argc, argv);
        if (!options) return 0; // --help and --version have been printed
        if (options->publish || options->class_at)
            throw bad_input("a page in a browser publishes nothing (nobody can connect to it; use keyhole-viz)");
        if (!options->screenshot.empty())
            throw bad_input("a page in a browser takes no --screenshot (save the picture from the window instead)");
    } catch (const Error& error) {
        wrong = error.what();
        options = read_options(1, argv);
    }
    if (!has_webgl()) {
        fmt::print(stderr, "this browser has no WebGL 2, which the window is drawn with\n");
        return 3;
    }
    static PageWindow window(std::move(*options));
    window.app().ui().notice = std::move(wrong);
    page_window() = &window;
    return 0;
}

} // namespace
} // namespace keyhole::viz

int main(int argc, char** argv) { return keyhole::viz::run(argc, argv); }
