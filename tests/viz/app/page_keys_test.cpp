// Letters mean one thing: what a page does with a key is none of the commands that hold everywhere.
#include "tests/support/catch.hpp"

#include <set>

#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/app/pages.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using testing::NullWindow;

namespace {

bool is_letter(const KeyPress& press) {
    const int code = static_cast<int>(press.key);
    return code >= 'a' && code <= 'z' && !press.ctrl && !press.alt;
}

// Those that a page may use for the same thing on itself: the bit before and after, performing, letting it run.
bool means_the_same(Command command) {
    using enum Command;
    return command == item_before || command == item_after || command == perform || command == run_mode;
}

} // namespace

TEST_CASE("No page's own key is a letter of the common commands, and every page lists its keys", "[viz][keys]") {
    NullWindow window(samples::exchange());
    for (const PageInfo& info : all_pages()) {
        if (info.make == nullptr) continue;
        INFO(info.label);
        window.press(key_of(info.key));
        REQUIRE(window.app.ui().page == info.name);
        const ThemeName theme = window.app.ui().theme;
        window.press(key_of('t'));
        CHECK(window.app.ui().theme != theme);
        window.app.ui().theme = theme;
    }
    for (const PageInfo& info : all_pages()) {
        if (info.make == nullptr) continue;
        const auto page = info.make();
        std::set<std::string_view> seen;
        for (const PageAction& action : page->actions()) {
            INFO(info.label << ": " << action.shown_key << " " << action.words);
            CHECK(seen.insert(action.shown_key).second);
            const auto command = command_for(action.key);
            if (is_letter(action.key)) CHECK((!command || means_the_same(*command)));
        }
    }
}
