// The party without sockets: the honest way step by step, time, and the table in the documentation.
#include "netsim/protocol/party.hpp"

#include <filesystem>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/recording/recording_check.hpp"
#include "core/recording/recording_json.hpp"
#include "tests/netsim/protocol/party_pair.hpp"

using namespace keyhole;
using namespace keyhole::testing;

TEST_CASE("A server does one action at a time and bytes leave only when it sends", "[party]") {
    Party server(Role::server, server_options());
    const Action expected[] = {Action::choose, Action::send_params, Action::draw_private, Action::compute_public,
                               Action::send_public};
    for (const Action action : expected) {
        REQUIRE(server.next_action() == action);
        CHECK(server.output_size() == 0);
        server.perform();
        const bool sends = action == Action::send_params || action == Action::send_public;
        CHECK(server.take_output().empty() != sends);
    }
    CHECK_FALSE(server.next_action());
    server.receive(to_bytes("{\"type\":\"public_key\",\"y\":\"8\"}\n{\"type\":\"bye\"}\n"));
    CHECK(server.waiting().size() == 2);
    for (const Action action : {Action::receive_public, Action::check_public, Action::compute_shared, Action::derive,
                                Action::receive_bye, Action::send_bye}) {
        REQUIRE(server.next_action() == action);
        server.perform();
    }
    CHECK(server.closed());
    CHECK(server.take_output() == "{\"type\":\"bye\"}\n");
}

TEST_CASE("Both keys may cross, and a client's may come before the server's is sent", "[party]") {
    Party server(Role::server, server_options());
    server.perform();
    server.perform(); // params are out
    server.receive(to_bytes("{\"type\":\"public_key\",\"y\":\"8\"}\n"));
    server.run();
    CHECK(server.established());
}

TEST_CASE("Texts of every kind arrive in every mode, and each side records what it can know", "[party]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    Pair pair(mode);
    for (const std::string& text : {std::string("This is a message"), std::string(), std::string("grüß dich €𝄞"),
                                    std::string(max_text_bytes, 'x')}) {
        REQUIRE(pair.client.say(text));
        exchange(pair.server, pair.client);
        const auto arrived = event_of<TextArrived>(pair.server);
        REQUIRE(arrived);
        CHECK(arrived->text == text);
    }
    pair.server.say("answer");
    exchange(pair.server, pair.client);
    const Recording& own = pair.server.recording();
    const Recording& others = pair.client.recording();
    CHECK(own.party(Role::server).private_key);
    CHECK_FALSE(own.party(Role::client).private_key);
    CHECK(own.party(Role::server).shared == others.party(Role::client).shared);
    CHECK(session_key(own, Role::server) == session_key(others, Role::client));
    REQUIRE(own.messages.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        const MessageRecord& here = own.messages[i];
        const MessageRecord& there = others.messages[i];
        CHECK(here.sent.has_value() != here.received.has_value());
        CHECK((here.sent ? here.sent->frame : here.received->frame) ==
              (there.sent ? there.sent->frame : there.received->frame));
    }
    CHECK_NOTHROW(check_recording(own));
    CHECK_NOTHROW(check_recording(others));
}

TEST_CASE("What a side recorded can be saved and read again after every single action", "[party][recording]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    Party server(Role::server, server_options(mode)), client(Role::client, client_options());
    server.say("to the client");
    server.say("");
    client.say("to the server");
    std::size_t checked = 0, unframed = 0;
    const auto step = [&](Party& own, Party& peer) {
        if (!own.next_action()) return false;
        own.perform();
        peer.receive(to_bytes(own.take_output()));
        const Recording& recording = own.recording();
        CHECK_FALSE(is_overheard(recording));
        CHECK(recording_from_json(to_json(recording)) == recording);
        ++checked;
        if (!recording.messages.empty()) {
            const auto& sent = recording.messages.back().sent;
            unframed += sent && sent->frame.empty();
        }
        return true;
    };
    while (step(server, client) || step(client, server)) {
    }
    CHECK(server.established());
    CHECK(client.established());
    CHECK(server.recording().messages.size() == 3);
    CHECK(client.recording().messages.size() == 3);
    CHECK(unframed == 3);
    CHECK(checked > 30);
}

TEST_CASE("Texts that wait count with their line ends so that empty ones are not free", "[party]") {
    Party client(Role::client, client_options());
    for (int i = 0; i < 5; ++i) client.say("");
    client.say("four");
    CHECK(client.unsent_bytes() == 10);
    CHECK(client.unsent_texts() == 6);
    client.forget_unsent();
    CHECK(client.unsent_bytes() == 0);
    CHECK(client.unsent_texts() == 0);
}

TEST_CASE("A text of ours that cannot be sent is our mistake and the chat goes on", "[party]") {
    Pair pair;
    CHECK_THROWS_AS(pair.client.say(std::string(max_text_bytes + 1, 'x')), Error);
    CHECK_THROWS_AS(pair.client.say("\xFF"), Error);
    CHECK(pair.client.say("fine"));
    exchange(pair.server, pair.client);
    CHECK(event_of<TextArrived>(pair.server));
}

TEST_CASE("A bye is answered after everything that waits, and both close", "[party]") {
    Pair pair;
    pair.client.say("last words");
    pair.client.bye();
    pair.server.say("an answer on its way");
    exchange(pair.server, pair.client);
    CHECK(event_of<TextArrived>(pair.server));
    CHECK(event_of<TextArrived>(pair.client));
    CHECK(pair.server.closed());
    CHECK(pair.client.closed());
    CHECK_FALSE(pair.client.say("too late"));
}

TEST_CASE("A peer whose bytes end still gets what waits, and a bye", "[party]") {
    Pair pair;
    pair.server.say("before");
    pair.server.end_of_input();
    pair.server.run();
    const std::string output = pair.server.take_output();
    CHECK(output.find("message") != std::string::npos);
    CHECK(output.ends_with("{\"type\":\"bye\"}\n"));
    CHECK(pair.server.closed());
}

TEST_CASE("Time limits: the handshake, an hour without traffic, and a bye that is not answered", "[party]") {
    Party slow(Role::server, server_options());
    slow.tick(1000);
    slow.run();
    slow.take_output();
    slow.tick(600'999);
    slow.run();
    CHECK_FALSE(slow.closed());
    slow.tick(601'000);
    slow.run();
    CHECK(nlohmann::json::parse(slow.take_output())["code"] == "timeout");
    CHECK(slow.closed());

    Pair pair;
    pair.server.tick(0);
    pair.server.tick(3'599'999);
    pair.client.say("still here");
    exchange(pair.server, pair.client);
    pair.server.tick(3'600'001);
    pair.server.tick(7'200'000);
    pair.server.run();
    CHECK_FALSE(pair.server.closed());
    pair.server.tick(7'200'001);
    pair.server.run();
    CHECK(nlohmann::json::parse(pair.server.take_output())["code"] == "timeout");

    pair.client.bye();
    pair.client.run();
    pair.client.tick(0);
    pair.client.tick(4'999);
    pair.client.run();
    CHECK_FALSE(pair.client.closed());
    pair.client.tick(5'000);
    pair.client.run();
    CHECK(pair.client.closed());
}

TEST_CASE("A server that keeps no messages holds one", "[party]") {
    PartyOptions options = server_options();
    options.keep_messages = false;
    Party server(Role::server, options), client(Role::client, client_options());
    for (int i = 0; i < 10; ++i) {
        client.say("again");
        exchange(server, client);
    }
    CHECK(server.recording().messages.size() == 1);
    CHECK(client.recording().messages.size() == 10);
}

TEST_CASE("No state and trigger have two rows, and every state but closed can be left", "[party]") {
    for (const Transition& row : transitions) CHECK(find_transition(row.state, row.trigger) == &row);
    for (int state = 0; state < static_cast<int>(State::closed); ++state) {
        CHECK(std::any_of(transitions.begin(), transitions.end(),
                          [&](const Transition& row) { return static_cast<int>(row.state) == state; }));
    }
}

TEST_CASE("docs/protocol.md prints the state machine's table", "[party][docs]") {
    std::string expected = "| state | when | it does | next state |\n|---|---|---|---|\n";
    for (const Transition& row : transitions) {
        const std::string next(name(row.next));
        expected += "| `" + std::string(name(row.state)) + "` | " + std::string(name(row.trigger)) + " | " +
                    std::string(name(row.action)) + " | " + (row.next == State::resume ? next : "`" + next + "`") +
                    " |\n";
    }
    const auto root = std::filesystem::path(KEYHOLE_SOURCE_DIR);
    const std::string text = read_file(root / "docs" / "protocol.md", 1 << 20);
    const std::string begin = "<!-- table: begin -->\n";
    const std::size_t from = text.find(begin);
    REQUIRE(from != std::string::npos);
    const std::size_t start = from + begin.size();
    CHECK(text.substr(start, text.find("<!-- table: end -->") - start) == expected);
}
