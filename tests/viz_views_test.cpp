// Every view on a null backend: at each kind of step, three sizes and two scales, what the frame says holds every value
// of the step, and no text leaves its panel at a side. Keys are pressed and fields filled as a person would.
#include <imgui.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "core/address.hpp"
#include "core/resources.hpp"
#include "tests/samples.hpp"
#include "viz/app.hpp"
#include "viz/page.hpp"
#include "viz/values_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

std::string clipboard; // NOLINT: ImGui's clipboard functions are plain C

// ImGui without a window: text is logged, nothing is drawn.
class Stand {
  public:
    explicit Stand(Recording recording) : app(std::move(recording), resources::font_dir()) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DeltaTime = 1.0F / 60;
        io.SetClipboardTextFn = [](void*, const char* text) { clipboard = text; };
        io.GetClipboardTextFn = [](void*) { return clipboard.c_str(); };
        size(1600, 900);
    }
    ~Stand() { ImGui::DestroyContext(); }
    Stand(const Stand&) = delete;
    Stand& operator=(const Stand&) = delete;

    void size(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

    // One frame; returns all text in it.
    std::string frame() {
        if (app.prepare()) {
            unsigned char* pixels = nullptr;
            int width = 0, height = 0;
            ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
            ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1)); // NOLINT
        }
        ImGui::NewFrame();
        ImGui::LogToClipboard();
        app.frame(now);
        ImGui::LogFinish();
        ImGui::Render();
        return clipboard;
    }
    std::string press(Key key, bool ctrl = false, bool alt = false) {
        app.press({.key = key, .ctrl = ctrl, .alt = alt});
        return frame();
    }
    std::string address() const { return app.session().cursor.address(); }

    App app;
    Seconds now{0};
};

std::string squeezed(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

// One address of each kind of step.
std::vector<std::string> one_of_each_kind(const StepTree& tree) {
    std::set<std::pair<Kind, Kind>> seen;
    std::vector<std::string> out;
    for (std::uint64_t n = 1; n <= tree.total(); ++n) {
        const Node node = tree.at_number(n);
        if (seen.emplace(node.kind(), node.parent().kind()).second) out.push_back(address(node));
    }
    return out;
}

} // namespace

TEST_CASE("Every kind of step shows all its values, uncut, at every size and scale", "[viz]") {
    const std::vector<Recording> recordings = {samples::exchange(),
                                               samples::exchange(Mode::ctr, dh::Kdf::low64, "modp768"),
                                               samples::workbench(Stage::decrypt, Mode::cbc, 20), samples::power()};
    for (const float scale : {1.0F, 2.0F}) {
        for (const Recording& recording : recordings) {
            Stand stand(recording);
            stand.app.ui().scale = scale;
            for (const auto& [width, height] : {std::pair{1280.0F, 720.0F}, {1600.0F, 900.0F}, {1920.0F, 1080.0F}}) {
                stand.size(width, height);
                for (const std::string& where : one_of_each_kind(stand.app.session().trace.tree())) {
                    stand.app.go_to(where);
                    stand.frame();
                    Canvas::take_cut_text();
                    const std::string text = squeezed(stand.frame());
                    INFO(where << " at " << width << "x" << height << ", scale " << scale);
                    const Step step = stand.app.session().trace.step(stand.app.session().cursor.node());
                    for (const ValueRow& row : value_rows(step, 2600)) {
                        INFO(row.name << ": " << row.text);
                        CHECK(text.find(squeezed(row.name)) != std::string::npos);
                        // Six bits stand in binary and decimal; their hex only where there is room.
                        CHECK(text.find(squeezed(row.brief ? row.decimal : row.text)) != std::string::npos);
                        CHECK(text.find(squeezed(row.binary)) != std::string::npos);
                    }
                    CHECK(text.find("[U+") == std::string::npos);
                    CHECK(text.find(squeezed(step.title)) != std::string::npos);
                    CHECK(text.find(squeezed(step.explanation)) != std::string::npos);
                    const auto cut = Canvas::take_cut_text();
                    INFO((cut.empty() ? "" : cut.front()));
                    CHECK(cut.empty());
                }
            }
        }
    }
}

TEST_CASE("The keys move the cursor, and behave at both ends", "[viz]") {
    Stand stand(samples::exchange());
    stand.frame();
    CHECK(stand.address() == "connect");
    for (const Key key : {Key::left, Key::up, Key::home}) {
        stand.press(key);
        CHECK(stand.address() == "connect");
    }
    stand.press(Key::right);
    CHECK(stand.address() == "parameters");
    stand.press(Key::down);
    CHECK(stand.address() == "parameters/server.choose");
    stand.press(Key::right);
    CHECK(stand.address() == "parameters/client.check");
    stand.press(Key::up);
    CHECK(stand.address() == "parameters");
    stand.press(Key::end);
    CHECK(stand.address() == "message.2/unpad");
    for (const Key key : {Key::right, Key::down, Key::end, Key::space}) {
        stand.press(key);
        CHECK(stand.address() == "message.2/unpad");
    }
    stand.press(Key::left, false, true);
    CHECK(stand.address() == "parameters");
    stand.press(Key::right, false, true);
    CHECK(stand.address() == "message.2/unpad");
}

TEST_CASE("Space plays with the clock, and a step stops it", "[viz]") {
    Stand stand(samples::exchange());
    stand.press(Key::space);
    REQUIRE(stand.app.due());
    stand.now = Seconds(1.01);
    stand.frame();
    CHECK(stand.address() == "parameters");
    stand.press(Key::left);
    CHECK_FALSE(stand.app.due());
}

TEST_CASE("A wrong address is marked and the step stays, a right one goes there", "[viz]") {
    Stand stand(samples::exchange());
    stand.frame();
    const auto type = [&](const char* words) {
        stand.press(key_of('g'), true);
        stand.frame();
        ImGui::GetIO().AddInputCharactersUTF8(words);
        stand.frame();
        stand.press(Key::enter);
        return stand.frame();
    };
    CHECK(type("message.9/encrypt").find("no step 'message.9/encrypt'") != std::string::npos);
    CHECK(stand.address() == "connect");
    stand.press(Key::escape);
    CHECK(stand.app.ui().go_to_error.empty());
    type("message.1/encrypt/block.2/round.3");
    CHECK(stand.address() == "message.1/encrypt/block.2/round.3");
}

TEST_CASE("Theme, scale and help follow their keys", "[viz]") {
    Stand stand(samples::exchange());
    stand.press(key_of('t'));
    CHECK(stand.app.ui().theme == ThemeName::light);
    stand.press(key_of('+'), true);
    CHECK(stand.app.ui().scale == Approx(1.1F));
    for (int i = 0; i < 4; ++i) stand.press(key_of('-'), true);
    CHECK(stand.app.ui().scale == 1.0F);
    const std::string help = stand.press(Key::f1);
    for (const CommandInfo& c : all_commands())
        CHECK((help.find(std::string(c.words)) != std::string::npos) == can_run(c.command));
    stand.press(Key::escape);
    CHECK_FALSE(stand.app.ui().help);
}
