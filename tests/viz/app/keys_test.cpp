// Who gets a key that was pressed, and the settings that keys change.
#include "tests/support/catch.hpp"

#include <string>

#include "viz/app/keys.hpp"
#include "viz/app/settings.hpp"

using namespace keyhole::viz;

TEST_CASE("A key goes to the first who uses it, and each key once", "[viz][keys]") {
    Keys keys;
    std::string seen;
    for (const char c : {'a', 'b', 'c'}) keys.press({.key = key_of(c)});
    const auto receiver = [&](const char* name, char wanted) {
        return [&seen, name, wanted](const KeyPress& press) {
            seen += name;
            return press.key == key_of(wanted);
        };
    };
    keys.hand_out({receiver("1", 'a'), receiver("2", 'b')});
    CHECK(seen == "11212");
    keys.hand_out({receiver("3", 'a')});
    CHECK(seen == "11212");
}

TEST_CASE("A field that is typed into keeps text, and an Escape ends that", "[viz][keys]") {
    TypedKeys typed(true);
    CHECK(typed.press({.key = key_of('n')}));
    CHECK(typed.press({.key = Key::left}));
    CHECK(typed.press({.key = key_of('c'), .ctrl = true}));
    CHECK_FALSE(typed.press({.key = key_of('q'), .ctrl = true}));
    CHECK_FALSE(typed.press({.key = Key::f1}));
    CHECK_FALSE(typed.press({.key = Key::left, .alt = true}));
    CHECK_FALSE(typed.press({.key = Key::escape}));
    CHECK_FALSE(typed.press({.key = key_of('n')}));
    CHECK_FALSE(TypedKeys(false).press({.key = key_of('n')}));
}

TEST_CASE("The help takes what would move in the trace", "[viz][keys]") {
    UiState ui;
    CHECK_FALSE(press_help(ui, {.key = Key::down}));
    ui.help = true;
    CHECK(press_help(ui, {.key = Key::down}));
    CHECK(ui.scroll_stage > 0);
    CHECK(press_help(ui, {.key = Key::space}));
    CHECK_FALSE(press_help(ui, {.key = key_of('t')}));
    end_frame(ui);
    CHECK(ui.scroll_stage == 0);
}

TEST_CASE("Commands change what the user set, and no others do", "[viz][keys]") {
    UiState ui;
    for (int i = 0; i < 50; ++i) set(ui, Command::larger);
    CHECK(ui.scale == 3);
    CHECK(set(ui, Command::actual_size));
    CHECK(ui.scale == 1);
    CHECK(set(ui, Command::predict));
    CHECK(set(ui, Command::reveal));
    CHECK((ui.predicting && ui.revealed));
    CHECK(set(ui, Command::predict));
    CHECK_FALSE((ui.predicting || ui.revealed));
    CHECK_FALSE(set(ui, Command::over));
    CHECK_FALSE(set(ui, Command::close));
}
