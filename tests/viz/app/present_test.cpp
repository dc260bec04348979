// The stage as large as the window, and the way to everything else from there.
#include "tests/support/catch.hpp"

#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/frame/stage_memory.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using testing::NullWindow;

namespace {

const std::string round5 = "message.1/encrypt/block.1/round.5";

} // namespace

TEST_CASE("F5 leaves the stage and one line of words, and F5 brings the rest back", "[viz][present]") {
    NullWindow window(samples::exchange());
    const std::string before = window.at(round5 + "/sbox.3");
    CHECK(before.find("FIPS46-3,Appendix1") != std::string::npos);
    const std::string shown = NullWindow::squeezed(window.press(Key::f5));
    CHECK(window.app.ui().presenting);
    CHECK(shown.find("FIPS46-3,Appendix1") == std::string::npos); // the details
    CHECK(shown.find("Knownanswers") == std::string::npos);       // the tabs
    CHECK(shown.find("Round5of16") != std::string::npos);
    CHECK(shown.find("next:S-box4(Right)") != std::string::npos);
    window.press(Key::f5);
    CHECK(window.at(round5 + "/sbox.3") == before);
}

TEST_CASE("While presenting, L, D and Tab bring a panel, which goes with the next step, Esc or time",
          "[viz][present]") {
    NullWindow window(samples::exchange());
    window.app.ui().presenting = true;
    window.at(round5);
    const auto shown = [&](const KeyPress& press) { return NullWindow::squeezed(window.press(press)); };
    CHECK(shown({.key = key_of('l')}).find("parameters\u00B7") != std::string::npos);
    CHECK(window.app.ui().overlay == Overlay::left);
    CHECK(shown({.key = key_of('d')}).find("FIPS46-3,Enciphering") != std::string::npos);
    CHECK(shown({.key = Key::tab}).find("3Knownanswers") != std::string::npos);
    window.press(Key::escape);
    CHECK(window.app.ui().overlay == Overlay::none);
    window.press(key_of('d'));
    window.press(key_of('d'));
    CHECK(window.app.ui().overlay == Overlay::none);
    window.press(key_of('l'));
    window.press(Key::right);
    CHECK(window.app.ui().overlay == Overlay::none);
    window.press(key_of('l'));
    REQUIRE(window.app.due());
    window.now += Seconds(60);
    window.frame();
    CHECK(window.app.ui().overlay == Overlay::none);
}

TEST_CASE("Where a window has no room for tabs or diagram, the same keys bring them", "[viz][present]") {
    NullWindow window(samples::exchange());
    window.app.ui().theme = ThemeName::projector;
    window.app.ui().scale = 1.5F;
    window.size(1024, 640);
    window.at("keys");
    window.press(key_of('l'));
    CHECK(window.app.ui().overlay == Overlay::left);
    CHECK(NullWindow::squeezed(window.press(Key::tab)).find("Knownanswers") != std::string::npos);
}

TEST_CASE("A black screen ends with any key, and that key does nothing else", "[viz][present]") {
    NullWindow window(samples::exchange());
    window.at("keys");
    window.press(key_of('.'));
    CHECK(window.app.ui().black);
    window.press(Key::right);
    CHECK_FALSE(window.app.ui().black);
    CHECK(window.address() == "keys");
}

TEST_CASE("What is frozen stays in sight while the cursor moves, and goes on from there", "[viz][present]") {
    NullWindow window(samples::exchange());
    window.app.ui().presenting = true;
    window.at(round5 + "/expand");
    window.press(key_of(','));
    const std::string shown = NullWindow::squeezed(window.press(Key::right));
    CHECK(window.address() == round5 + "/mix");
    CHECK(shown.find("E(R\u2084)=") != std::string::npos);
    CHECK(shown.find("frozen") != std::string::npos);
    CHECK(NullWindow::squeezed(window.press(key_of(','))).find("\u2295K\u2085=") != std::string::npos);
}

TEST_CASE("Playing on one level goes over the steps, and stops at the level's end", "[viz][present]") {
    NullWindow window(samples::exchange());
    window.at(round5 + "/sbox.7");
    window.press(key_of('k'));
    window.press(Key::space);
    for (int i = 0; i < 10; ++i) {
        window.now += Seconds(1.01);
        window.frame();
    }
    CHECK(window.address() == round5 + "/join");
    CHECK_FALSE(window.app.session().player.playing());
}

TEST_CASE("Z fills the stage with one thing, and Esc leads back", "[viz][present]") {
    NullWindow window(samples::exchange());
    window.at(round5 + "/sbox.3");
    const StageState& state = window.app.state().of<StageMemory>().state(StageKind::round);
    CHECK(NullWindow::squeezed(window.press(key_of('z'))).find("zoomed") != std::string::npos);
    CHECK(state.zoom == "S3");
    window.press(Key::escape);
    CHECK(state.zoom.empty());
    window.at(round5 + "/expand");
    window.press(key_of('>'));
    window.press(key_of('z'));
    CHECK(state.zoom == "row.0"); // the row of the bit that is followed
    window.press(key_of('z'));
    CHECK(state.zoom.empty());
    CHECK(state.followed != 0);
}
