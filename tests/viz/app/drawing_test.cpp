// What views keep from frame to frame, and that a picture that is being taken has its own.
#include "tests/support/catch.hpp"

#include <utility>

#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/stages/round/round_picture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using testing::NullWindow;

namespace {

StageState& followed(App& app) { return app.state().of<StageMemory>().state(StageKind::round); }

} // namespace

TEST_CASE("A part of the views' state lasts, under its own type", "[viz][drawing]") {
    struct One {
        int value = 1;
    };
    struct Other {
        int value = 2;
    };
    ViewState state;
    CHECK(state.of<One>().value == 1);
    state.of<One>().value = 7;
    CHECK(state.of<Other>().value == 2);
    ViewState copy = state;
    copy.of<One>().value = 9;
    CHECK(state.of<One>().value == 7);
    CHECK(copy.of<One>().value == 9);
}

TEST_CASE("Two windows share nothing that views keep", "[viz][drawing]") {
    NullWindow first(samples::exchange());
    followed(first.app).follow(item_of({Lane::subkey, 5}), true);
    App second(samples::exchange(), resources::font_dir());
    CHECK(followed(second).followed == 0);
}

TEST_CASE("A picture begins as the window stands and leaves it as it was", "[viz][drawing]") {
    NullWindow window(samples::exchange());
    window.app.go_to("message.1/encrypt/block.1/round.3");
    window.frame();
    window.frame();
    followed(window.app).follow(item_of({Lane::subkey, 5}), false);
    ImGuiContext* const before = ImGui::GetCurrentContext();
    ImGui::SetCurrentContext(ImGui::CreateContext());
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    window.size(3200, 1800);
    window.app.begin_picture(2);
    window.prepare();
    ImGui::NewFrame();
    window.app.draw_picture();
    ImGui::Render();
    const StagePlace stage = window.app.end_picture();
    ImGui::DestroyContext();
    ImGui::SetCurrentContext(before);
    CHECK(stage.area.w > 1600);
    CHECK(followed(window.app).followed ==
          item_of({Lane::subkey, 5})); // no mouse is over the picture, and it followed none
    CHECK_FALSE(window.app.prepare());
    CHECK(window.app.ui().scale == 1);
}

TEST_CASE("A picture is ordered once, and carried out or given up", "[viz][drawing]") {
    PictureBeingTaken picture;
    CHECK_FALSE(picture.request());
    picture.order({.task = FileTask::picture_window, .path = "a.png"});
    REQUIRE(picture.request());
    CHECK_FALSE(picture.request()->stage_only);
    CHECK(picture.end_order().path == "a.png");
    CHECK_FALSE(picture.request());
    Drawing window;
    picture.begin(window, 2);
    REQUIRE(picture.drawing() != nullptr);
    CHECK(picture.drawing()->moved);
    picture.end();
    CHECK(picture.drawing() == nullptr);
}

TEST_CASE("All sizes of type lie in one texture that the card takes, or the largest is left out", "[viz][drawing]") {
    for (const auto& [largest_texture, growth] :
         {std::pair{16384, 3.2F}, std::pair{4096, 2.5F}, std::pair{4096, 16.0F}}) {
        INFO(largest_texture << ", " << growth);
        ImFontAtlas atlas;
        SystemFonts none;
        Fonts fonts;
        fonts.largest_texture = largest_texture;
        fonts.stage.emplace_back().growth = 1.6F;
        fonts.stage.emplace_back().growth = growth;
        load_fonts(atlas, fonts, resources::font_dir(), 18, none);
        CHECK(atlas.TexWidth <= largest_texture);
        CHECK(atlas.TexHeight <= largest_texture);
        const auto [set, more] = fonts.nearest(growth);
        CHECK(set.em * more == Approx(18 * growth));
        CHECK_FALSE(fonts.wanted_growth); // what has no room is not asked for again and again
        if (largest_texture == 16384) CHECK(more == 1);
        if (growth > 5) CHECK(more > 1);
    }
}
