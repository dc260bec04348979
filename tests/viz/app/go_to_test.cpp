// The go-to field: what is typed is searched for, Enter goes to what is found, Escape leaves nothing behind.
#include "tests/support/catch.hpp"

#include "core/steps/address.hpp"
#include "tests/support/samples.hpp"
#include "viz/app/go_to.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

constexpr KeyPress enter{.key = Key::enter}, up{.key = Key::up}, down{.key = Key::down};

struct Finding {
    void search() {
        for (int i = 0; i < 100'000 && !session.search.done(); ++i) go_to.search_some(session);
    }
    std::string at() const { return session.cursor.address(); }

    Session session{samples::exchange(), ""};
    GoTo go_to;
};

} // namespace

TEST_CASE("Enter goes to the first hit, or to the one that was chosen", "[viz][go-to]") {
    Finding f;
    f.go_to.type(f.session, "sbox 3");
    CHECK(f.go_to.state().open);
    f.search();
    REQUIRE(f.session.search.hits().size() > 2);
    const std::string third = f.session.search.hits()[2].address;
    CHECK(f.go_to.press(down, f.session.search, true));
    CHECK(f.go_to.press(down, f.session.search, true));
    CHECK(f.go_to.press(down, f.session.search, true));
    CHECK(f.go_to.press(up, f.session.search, true));
    CHECK(f.go_to.press(enter, f.session.search, true));
    CHECK(f.go_to.take_entered());
    CHECK_FALSE(f.go_to.take_entered());
    f.go_to.search_some(f.session);
    CHECK(f.at() == third);
    CHECK(f.go_to.state().text.empty());
    CHECK_FALSE(f.go_to.state().open);
}

TEST_CASE("Text that leads nowhere stays with what is wrong, until it is changed", "[viz][go-to]") {
    Finding f;
    f.go_to.type(f.session, "message.9/encrypt");
    f.go_to.press(enter, f.session.search, true);
    REQUIRE(f.go_to.take_entered());
    for (int i = 0; i < 100'000 && f.go_to.state().error.empty(); ++i) f.go_to.search_some(f.session);
    CHECK(f.go_to.state().error.find("no step 'message.9/encrypt'") != std::string::npos);
    CHECK(f.go_to.state().text == "message.9/encrypt");
    CHECK(f.go_to.state().wants_keyboard);
    f.go_to.type(f.session, "message.1");
    CHECK(f.go_to.state().error.empty());
}

TEST_CASE("Enter elsewhere, and in an empty field, is no search", "[viz][go-to]") {
    Finding f;
    CHECK_FALSE(f.go_to.press(enter, f.session.search, false));
    CHECK(f.go_to.press(enter, f.session.search, true));
    CHECK_FALSE(f.go_to.take_entered());
}

TEST_CASE("Escape ends the search and empties the field", "[viz][go-to]") {
    Finding f;
    f.go_to.ask();
    f.go_to.type(f.session, "sbox");
    f.go_to.leave(f.session);
    CHECK(f.session.search.done());
    CHECK(f.go_to.state().text.empty());
    CHECK_FALSE(f.go_to.state().open);
    CHECK_FALSE(f.go_to.state().wants_keyboard);
}
