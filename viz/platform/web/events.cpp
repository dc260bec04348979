// What the page's script calls. Texts are UTF-8, places are in the canvas's pixels.
#include <emscripten/em_macros.h>

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/base/utf8.hpp"
#include "viz/platform/web/imgui_input.hpp"
#include "viz/platform/web/page_window.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

// Nothing happens before there is a window.
template <class Do>
void with_window(Do what) {
    if (PageWindow* const window = page_window()) {
        what(*window);
        window->stir();
    }
}

void undo_to(const Cursor& cursor, App& app, int jumps) {
    const auto there = static_cast<int>(cursor.jumps());
    for (int i = there; i > jumps; --i) app.press({.key = Key::left, .alt = true});
    for (int i = there; i < jumps; ++i) app.press({.key = Key::right, .alt = true});
}

} // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE double keyhole_frame(double now) {
    PageWindow* const window = page_window();
    return window == nullptr ? -1 : window->frame(now);
}

EMSCRIPTEN_KEEPALIVE void keyhole_resize(int width, int height, float ratio) {
    with_window([&](PageWindow& window) { window.resize(width, height, ratio); });
}

EMSCRIPTEN_KEEPALIVE void keyhole_mouse(float x, float y) {
    with_window([&](PageWindow&) { feed_mouse(x, y); });
}

EMSCRIPTEN_KEEPALIVE void keyhole_button(int button, int down) {
    with_window([&](PageWindow&) { feed_button(button, down != 0); });
}

EMSCRIPTEN_KEEPALIVE void keyhole_wheel(float across, float down) {
    with_window([&](PageWindow&) { feed_wheel(across, down); });
}

/// `kind`: 0 release, 1 press, 2 repeat. 1: the window has a use for it, and the browser is not to have it.
EMSCRIPTEN_KEEPALIVE int keyhole_key(int kind, const char* name, int modifiers) {
    const std::string_view text = name;
    const bool is_modifier = text == "Shift" || text == "Control" || text == "Alt" || text == "Meta";
    const int number = is_modifier ? 0 : key_number(text);
    if (number == 0 && !is_modifier) return 0;
    using Kind = KeyEvent::Kind;
    const KeyEvent event{.kind = kind == 0   ? Kind::release
                                 : kind == 1 ? Kind::press
                                             : Kind::repeat,
                         .key = number,
                         .modifiers = modifiers,
                         .is_modifier = is_modifier};
    with_window([&](PageWindow& window) { window.put(event); });
    const auto press = press_of(event);
    return (press && command_for(*press)) || number >= static_cast<int>(Key::left) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void keyhole_text(const char* text) {
    with_window([&](PageWindow& window) {
        // What is written was not pressed with Ctrl, even where the page never saw it let go.
        window.put({.kind = KeyEvent::Kind::release, .is_modifier = true});
        for (const Character& c : characters(text))
            window.put({.kind = KeyEvent::Kind::character, .character = c.valid ? c.code : 0xFFFDU});
    });
}

EMSCRIPTEN_KEEPALIVE void keyhole_paste(const char* text) {
    with_window([&](PageWindow& window) { window.paste(text); });
}

EMSCRIPTEN_KEEPALIVE void keyhole_open_file(const char* path) {
    with_window([&](PageWindow& window) { window.app().open(path); });
}

EMSCRIPTEN_KEEPALIVE void keyhole_go_to(const char* address) {
    with_window([&](PageWindow& window) {
        try {
            window.app().go_to(address);
            if (window.app().ui().page == PageName("start")) window.app().show(PageName::steps);
        } catch (const Error& error) {
            window.app().ui().notice = error.what();
        }
    });
}

/// As far back or forward as `jumps` jumps can still be undone.
EMSCRIPTEN_KEEPALIVE void keyhole_turn(int jumps) {
    with_window([&](PageWindow& window) { undo_to(window.app().session().cursor, window.app(), jumps); });
}

EMSCRIPTEN_KEEPALIVE void keyhole_say(const char* words) {
    with_window([&](PageWindow& window) { window.app().ui().notice = words; });
}
}
