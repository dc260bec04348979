// The window without a window: frames on ImGui's null backend, all text that they show, and a mouse to click with.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/resources.hpp"
#include "core/steps/address.hpp"
#include "viz/app/app.hpp"
#include "viz/draw/painter.hpp"

namespace keyhole::viz::testing {

/// The sizes at which every view is checked, in pixels.
inline constexpr std::array window_sizes = {std::pair{1280.0F, 720.0F}, std::pair{1600.0F, 900.0F},
                                            std::pair{1920.0F, 1080.0F}};

/// One address of each kind of step. Of a long trace only some of the steps in its middle are looked at.
inline std::vector<std::string> one_of_each_kind(const StepTree& tree) {
    constexpr std::uint64_t edge = 2000; // steps at both ends
    const std::uint64_t total = tree.total();
    const std::uint64_t stride = std::max<std::uint64_t>(1, total / 20000);
    std::set<std::pair<Kind, Kind>> seen;
    std::vector<std::string> out;
    for (std::uint64_t n = 1; n <= total; n += n < edge || n + edge > total ? 1 : stride) {
        const Node node = tree.at_number(n);
        if (seen.emplace(node.kind(), node.parent().kind()).second) out.push_back(keyhole::address(node));
    }
    return out;
}

class NullWindow {
  public:
    explicit NullWindow(Recording recording, std::span<const PageInfo> pages = all_pages())
        : app(std::move(recording), resources::font_dir(), {}, pages) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DeltaTime = 1.0F / 60;
        io.SetClipboardTextFn = [](void*, const char* text) { clipboard() = text; };
        io.GetClipboardTextFn = [](void*) { return clipboard().c_str(); };
        size(1600, 900);
        app.ui().still = true; // what is drawn is the step's picture, not one on the way to it
    }
    ~NullWindow() { ImGui::DestroyContext(); }
    NullWindow(const NullWindow&) = delete;
    NullWindow& operator=(const NullWindow&) = delete;

    void size(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

    /// Makes the fonts that the next frame needs.
    void prepare() {
        if (!app.prepare()) return;
        unsigned char* pixels = nullptr;
        int width = 0, height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1)); // NOLINT
    }

    /// Frames until one is worth showing; returns all text in it.
    std::string frame() {
        std::string text = one_frame();
        while (!app.worth_showing()) text = one_frame();
        return text;
    }

    std::string one_frame() {
        prepare();
        ImGui::NewFrame();
        ImGui::LogToClipboard();
        app.frame(now);
        ImGui::LogFinish();
        ImGui::Render();
        return clipboard();
    }

    /// Presses a key and draws what comes of it, once more for sizes to settle.
    std::string press(const KeyPress& key) {
        app.press(key);
        frame();
        return frame();
    }
    std::string press(Key key) { return press(KeyPress{.key = key}); }

    /// Goes to a step and draws it until sizes have settled. Returns the text without spaces and line ends.
    std::string at(std::string_view address) {
        app.go_to(address);
        frame();
        frame();
        take_cut_text();
        return squeezed(frame());
    }

    void click(float x, float y) {
        ImGuiIO& io = ImGui::GetIO();
        io.MousePos = {x, y};
        frame();
        io.MouseDown[0] = true;
        frame();
        io.MouseDown[0] = false;
        frame();
    }

    /// Holds one of ImGui's own keys down, or lets it go.
    static void hold(ImGuiKey key, bool down) {
#if IMGUI_VERSION_NUM >= 18700
        ImGui::GetIO().AddKeyEvent(key, down);
#else
        ImGui::GetIO().KeyMap[key] = key;
        ImGui::GetIO().KeysDown[key] = down;
#endif
    }

    std::string address() const { return app.session().cursor.address(); }

    static std::string squeezed(std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
        return text;
    }

    App app;
    Seconds now{0};

  private:
    static std::string& clipboard() {
        static std::string text;
        return text;
    }
};

} // namespace keyhole::viz::testing
