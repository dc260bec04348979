// The live exchange in the window, frame by frame, without a display.
#include "core/recording/fingerprint.hpp"
#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"
#include "viz/live/live_setup.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

TEST_CASE("In the window Right at the end of the trace performs the next action, and the cursor goes along",
          "[viz][live]") {
    LiveWindow live;
    CHECK(live.text.find("Nobody has connected yet") != std::string::npos);
    const auto peer = live.connect();
    live.press(key_of('1'));
    CHECK(live.window.address() == "connect");
    CHECK(live.text.find("Next: choose the parameters. (N, or Right)") != std::string::npos);
    live.press(Key::right);
    CHECK(live.window.address() == "parameters/server.choose");
    CHECK(peer->heard().empty());
    live.press(Key::right); // sends
    REQUIRE(live.until([&] { return peer->heard().ends_with('\n'); }));
    live.press(Key::space);
    CHECK(live.window.address() == "keys/server.private");
    // In the middle of the trace Right only looks.
    live.press(Key::home);
    live.press(Key::right);
    CHECK(live.window.address() == "parameters");
    CHECK(live.window.app.live().chosen()->party().state() == State::compute_public);
    live.press(key_of('n'));
    CHECK(live.window.address() == "keys/server.public");
    live.step_through(*peer, key_of('n'));
    CHECK(live.window.address() == "secret/server.derive");
    CHECK(live.window.app.live().chosen()->party().established());
    live.press(Key::end);
    CHECK(live.window.address() == "secret/server.schedule/round.16");
}

TEST_CASE("The live page takes a text, shows what was said, and lets the exchange run", "[viz][live]") {
    LiveWindow live;
    const auto peer = live.connect();
    live.press(key_of('r'));
    CHECK_FALSE(live.window.app.live().stepping());
    live.establish(*peer);
    live.window.app.live().say("typed here");
    peer->party().say("typed there");
    REQUIRE(live.until([&] {
        peer->run();
        return live.window.app.session().recording.messages.size() == 2;
    }));
    live.text = live.window.frame();
    CHECK(live.text.find("server> typed here") != std::string::npos);
    CHECK(live.text.find("client> typed there") != std::string::npos);
    CHECK(live.text.find(*fingerprint(peer->party().recording())) != std::string::npos);
}

TEST_CASE("Every view shows a live exchange at every step of it, uncut", "[viz][live]") {
    LiveWindow live;
    const auto peer = live.connect();
    const auto look = [&] {
        for (const PageInfo& page : all_pages()) {
            live.press(key_of(page.key));
            live.window.frame();
            take_cut_text();
            live.window.frame();
            INFO("page " << page.label);
            CHECK(take_cut_text().empty());
        }
    };
    const std::size_t all = 9 + 4;
    for (std::size_t i = 0; i < all; ++i) {
        look();
        if (i == 9) live.window.app.live().say("x");
        REQUIRE(live.until([&] {
            peer->run();
            return live.window.app.live().chosen()->party().next_action().has_value();
        }));
        live.press(key_of('1'));
        live.press(key_of('n'));
        const StepTree& tree = live.window.app.session().trace.tree();
        for (std::optional<Node> node = tree.at_number(1); node; node = tree.next_over(*node)) {
            live.window.app.go_to(live.window.app.session().trace.step(*node).address);
            live.window.frame();
        }
        live.press(Key::end);
    }
    CHECK(live.window.app.session().recording.messages.size() == 1);
    for (const float scale : {1.0F, 2.0F, 3.0F}) {
        live.window.app.ui().scale = scale;
        for (const auto& [width, height] : {std::pair{640.0F, 400.0F}, {1280.0F, 720.0F}, {1920.0F, 1080.0F}}) {
            live.window.size(width, height);
            live.press(key_of('7'));
            live.window.frame();
            take_cut_text();
            live.window.frame();
            INFO(width << "x" << height << ", scale " << scale);
            CHECK(take_cut_text().empty());
        }
    }
}

TEST_CASE("The next client's trace is shown and the one before is kept", "[viz][live]") {
    LiveWindow live;
    auto first = live.connect();
    live.step_through(*first, key_of('n'));
    first->reset();
    REQUIRE(live.until([&] { return live.window.app.live().chosen()->cut_off(); }));
    live.press(key_of('1'));
    CHECK(live.text.find("The connection to the client was reset") != std::string::npos);
    const auto second = live.connect();
    live.press(key_of('1'));
    CHECK(live.window.app.session().recording.messages.empty());
    CHECK(live.window.app.session().trace.tree().total() == 1);
    live.press(key_of('b'));
    CHECK(live.window.app.session().recording.party(Role::server).derived);
}

TEST_CASE("After Enter the field for texts keeps the keyboard, empty, until Esc", "[viz][live]") {
    LiveWindow live;
    const auto peer = live.connect();
    live.press(key_of('r'));
    live.establish(*peer);
    ImGuiIO& io = ImGui::GetIO();
    live.press(key_of('e'));
    live.window.frame();
    live.window.frame();
    CHECK(io.WantTextInput);
    // With ImGui's own Enter, as in the window, and without it, as in --press.
    for (const bool seen : {true, false}) {
        io.AddInputCharactersUTF8("first");
        live.window.frame();
        live.window.hold(ImGuiKey_Enter, seen);
        live.press(Key::enter);
        live.window.hold(ImGuiKey_Enter, false);
        // The next frame's characters are text too, Q no bye.
        io.AddInputCharactersUTF8("Quick");
        live.press(key_of('q'));
        CHECK(io.WantTextInput);
        live.window.frame();
        live.press(Key::enter);
    }
    std::vector<std::string> said;
    for (const LiveLine& line : live.window.app.live().chosen()->lines()) {
        if (line.kind == LiveLine::Kind::own) said.push_back(line.text);
    }
    CHECK(said == std::vector<std::string>{"first", "Quick", "first", "Quick"});
    CHECK_FALSE(live.window.app.live().chosen()->party().closed());
    live.press(Key::escape);
    live.window.frame();
    live.window.frame();
    CHECK_FALSE(io.WantTextInput);
    live.press(key_of('q'));
    CHECK(live.until([&] {
        peer->run();
        return live.window.app.live().chosen()->party().closed();
    }));
}

TEST_CASE("As an eavesdropper sees it the live page has ciphertexts and no texts", "[viz][live]") {
    LiveWindow live;
    const auto peer = live.connect();
    live.press(key_of('r'));
    live.establish(*peer);
    live.window.app.live().say("attack at dawn");
    REQUIRE(live.until([&] {
        peer->run();
        return live.window.app.session().recording.messages.size() == 1;
    }));
    CHECK(live.window.frame().find("attack at dawn") != std::string::npos);
    live.press(key_of('m'));
    live.window.frame();
    live.text = live.window.frame();
    CHECK(live.window.app.session().viewer == Viewer::eavesdropper);
    CHECK(live.text.find("attack at dawn") == std::string::npos);
    CHECK(live.text.find("message 1: 16 bytes of ciphertext") != std::string::npos);
}

TEST_CASE("Events of what was stopped are dropped and setting up again keeps what has no field", "[viz][live]") {
    Room room;
    room.controller.start(listening());
    REQUIRE(room.waiter.until([&] { return room.controller.due().has_value(); })); // that it listens, is not taken yet
    room.controller.stop();
    room.tick();
    CHECK_FALSE(room.controller.due());
    CHECK(room.controller.address().empty());
    CHECK(room.controller.error().empty());
    LiveSetup setup;
    LiveOptions before = listening();
    before.max_sessions = 3;
    setup.take(before);
    const auto again = setup.options();
    REQUIRE(again);
    CHECK(again->max_sessions == 3);
    Random one = again->party.random.fork("x"), other = Random::seeded("live").fork("x");
    CHECK(one.block() == other.block());

    before.party.private_key = 6;
    setup.take(before);
    CHECK(setup.options()->party.private_key == Number(6));
    setup.role = Role::client; // it was the server's
    CHECK_FALSE(setup.options()->party.private_key);
    before.party.private_key = 22;
    setup.take(before);
    CHECK_FALSE(setup.options());
    CHECK(setup.group_fault.find("private key 22") != std::string::npos);
}
