// The window without a window: frames on ImGui's null backend, all text that they show, and a mouse to click with.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/resources.hpp"
#include "viz/app.hpp"

namespace keyhole::viz::testing {

class NullWindow {
  public:
    explicit NullWindow(Recording recording) : app(std::move(recording), resources::font_dir()) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DeltaTime = 1.0F / 60;
        io.SetClipboardTextFn = [](void*, const char* text) { clipboard() = text; };
        io.GetClipboardTextFn = [](void*) { return clipboard().c_str(); };
        size(1600, 900);
    }
    ~NullWindow() { ImGui::DestroyContext(); }
    NullWindow(const NullWindow&) = delete;
    NullWindow& operator=(const NullWindow&) = delete;

    void size(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

    /// One frame; returns all text in it.
    std::string frame() {
        if (app.prepare()) {
            unsigned char* pixels = nullptr;
            int width = 0, height = 0;
            ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
            ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1)); // NOLINT
        }
        ImGui::NewFrame();
        ImGui::LogToClipboard();
        app.frame(Seconds(0));
        ImGui::LogFinish();
        ImGui::Render();
        return clipboard();
    }

    /// Goes to a step and draws it until sizes have settled. Returns the text without spaces and line ends.
    std::string at(std::string_view address) {
        app.go_to(address);
        frame();
        frame();
        Canvas::take_cut_text();
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

    std::string address() const { return app.session().cursor.address(); }

    static std::string squeezed(std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r'; });
        return text;
    }

    App app;

  private:
    static std::string& clipboard() {
        static std::string text;
        return text;
    }
};

} // namespace keyhole::viz::testing
