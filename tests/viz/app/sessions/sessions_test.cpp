// The traces that are open, and what is shown of the step at the cursor.
#include "tests/support/catch.hpp"

#include "core/base/error.hpp"
#include "tests/support/samples.hpp"
#include "viz/app/sessions/current_step.hpp"
#include "viz/app/sessions/sessions.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

Opened opened(std::string title) { return {.recording = samples::power(), .title = std::move(title), .go_to = {}}; }

} // namespace

TEST_CASE("What is opened is shown on its page, and the one before is kept", "[viz][sessions]") {
    UiState ui;
    ui.help = true;
    Sessions sessions(ui);
    sessions.open(opened("first"));
    CHECK(sessions.shown_before() == nullptr);
    Opened second = opened("second");
    second.page = PageName::live;
    sessions.open(std::move(second));
    CHECK(sessions.shown().title == "second");
    CHECK(ui.page == PageName::live);
    CHECK_FALSE(ui.help);
    REQUIRE(sessions.shown_before() != nullptr);
    sessions.show(*sessions.shown_before());
    CHECK(sessions.shown().title == "first");
    CHECK(sessions.shown_before()->title == "second");
}

TEST_CASE("A recording without a step, or without the address, changes nothing", "[viz][sessions]") {
    UiState ui;
    Sessions sessions(ui);
    sessions.open(opened("first"));
    CHECK(sessions.try_open({.recording = {}, .title = "empty", .go_to = {}}) == nullptr);
    CHECK(ui.notice.find("there is nothing to see") == 0);
    Opened nowhere = opened("nowhere");
    nowhere.go_to = "message.7";
    CHECK_THROWS_AS(sessions.open(std::move(nowhere)), Error);
    CHECK(sessions.all().size() == 1);
    CHECK(sessions.shown().title == "first");
}

TEST_CASE("The trace that was left longest ago is closed, but not one that is only here", "[viz][sessions]") {
    UiState ui;
    Sessions sessions(ui);
    sessions.open(opened("live")).only_here = true;
    const std::uint64_t live = sessions.shown().id;
    const std::uint64_t oldest = sessions.open(opened("oldest")).id;
    for (std::size_t i = 2; i <= Sessions::most; ++i) sessions.open(opened("later"));
    CHECK(sessions.all().size() == Sessions::most);
    CHECK(sessions.find(live) != nullptr);
    CHECK(sessions.find(oldest) == nullptr);
    sessions.close(sessions.shown().id); // the one that is shown stays
    CHECK(sessions.all().size() == Sessions::most);
    sessions.close(live);
    CHECK(sessions.find(live) == nullptr);
}

TEST_CASE("The current step says what has changed: nothing, the step, its round, the trace", "[viz][sessions]") {
    using Change = CurrentStep::Change;
    UiState ui;
    Sessions sessions(ui);
    Session& first = sessions.open({.recording = samples::exchange(), .title = {}, .go_to = {}});
    CurrentStep current;
    CHECK(current.look(first) == Change::trace);
    CHECK(current.step().address == "connect");
    CHECK(current.look(first) == Change::none);
    first.player.go_to("message.1/encrypt/block.1/round.3");
    CHECK(current.look(first) == Change::round);
    first.player.go_to("message.1/encrypt/block.1/round.3/sbox.1");
    CHECK(current.look(first) == Change::step);
    CHECK(current.step().node == first.cursor.node());
    ++first.grown;
    CHECK(current.look(first) == Change::grown);
    CHECK(current.look(sessions.open(opened("other"))) == Change::trace);
    CHECK_FALSE(current.rows().empty());
}
