// What a lecturer covers while the class is to guess, over real sockets: the windows that follow cover it too, and
// whoever looks around alone does not see it either.
#include "core/steps/viewer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/live/lecture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;
using keyhole::testing::Waiter;

TEST_CASE("What the lecturer covers stays covered for those who follow, until the lecturer uncovers it",
          "[viz][live]") {
    const Recording recording = samples::exchange();
    std::uint64_t now = 0;
    Waiter waiter;
    Publisher publisher({"127.0.0.1", 0}, waiter.wake());
    viz::testing::NullWindow window(LiveWindow::waiting());
    window.app.set_wake(waiter.wake());
    const std::string round = "message.1/encrypt/block.1/round.5";
    std::string place = round + "/sbox.3";
    LectureCover cover = LectureCover::step;
    std::string text;
    const auto until = [&](auto holds) {
        return waiter.until([&] {
            publisher.tick(++now);
            publisher.show(recording, 1, place, cover);
            window.frame();
            text = viz::testing::NullWindow::squeezed(window.frame());
            return holds();
        });
    };
    const auto says = [&](std::string words) {
        return text.find(viz::testing::NullWindow::squeezed(std::move(words))) != std::string::npos;
    };
    // What its S-box gives, as the window writes it.
    const Trace trace(recording);
    const std::string result = trace.step(trace.tree().at(place)).explanation;
    const auto asks = [&] { return says("What does this step give?"); };

    REQUIRE(until([&] { return !publisher.address().empty(); }));
    window.app.lecture().follow(parse_host_port(publisher.address()));
    REQUIRE(until([&] { return window.address() == place && asks(); }));
    CHECK_FALSE(says(result));
    CHECK_FALSE(says("Reveal (Enter)")); // that is the lecturer's
    window.app.press({.key = Key::enter});
    REQUIRE(until([&] { return true; }));
    CHECK(asks());
    CHECK_FALSE(says(result));
    cover = LectureCover::later; // uncovered: this step, and nothing after it
    REQUIRE(until([&] { return !asks(); }));
    CHECK(says(result));
    // Whoever steps on alone finds nothing there; what was before lies open.
    window.app.press({.key = Key::right});
    REQUIRE(until([&] { return says("left the lecture"); }));
    CHECK(window.address() == round + "/sbox.4");
    CHECK(says("The lecture has not come so far"));
    CHECK_FALSE(says(trace.step(trace.tree().at(round + "/sbox.4")).explanation));
    window.app.go_to(round + "/sbox.2");
    REQUIRE(until([&] { return says(trace.step(trace.tree().at(round + "/sbox.2")).explanation); }));
    window.app.go_to("message.1");
    REQUIRE(until([&] { return says("The lecture has not come so far"); }));
    // The same trace as somebody else sees it is covered too, also where that one has no such step.
    window.app.press({.key = key_of('m')});
    REQUIRE(until([&] { return window.app.session().origin != 0; }));
    CHECK(window.app.session().viewer == Viewer::server);
    for (const char* at : {"message.1", "message.1/decrypt", "message.2"}) {
        window.app.go_to(at);
        REQUIRE(until([&] { return window.address() == at; }));
        INFO(at);
        CHECK(says("The lecture has not come so far"));
    }
    cover = LectureCover::nothing;
    REQUIRE(until([&] { return !says("The lecture has not come so far"); }));
}

TEST_CASE("A lecturer's window says what it covers", "[viz][live]") {
    Waiter waiter;
    std::uint64_t now = 0;
    viz::testing::NullWindow window(samples::exchange());
    window.app.set_wake(waiter.wake());
    window.app.lecture().publish({"127.0.0.1", 0});
    window.app.go_to("message.1/encrypt/block.1/round.5/sbox.3");
    std::string line;
    const auto published_on = [&] {
        line = window.app.lecture().line();
        return line.find("follower") != std::string::npos;
    };
    window.app.show(PageName::live); // whose line has the address
    REQUIRE(waiter.until([&] {
        window.frame();
        return published_on();
    }));
    const std::string marked = "Publishing on ";
    const std::size_t from = line.find(marked) + marked.size();
    Follower follower(parse_host_port(line.substr(from, line.find(' ', from) - from)), waiter.wake());
    window.app.show(PageName::steps);
    const auto covers = [&](LectureCover cover) {
        return waiter.until([&] {
            window.frame();
            follower.tick(++now);
            return !follower.place().empty() && follower.cover() == cover;
        });
    };
    CHECK(covers(LectureCover::nothing));
    window.app.press({.key = key_of('p')});
    CHECK(covers(LectureCover::step));
    window.app.press({.key = Key::enter});
    CHECK(covers(LectureCover::later));
    window.app.press({.key = Key::right});
    CHECK(covers(LectureCover::step));
    window.app.go_to("connect"); // which gives nothing that could be guessed
    CHECK(covers(LectureCover::later));
    window.app.press({.key = key_of('p')});
    CHECK(covers(LectureCover::nothing));
}
