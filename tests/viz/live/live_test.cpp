// The live exchange behind the window, stepped: nothing is sent before a step says so, and the recording only grows.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/recording/fingerprint.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/trace.hpp"
#include "core/steps/viewer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"
#include "tests/support/recordings.hpp"
#include "viz/live/live_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

TEST_CASE("A stepped party sends its bytes when the step says so and not before", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    std::vector<Action> done;
    while (!room.party().established() || !room.party().waiting().empty() || room.party().next_action()) {
        room.let_bytes_arrive();
        CHECK(peer->heard().empty()); // nothing but what a step sent
        if (!room.party().next_action()) {
            peer->run();
            REQUIRE(room.until([&] { return room.party().next_action().has_value(); }));
            continue;
        }
        const Action next = *room.party().next_action();
        REQUIRE(room.controller.step() == next);
        done.push_back(next);
        if (sends(next)) {
            std::string line;
            REQUIRE(room.until([&] { return !(line += peer->heard()).empty() && line.back() == '\n'; }));
            CHECK(std::ranges::count(line, '\n') == 1);
        }
    }
    using enum Action;
    CHECK(done == std::vector{choose, send_params, draw_private, compute_public, send_public, receive_public,
                              check_public, compute_shared, derive});
    CHECK_FALSE(room.controller.step());
    peer->run();
    CHECK(fingerprint(peer->party().recording()) == fingerprint(room.party().recording()));
}

TEST_CASE("What the peer sends meanwhile waits in sight and is numbered", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    peer->send("{\"type\":\"public_key\",\"y\":\"8\"}\n{\"type\":\"bye\"}\n");
    REQUIRE(room.until([&] { return room.party().waiting().size() == 2; }));
    CHECK(room.party().state() == State::choose);
    CHECK(arrival_words(room.party()) == std::vector<std::string>{"1  public_key, 30 bytes", "2  bye, 15 bytes"});
    CHECK(room.controller.state_line().find("Next: choose the parameters.") != std::string::npos);
    CHECK(room.controller.state_line().find("2 lines of the client wait.") != std::string::npos);
}

TEST_CASE("A person may think for days: the clock stands still while it is their turn", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    room.controller.step();
    room.now += 3 * 24 * 3'600'000ULL;
    room.tick();
    room.tick();
    CHECK(step_on(room, *peer, 20) == 8);
    CHECK(room.party().established());
    CHECK(room.controller.chosen()->trouble().empty());
    // Waiting for the peer is another thing.
    room.now += 3'600'001;
    room.tick();
    REQUIRE(room.party().next_action() == Action::refuse);
    CHECK(turn_words(room.party()) == "Next: refuse: time is up.");
}

TEST_CASE("A recording grows by what another sight of it shows and keeps its own", "[viz][live]") {
    const Recording whole = keyhole::testing::exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, "hello"}});
    const Recording wire = seen_by(whole, Viewer::eavesdropper), client = seen_by(whole, Viewer::client);
    REQUIRE_FALSE(wire.messages[0].sent);
    REQUIRE_FALSE(client.messages[0].received);
    Recording held = wire;
    grow(held, client);
    CHECK(held.messages[0].sent == client.messages[0].sent);
    CHECK(held.messages[0].received == wire.messages[0].received);
    held = client;
    grow(held, wire);
    CHECK(held.messages[0].sent == client.messages[0].sent);
}

TEST_CASE("Texts go both ways by steps, and the recording grows without changing what it held", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    Recording held = room.party().recording();
    const Trace trace(held);
    std::vector<std::string> seen;
    const auto look = [&] {
        grow(held, room.party().recording());
        CHECK(held == room.party().recording());
        for (const std::string& address : seen) CHECK(trace.tree().find(address));
        for (std::optional<Node> node = trace.tree().at_number(1); node; node = trace.tree().next_over(*node)) {
            seen.push_back(trace.step(*node).address);
        }
    };
    step_on(room, *peer, 20);
    look();
    REQUIRE(room.party().established());
    CHECK(room.controller.say("from the window"));
    for (int i = 0; i < 4; ++i) {
        REQUIRE(room.controller.step());
        look();
    }
    REQUIRE(room.until([&] {
        peer->run();
        return peer->party().recording().messages.size() == 1;
    }));
    peer->party().say("from the peer");
    peer->run();
    REQUIRE(room.until([&] { return room.party().next_action() == Action::decode; }));
    REQUIRE(room.controller.step());
    look();
    CHECK_FALSE(trace.tree().find("message.2/decrypt"));
    REQUIRE(room.controller.step());
    look();
    CHECK(trace.tree().find("message.2/decrypt/block.1/round.16"));
    CHECK(trace.step(trace.tree().at("message.2/unpad")).explanation.find("from the peer") != std::string::npos);
    const auto& lines = room.controller.chosen()->lines();
    CHECK(std::ranges::count_if(lines, [](const LiveLine& l) { return l.text == "from the peer"; }) == 1);
    CHECK(recording_from_json(to_json(held)) == held);
}

TEST_CASE("In run mode all happens at once, and a listening window serves several at a time", "[viz][live]") {
    Room room;
    room.start(listening(false));
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 5; ++i) peers.push_back(room.connect());
    REQUIRE(room.until([&] {
        for (const auto& peer : peers) peer->run();
        return std::ranges::all_of(room.controller.parties(), [](const auto& p) { return p->party().established(); });
    }));
    room.controller.choose(room.controller.parties()[3]->id());
    room.controller.say("to the fourth");
    REQUIRE(room.until([&] {
        for (const auto& peer : peers) peer->run();
        return peers[3]->party().recording().messages.size() == 1;
    }));
    CHECK(peers[2]->party().recording().messages.empty());
}

TEST_CASE("Each action of a stepped party leads to a step of the trace or to none", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    for (int i = 0; i < 9; ++i) {
        step_on(room, *peer, 1);
        const Node node =
            step_of_action(room.party().recording(), Role::server, *room.controller.chosen()->last_done());
        if (node.depth() > 0) CHECK(StepTree(room.party().recording()).contains(node));
    }
    CHECK(room.party().established());
}

TEST_CASE("Texts for a peer that does not read are not piled up", "[viz][live]") {
    Room room;
    room.start(listening(false));
    const auto peer = room.connect();
    REQUIRE(room.until([&] {
        peer->run();
        return room.party().established();
    }));
    const std::string text(max_text_bytes, 'x');
    const auto refused = [&] {
        room.tick();
        try {
            room.controller.say(text);
            return false;
        } catch (const Error& error) {
            CHECK(std::string(error.what()).find("the client does not read") != std::string::npos);
            return true;
        }
    };
    REQUIRE(room.until(refused));
    const std::size_t sent = room.party().recording().messages.size();
    CHECK(sent < 100);
    // When it reads, there is room again, and nothing was lost.
    REQUIRE(room.until([&] {
        peer->run();
        return peer->party().recording().messages.size() == sent;
    }));
    CHECK(room.until([&] { return !refused(); }));
}

TEST_CASE("Ending an exchange says bye although a text waits, and the text is not sent", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    step_on(room, *peer, 20);
    REQUIRE(room.party().established());
    room.controller.say("not stepped");
    room.controller.stop();
    REQUIRE(room.until([&] {
        peer->heard();
        return peer->all().ends_with("{\"type\":\"bye\"}\n");
    }));
    CHECK(peer->all().find("message") == std::string::npos);
}

TEST_CASE("A private key that its user gives is the party's own", "[viz][live]") {
    Room room;
    LiveOptions options = listening();
    options.party.private_key = 6;
    room.start(std::move(options));
    const auto peer = room.connect();
    step_on(room, *peer, 20);
    REQUIRE(room.party().established());
    const auto& own = room.party().recording().party(Role::server);
    CHECK(own.private_key == Number(6));
    CHECK(peer->party().recording().party(Role::server).public_key == Number(8)); // 5^6 mod 23
}

TEST_CASE("A private key that is none for the server's group ends the exchange with the reason", "[viz][live]") {
    asio::io_context context;
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Room room;
    LiveOptions options{.role = Role::client, .address = {"127.0.0.1", acceptor.local_endpoint().port()}, .party = {}};
    options.party.private_key = 99;
    room.start(std::move(options));
    Peer server(acceptor.accept(), Role::server);
    REQUIRE(room.until([&] { return room.controller.chosen() != nullptr; }));
    step_on(room, server, 20);
    const LiveParty& live = *room.controller.chosen();
    CHECK(live.over());
    CHECK_FALSE(room.party().established());
    CHECK(live.trouble().starts_with("Given up: the client's private key 99 is none for this group"));
    CHECK(room.party().recording().parameters); // what there was stays
    CHECK_FALSE(room.controller.step());
}
