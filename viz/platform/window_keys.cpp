#include "viz/platform/window_keys.hpp"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <imgui.h>

#include <cctype>

namespace keyhole::viz {
namespace {

Key named_key(int key) {
    switch (key) {
        case GLFW_KEY_LEFT: return Key::left;
        case GLFW_KEY_RIGHT: return Key::right;
        case GLFW_KEY_UP: return Key::up;
        case GLFW_KEY_DOWN: return Key::down;
        case GLFW_KEY_HOME: return Key::home;
        case GLFW_KEY_END: return Key::end;
        case GLFW_KEY_ESCAPE: return Key::escape;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER: return Key::enter;
        case GLFW_KEY_F1: return Key::f1;
        case GLFW_KEY_F5: return Key::f5;
        case GLFW_KEY_F12: return Key::f12;
        case GLFW_KEY_PAGE_UP: return Key::page_up;
        case GLFW_KEY_PAGE_DOWN: return Key::page_down;
        case GLFW_KEY_TAB: return Key::tab;
        case GLFW_KEY_KP_ADD: return key_of('+');
        case GLFW_KEY_KP_SUBTRACT: return key_of('-');
        default: return Key::none;
    }
}

// With Ctrl or Alt no character arrives, so the key is asked for what is printed on it in this layout.
Key printed_key(int key, int scancode) {
    const char* printed = glfwGetKeyName(key, scancode);
    if (printed == nullptr || printed[0] == '\0' || printed[1] != '\0') return Key::none;
    return key_of(static_cast<char>(std::tolower(static_cast<unsigned char>(printed[0]))));
}

int action_of(KeyEvent::Kind kind) {
    return kind == KeyEvent::Kind::press ? GLFW_PRESS : kind == KeyEvent::Kind::release ? GLFW_RELEASE : GLFW_REPEAT;
}

} // namespace

KeyEvent key_event(int key, int scancode, int action, int modifiers) {
    using enum KeyEvent::Kind;
    return {.kind = action == GLFW_PRESS     ? press
                    : action == GLFW_RELEASE ? release
                                             : repeat,
            .key = key,
            .scancode = scancode,
            .modifiers = modifiers,
            .is_modifier = key >= GLFW_KEY_LEFT_SHIFT && key <= GLFW_KEY_RIGHT_SUPER};
}

std::optional<KeyPress> press_of(const KeyEvent& event) {
    if (event.kind == KeyEvent::Kind::release) return std::nullopt;
    if (event.kind == KeyEvent::Kind::character) {
        if (event.character >= 128) return std::nullopt;
        return KeyPress{.key = key_of(static_cast<char>(std::tolower(static_cast<int>(event.character))))};
    }
    KeyPress press{.key = named_key(event.key),
                   .ctrl = (event.modifiers & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0,
                   .alt = (event.modifiers & GLFW_MOD_ALT) != 0};
    const bool on_keypad = event.key == GLFW_KEY_KP_ADD || event.key == GLFW_KEY_KP_SUBTRACT;
    if (press.key == Key::none && press.ctrl) press.key = printed_key(event.key, event.scancode);
    // Printable keys without Ctrl arrive as characters, in the user's own layout.
    if (press.key == Key::none || (on_keypad && !press.ctrl)) return std::nullopt;
    return press;
}

void feed_imgui(GLFWwindow* window, const KeyEvent& event) {
    // ImGui's own callback asks the window system which modifiers are down now, but a key that waited for its frame
    // came with those of its own time: a Ctrl+V that was let go quickly would be a V.
#if IMGUI_VERSION_NUM >= 18700
    const Key letter = (event.modifiers & GLFW_MOD_CONTROL) != 0 && !event.is_modifier
                           ? printed_key(event.key, event.scancode)
                           : Key::none;
    if (letter >= key_of('a') && letter <= key_of('z')) {
        ImGuiIO& io = ImGui::GetIO();
        io.AddKeyEvent(ImGuiMod_Ctrl, true);
        io.AddKeyEvent(ImGuiMod_Shift, (event.modifiers & GLFW_MOD_SHIFT) != 0);
        io.AddKeyEvent(static_cast<ImGuiKey>(ImGuiKey_A + static_cast<int>(letter) - static_cast<int>(key_of('a'))),
                       event.kind != KeyEvent::Kind::release);
        return;
    }
#endif
    ImGui_ImplGlfw_KeyCallback(window, event.key, event.scancode, action_of(event.kind), event.modifiers);
}

} // namespace keyhole::viz
