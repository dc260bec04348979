#include "viz/platform/web/imgui_input.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <array>
#include <cctype>
#include <utility>

namespace keyhole::viz {
namespace {

// Keys that only a field needs, numbered after the application's own.
constexpr int backspace = 300, del = 301, insert = 302;

struct NamedKey {
    std::string_view name;
    int number;
    ImGuiKey imgui;
};

constexpr int number(Key key) { return static_cast<int>(key); }

constexpr std::array named = {
    NamedKey{"ArrowLeft", number(Key::left), ImGuiKey_LeftArrow},
    NamedKey{"ArrowRight", number(Key::right), ImGuiKey_RightArrow},
    NamedKey{"ArrowUp", number(Key::up), ImGuiKey_UpArrow},
    NamedKey{"ArrowDown", number(Key::down), ImGuiKey_DownArrow},
    NamedKey{"Home", number(Key::home), ImGuiKey_Home},
    NamedKey{"End", number(Key::end), ImGuiKey_End},
    NamedKey{"PageUp", number(Key::page_up), ImGuiKey_PageUp},
    NamedKey{"PageDown", number(Key::page_down), ImGuiKey_PageDown},
    NamedKey{"Escape", number(Key::escape), ImGuiKey_Escape},
    NamedKey{"Enter", number(Key::enter), ImGuiKey_Enter},
    NamedKey{"Tab", number(Key::tab), ImGuiKey_Tab},
    NamedKey{"Backspace", backspace, ImGuiKey_Backspace},
    NamedKey{"Delete", del, ImGuiKey_Delete},
    NamedKey{"Insert", insert, ImGuiKey_Insert},
    NamedKey{"F1", number(Key::f1), ImGuiKey_COUNT},
    NamedKey{"F5", number(Key::f5), ImGuiKey_COUNT},
    NamedKey{"F12", number(Key::f12), ImGuiKey_COUNT},
    NamedKey{"a", 'a', ImGuiKey_A}, // with Ctrl, in fields
    NamedKey{"c", 'c', ImGuiKey_C},
    NamedKey{"v", 'v', ImGuiKey_V},
    NamedKey{"x", 'x', ImGuiKey_X},
    NamedKey{"y", 'y', ImGuiKey_Y},
    NamedKey{"z", 'z', ImGuiKey_Z},
};

const NamedKey* find_key(int wanted) {
    for (const NamedKey& key : named)
        if (key.number == wanted) return &key;
    return nullptr;
}

} // namespace

void name_keys() {
#if IMGUI_VERSION_NUM < 18700
    for (const NamedKey& key : named)
        if (key.imgui != ImGuiKey_COUNT) ImGui::GetIO().KeyMap[key.imgui] = key.number;
#endif
}

int key_number(std::string_view name) {
    for (const NamedKey& key : named)
        if (key.name == name) return key.number;
    if (name.size() != 1) return 0;
    return std::tolower(static_cast<unsigned char>(name.front()));
}

std::optional<KeyPress> press_of(const KeyEvent& event) {
    if (event.kind == KeyEvent::Kind::release || event.is_modifier) return std::nullopt;
    if (event.kind == KeyEvent::Kind::character) {
        if (event.character >= 128) return std::nullopt;
        return KeyPress{.key = key_of(static_cast<char>(std::tolower(static_cast<int>(event.character))))};
    }
    KeyPress press{.key = static_cast<Key>(event.key),
                   .ctrl = (event.modifiers & key_modifier::ctrl) != 0,
                   .alt = (event.modifiers & key_modifier::alt) != 0};
    // Printable keys without Ctrl arrive as characters, in the user's own layout.
    const bool printable = event.key < number(Key::left);
    if (event.key == 0 || event.key >= backspace || (printable && !press.ctrl)) return std::nullopt;
    return press;
}

void feed_imgui(const KeyEvent& event) {
    ImGuiIO& io = ImGui::GetIO();
    const NamedKey* const key = find_key(event.key);
    const bool down = event.kind != KeyEvent::Kind::release;
    const bool known = key != nullptr && key->imgui != ImGuiKey_COUNT;
    const bool shift = (event.modifiers & key_modifier::shift) != 0, ctrl = (event.modifiers & key_modifier::ctrl) != 0,
               alt = (event.modifiers & key_modifier::alt) != 0;
#if IMGUI_VERSION_NUM < 18700
    io.KeyShift = shift;
    io.KeyCtrl = ctrl;
    io.KeyAlt = alt;
    if (known) io.KeysDown[key->number] = down;
#else
    io.AddKeyEvent(ImGuiMod_Shift, shift);
    io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
    io.AddKeyEvent(ImGuiMod_Alt, alt);
    if (known) io.AddKeyEvent(key->imgui, down);
#endif
}

void feed_mouse(float x, float y) {
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().MousePos = {x, y};
#else
    ImGui::GetIO().AddMousePosEvent(x, y);
#endif
}

void feed_button(int button, bool down) {
    if (button < 0 || button >= ImGuiMouseButton_COUNT) return;
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().MouseDown[button] = down;
#else
    ImGui::GetIO().AddMouseButtonEvent(button, down);
#endif
}

void feed_wheel(float across, float down) {
#if IMGUI_VERSION_NUM < 18700
    ImGui::GetIO().MouseWheelH += across;
    ImGui::GetIO().MouseWheel += down;
#else
    ImGui::GetIO().AddMouseWheelEvent(across, down);
#endif
}

Rect field_place() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.ActiveId == 0 || !context.IO.WantTextInput || context.ActiveIdWindow == nullptr) return {};
#if IMGUI_VERSION_NUM < 18700
    const ImVec2 at = context.PlatformImePos;
#else
    const ImVec2 at = context.PlatformImeData.InputPos;
#endif
    return {at.x, at.y, 0, context.FontSize};
}

} // namespace keyhole::viz
