// A text that is typed or pasted into a field, on the null backend: all of its bytes arrive, or it is refused.
#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

const std::string smile = "\xF0\x9F\x98\x80", chinese = "\xE4\xBD\xA0";

// A key with Ctrl of ImGui's own, as a field takes it.
void press_ctrl(NullWindow& window, ImGuiKey key) {
    ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
    io.AddKeyEvent(ImGuiMod_Ctrl, true);
#else
    io.KeyCtrl = true;
#endif
    NullWindow::hold(key, true);
    window.frame();
    NullWindow::hold(key, false);
#if IMGUI_VERSION_NUM >= 18700
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
#else
    io.KeyCtrl = false;
#endif
    window.frame();
}

// The clipboard of the window system; a frame's log does not go through it.
std::string& clipboard() {
    static std::string text;
    return text;
}

bool& clipboard_taken() {
    static bool taken = false;
    return taken;
}

void with_clipboard(const std::string& text) {
    clipboard() = text;
    ImGui::GetIO().GetClipboardTextFn = [](void*) -> const char* { return clipboard().c_str(); };
}

} // namespace

TEST_CASE("An emoji that is typed or pasted is sent as it is", "[viz][input]") {
    LiveWindow live;
    const auto peer = live.connect();
    live.press(key_of('r'));
    live.establish(*peer);
    live.press(key_of('e'));
    live.window.frame();
    live.window.frame();
    for (const char32_t c : {U'H', U'\u4F60', U'\U0001F600'}) live.window.app.type(c);
    live.text = live.window.frame();
    live.text = live.window.frame();
    CHECK(NullWindow::squeezed(live.text).find("keptasitwastyped:U+1F600") != std::string::npos);
    with_clipboard(smile + "\xF0\x9F\x94\x91");
    press_ctrl(live.window, ImGuiKey_V);
    live.press(Key::enter);
    const auto said = [&] {
        std::vector<std::string> out;
        for (const LiveLine& line : live.window.app.live().chosen()->lines())
            if (line.kind == LiveLine::Kind::own) out.push_back(line.text);
        return out;
    };
    CHECK(said() == std::vector<std::string>{"H" + chinese + smile + smile + "\xF0\x9F\x94\x91"});
}

TEST_CASE("What is copied out of a field is the text, and no stand-in", "[viz][input]") {
    NullWindow window(samples::exchange());
    window.frame();
    window.press({.key = key_of('g'), .ctrl = true});
    window.app.type(U'\U0001F600');
    window.frame();
    press_ctrl(window, ImGuiKey_A);
    // A frame's log is put into the clipboard as well, after what the field put there.
    ImGui::GetIO().SetClipboardTextFn = [](void*, const char* text) {
        if (!clipboard_taken()) clipboard() = text;
        clipboard_taken() = true;
    };
    clipboard_taken() = false;
    press_ctrl(window, ImGuiKey_C);
    CHECK(clipboard() == smile);
    CHECK(window.app.go_to_field().text == smile);
}

TEST_CASE("A clipboard that is no text is not pasted, and a line says so", "[viz][input]") {
    NullWindow window(samples::exchange());
    window.frame();
    window.press({.key = key_of('g'), .ctrl = true});
    window.frame();
    with_clipboard("a\xFF");
    press_ctrl(window, ImGuiKey_V);
    CHECK(window.app.ui().notice.find("nothing was pasted (the clipboard holds no UTF-8") == 0);
    CHECK(window.app.go_to_field().text.empty());
    // A line end at the end is no part of a text, others are.
    with_clipboard("sbox 3\n");
    window.app.ui().notice.clear();
    press_ctrl(window, ImGuiKey_V);
    CHECK(window.app.go_to_field().text == "sbox 3");
    CHECK(window.app.ui().notice.empty());
    with_clipboard("a\nb\tc");
    press_ctrl(window, ImGuiKey_V);
    CHECK(window.app.go_to_field().text == "sbox 3abc");
    CHECK(window.app.ui().notice.find("line ends and control characters were left out") == 0);
}
