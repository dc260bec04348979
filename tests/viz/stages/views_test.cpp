// Every view on a null backend: at each kind of step, three sizes and two scales, what the frame says holds every value
// of the step, and no text leaves its panel at a side. Keys are pressed and fields filled as a person would.
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/session/values_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;
using keyhole::viz::testing::one_of_each_kind;

TEST_CASE("Every kind of step shows all its values, uncut, at every size and scale", "[viz]") {
    const std::vector<Recording> recordings = {samples::exchange(),
                                               samples::exchange(Mode::ctr, dh::Kdf::low64, "modp768"),
                                               samples::workbench(Direction::decrypt, Mode::cbc, 20),
                                               samples::workbench(Direction::encrypt, Mode::cfb1, 1), samples::power()};
    for (const float scale : {1.0F, 2.0F}) {
        for (const Recording& recording : recordings) {
            NullWindow window(recording);
            window.app.ui().scale = scale;
            for (const auto& [width, height] : viz::testing::window_sizes) {
                window.size(width, height);
                for (const std::string& where : one_of_each_kind(window.app.session().trace.tree())) {
                    window.app.go_to(where);
                    window.frame();
                    take_cut_text();
                    const std::string text = NullWindow::squeezed(window.frame());
                    INFO(where << " at " << width << "x" << height << ", scale " << scale);
                    const Step step = window.app.session().trace.step(window.app.session().cursor.node());
                    for (const ValueRow& row : value_rows(step, 2600)) {
                        INFO(row.name << ": " << row.text);
                        CHECK(text.find(NullWindow::squeezed(row.name)) != std::string::npos);
                        // Six bits stand in binary and decimal; their hex only where there is room.
                        CHECK(text.find(NullWindow::squeezed(row.one_line ? row.decimal : row.text)) !=
                              std::string::npos);
                        CHECK(text.find(NullWindow::squeezed(row.binary)) != std::string::npos);
                    }
                    CHECK(text.find("[U+") == std::string::npos);
                    CHECK(text.find(NullWindow::squeezed(step.title)) != std::string::npos);
                    CHECK(text.find(NullWindow::squeezed(step.explanation)) != std::string::npos);
                    const auto cut = take_cut_text();
                    INFO((cut.empty() ? "" : cut.front()));
                    CHECK(cut.empty());
                }
            }
        }
    }
}

TEST_CASE("The keys move the cursor, and behave at both ends", "[viz]") {
    NullWindow window(samples::exchange());
    window.frame();
    CHECK(window.address() == "connect");
    for (const Key key : {Key::left, Key::up, Key::home}) {
        window.press(key);
        CHECK(window.address() == "connect");
    }
    window.press(Key::right);
    CHECK(window.address() == "parameters");
    window.press(Key::down);
    CHECK(window.address() == "parameters/server.choose");
    window.press(Key::right);
    CHECK(window.address() == "parameters/client.check");
    window.press(Key::up);
    CHECK(window.address() == "parameters");
    window.press(Key::end);
    CHECK(window.address() == "message.2/unpad");
    for (const Key key : {Key::right, Key::down, Key::end, Key::space}) {
        window.press(key);
        CHECK(window.address() == "message.2/unpad");
    }
    window.press({.key = Key::left, .alt = true});
    CHECK(window.address() == "parameters");
    window.press({.key = Key::right, .alt = true});
    CHECK(window.address() == "message.2/unpad");
}

TEST_CASE("Space plays with the clock, and a step stops it", "[viz]") {
    NullWindow window(samples::exchange());
    window.press(Key::space);
    REQUIRE(window.app.due());
    window.now = Seconds(1.01);
    window.frame();
    CHECK(window.address() == "parameters");
    window.press(Key::left);
    CHECK_FALSE(window.app.due());
}

TEST_CASE("A wrong address is marked and the step stays, a right one goes there", "[viz]") {
    NullWindow window(samples::exchange());
    window.frame();
    const auto type = [&](const char* words) {
        window.press({.key = key_of('g'), .ctrl = true});
        window.frame();
        ImGui::GetIO().AddInputCharactersUTF8(words);
        window.frame();
        window.press(Key::enter);
        return window.frame();
    };
    CHECK(type("message.9/encrypt").find("no step 'message.9/encrypt'") != std::string::npos);
    CHECK(window.address() == "connect");
    window.press(Key::escape);
    CHECK(window.app.go_to_field().error.empty());
    type("message.1/encrypt/block.2/round.3");
    CHECK(window.address() == "message.1/encrypt/block.2/round.3");
}

TEST_CASE("Theme, scale and help follow their keys", "[viz]") {
    NullWindow window(samples::exchange());
    window.press(key_of('t'));
    CHECK(window.app.ui().theme == ThemeName::light);
    window.press({.key = key_of('+'), .ctrl = true});
    CHECK(window.app.ui().scale == Approx(1.1F));
    for (int i = 0; i < 4; ++i) window.press({.key = key_of('-'), .ctrl = true});
    CHECK(window.app.ui().scale == 1.0F);
    const std::string help = window.press(Key::f1);
    for (const CommandInfo& c : all_commands()) CHECK((help.find(std::string(c.words)) != std::string::npos));
    for (const PageInfo& page : all_pages()) CHECK((help.find(std::string(page.words)) != std::string::npos));
    window.press(Key::escape);
    CHECK_FALSE(window.app.ui().help);
}
