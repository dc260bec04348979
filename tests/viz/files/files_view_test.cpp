// The bar for files in the window: asked for by its keys, typed into, uncut at every size and scale.

#include "tests/support/catch.hpp"
#include "tests/support/load_recording.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"

namespace fs = std::filesystem;
using namespace keyhole;
using namespace keyhole::viz;
using keyhole::testing::load_recording;
using keyhole::testing::TemporaryFolder;
using keyhole::testing::write_text;
using keyhole::viz::testing::NullWindow;

namespace {

void ctrl(NullWindow& window, char key) { window.press({.key = key_of(key), .ctrl = true}); }

// In place of what stands in the field, which is selected when it gets the keyboard.
void type(NullWindow& window, const std::string& text) {
    for (const char c : text) ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(c));
    window.frame();
    window.frame();
}

// Until the bar says how the work ended.
std::string finish(NullWindow& window) {
    REQUIRE(keyhole::testing::wait_until([&] {
        window.frame();
        return !window.app.due();
    }));
    return window.frame();
}

} // namespace

TEST_CASE("Ctrl+S saves what is typed and stepping goes on", "[viz][files]") {
    const TemporaryFolder folder;
    NullWindow window(samples::exchange());
    window.frame();
    ctrl(window, 's');
    const std::string text = window.frame();
    CHECK(text.find("Save recording as") != std::string::npos);
    CHECK(text.find("keyhole.json") != std::string::npos);
    type(window, (folder.path() / "a.json").string());
    window.press(Key::right); // belongs to the field
    CHECK(window.address() == "connect");
    window.press(Key::enter);
    window.press(Key::right);
    CHECK(window.address() == "parameters");
    finish(window);
    CHECK(load_recording(folder.path() / "a.json") == samples::exchange());
}

TEST_CASE("The result stands in the window when the work is done", "[viz][files]") {
    const TemporaryFolder folder;
    NullWindow window(samples::exchange());
    window.frame();
    ctrl(window, 'e');
    type(window, (folder.path() / "csv").string());
    window.press(Key::enter);
    CHECK(finish(window).find("wrote 6 files, ") != std::string::npos);
}

TEST_CASE("Ctrl+O shows a good recording and keeps the trace before a bad one", "[viz][files]") {
    const TemporaryFolder folder;
    save_recording(samples::power(), folder.path() / "power.json");
    write_text(folder.path() / "bad.json", "nonsense");
    NullWindow window(samples::exchange());
    window.frame();
    ctrl(window, 'o');
    type(window, (folder.path() / "bad.json").string());
    window.press(Key::enter);
    CHECK(finish(window).find("no recording of keyhole") != std::string::npos);
    CHECK(window.app.session().recording == samples::exchange());
    window.press(Key::escape);
    ctrl(window, 'o');
    type(window, (folder.path() / "power.json").string());
    window.press(Key::enter);
    finish(window);
    CHECK(window.app.session().recording == samples::power());
    CHECK(window.app.session().title == "power.json");
}

TEST_CASE("A picture is asked for and written once it is drawn", "[viz][files]") {
    const TemporaryFolder folder;
    const fs::path file = folder.path() / "p.png";
    NullWindow window(samples::exchange());
    window.frame();
    ctrl(window, 'p');
    type(window, file.string());
    CHECK_FALSE(window.app.picture_request().has_value());
    window.press(Key::enter);
    REQUIRE(window.app.picture_request().has_value());
    CHECK(window.app.picture_request()->stage_only);
    window.app.picture_drawn({.width = 1, .height = 1, .pixels = {9, 9, 9, 255}});
    CHECK_FALSE(window.app.picture_request().has_value());
    CHECK(finish(window).find("saved the picture, 1 x 1") != std::string::npos);
    CHECK(fs::exists(file));
    window.press(Key::f12);
    window.press(Key::enter); // in the same folder, named after the step
    REQUIRE(window.app.picture_request().has_value());
    CHECK_FALSE(window.app.picture_request()->stage_only);
    window.app.picture_failed("no room for it");
    CHECK(window.frame().find("no room for it") != std::string::npos);
}

TEST_CASE("Esc leaves the bar and a wrong name stays with its reason", "[viz][files]") {
    NullWindow window(samples::exchange());
    window.frame();
    ctrl(window, 's');
    type(window, "/no such folder/x.json");
    window.press(Key::enter);
    const std::string text = finish(window);
    CHECK(text.find("cannot write /no such folder/x.json") != std::string::npos);
    CHECK(text.find("Save recording as") != std::string::npos);
    window.press(Key::escape);
    CHECK(window.frame().find("Save recording as") == std::string::npos);
    window.press(Key::right);
    CHECK(window.address() == "parameters");
}

TEST_CASE("The bar for files and its list are uncut at every size and scale", "[viz][files]") {
    const TemporaryFolder folder;
    fs::create_directories(folder.path() / "a folder");
    write_text(folder.path() / ("long" + std::string(180, 'x')), "");
    write_text(folder.path() / "control\x1B[31m\n", "");
    for (int i = 0; i < 20; ++i) write_text(folder.path() / ("z" + std::to_string(i)), "");
    for (const float scale : {1.0F, 2.0F}) {
        for (const auto& [width, height] : viz::testing::window_sizes) {
            NullWindow window(samples::exchange());
            window.app.ui().scale = scale;
            window.size(width, height);
            window.frame();
            INFO(width << "x" << height << ", scale " << scale);
            for (const char key : {'e', 'o', 's', 'p'}) {
                INFO(key);
                ctrl(window, key);
                type(window, folder.path().string() + "/");
                take_cut_text();
                const std::string text = NullWindow::squeezed(window.frame());
                CHECK(text.find("afolder/") != std::string::npos);
                CHECK((text.find("control\\x1B[31m\\n") != std::string::npos) == (key != 'e'));
                CHECK(text.find("Enterdoesit") != std::string::npos);
                window.press(Key::escape);
                ctrl(window, key);
                type(window, "/dev/null/such/" + std::string(150, 'y'));
                window.press(Key::enter);
                if (key == 'p') window.app.picture_drawn({.width = 1, .height = 1, .pixels = {1, 2, 3, 4}});
                CHECK(NullWindow::squeezed(finish(window)).find("/dev/null/such") != std::string::npos);
                window.frame();
                CHECK(take_cut_text().empty());
                finish(window);
                window.press(Key::escape);
            }
        }
    }
}
