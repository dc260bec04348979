// The relay behind the window, between a real client and a real server on loopback sockets, and its page.
#include <algorithm>

#include "core/base/error.hpp"
#include "core/recording/fingerprint.hpp"
#include "core/recording/recording_check.hpp"
#include "core/recording/recording_json.hpp"
#include "netsim/protocol/loopback.hpp"
#include "netsim/tcp/party_server.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/relay/flip_model.hpp"
#include "viz/relay/relay_controller.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

// An honest server, and a client that connects to wherever it is told.
struct Ends {
    Ends()
        : server(context,
                 {.listen = {"127.0.0.1", 0},
                  .party = {.offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc)}},
                 {.on_event = [this](PartyConnection& connection,
                                     const Event& event) { heard(connection, event, server_texts); },
                  .on_end = [](PartyConnection&) {}}) {}

    void connect(const HostPort& where) {
        client = connect_client(context, where, {},
                                {.on_event = [this](PartyConnection& connection,
                                                    const Event& event) { heard(connection, event, client_texts); },
                                 .on_end = [](PartyConnection&) {}});
    }

    static void heard(PartyConnection& connection, const Event& event, std::vector<std::string>& texts) {
        if (const auto* text = std::get_if<TextArrived>(&event)) texts.push_back(text->text);
        if (const auto* refused = std::get_if<Refused>(&event)) texts.push_back("refused " + refused->code);
        (void)connection;
    }

    // With the two ends at work meanwhile.
    template <class Condition>
    bool until(Condition holds) {
        return keyhole::testing::wait_until([&] {
            context.restart();
            context.poll();
            return holds();
        });
    }

    asio::io_context context;
    std::vector<std::string> server_texts, client_texts;
    PartyServer server;
    std::shared_ptr<PartyConnection> client;
};

std::optional<RelayClient> first(const RelayController& controller) {
    const RelayState state = controller.state();
    return state.clients.empty() ? std::nullopt : std::optional(state.clients.front());
}

std::optional<Recording> recording(Ends& ends, RelayController& controller, std::uint64_t client, Role side) {
    controller.ask_recording(client, side);
    std::optional<Recording> heard;
    ends.until([&] {
        if (!heard) heard = controller.take_heard();
        return heard.has_value();
    });
    return heard;
}

// The relay holds every message; the handshakes are done.
void connect_through(Ends& ends, RelayController& controller) {
    controller.start({.listen = {"127.0.0.1", 0}, .to = ends.server.address(), .quiet = false, .hold = true});
    REQUIRE(ends.until([&] { return !controller.state().address.empty(); }));
    ends.connect(parse_host_port(controller.state().address));
    REQUIRE(ends.until([&] { return ends.client->party().established(); }));
}

bool holds_one(const RelayController& controller) {
    const auto client = first(controller);
    return client && client->held;
}

} // namespace

TEST_CASE("The relay behind the window reads, alters and drops what two honest ends say", "[viz][relay]") {
    Ends ends;
    RelayController controller;
    connect_through(ends, controller);
    ends.client->say("pay Bob 10");
    REQUIRE(ends.until([&] { return holds_one(controller); }));
    CHECK(first(controller)->held->content == "pay Bob 10");
    CHECK(ends.server_texts.empty());

    controller.deliver(first(controller)->id, "pay Eve 99");
    REQUIRE(ends.until([&] { return !ends.server_texts.empty(); }));
    CHECK(ends.server_texts == std::vector<std::string>{"pay Eve 99"});

    ends.client->say("never mind");
    REQUIRE(ends.until([&] { return holds_one(controller); }));
    controller.drop(first(controller)->id);
    REQUIRE(ends.until([&] { return !holds_one(controller); }));
    controller.hold(false);
    ends.client->say("at once");
    REQUIRE(ends.until([&] { return ends.server_texts.size() == 2; }));
    CHECK(ends.server_texts.back() == "at once");

    const auto id = first(controller)->id;
    const auto towards_client = recording(ends, controller, id, Role::client);
    const auto towards_server = recording(ends, controller, id, Role::server);
    REQUIRE(towards_client);
    REQUIRE(towards_server);
    CHECK(towards_client->party(Role::server).private_key);
    CHECK(towards_server->party(Role::client).private_key);
    CHECK(fingerprint(*towards_client) == fingerprint(ends.client->party().recording()));
    // What was heard stays when it is stopped, until it is closed.
    controller.stop();
    CHECK(controller.state().address.empty());
    REQUIRE(ends.until([&] { return first(controller)->over; }));
    CHECK(recording(ends, controller, id, Role::client) == towards_client);
    CHECK(first(controller)->fingerprints[static_cast<std::size_t>(Role::client)] == fingerprint(*towards_client));
    controller.close(id);
    CHECK(ends.until([&] { return controller.state().clients.empty(); }));
}

TEST_CASE("Quiet, the relay behind the window knows what the wire shows and no more", "[viz][relay]") {
    Ends ends;
    RelayController controller;
    controller.start({.listen = {"127.0.0.1", 0}, .to = ends.server.address(), .quiet = true, .hold = false});
    REQUIRE(ends.until([&] { return !controller.state().address.empty(); }));
    ends.connect(parse_host_port(controller.state().address));
    REQUIRE(ends.until([&] { return ends.client->party().established(); }));
    ends.client->say("hello");
    REQUIRE(ends.until([&] { return !ends.server_texts.empty(); }));
    CHECK(ends.server_texts.front() == "hello");
    const auto heard = recording(ends, controller, first(controller)->id, Role::client);
    REQUIRE(heard);
    CHECK(fingerprint(*heard) == fingerprint(ends.client->party().recording()));
    for (const Role role : {Role::server, Role::client}) {
        CHECK(heard->party(role).public_key);
        CHECK_FALSE(heard->party(role).private_key);
        CHECK_FALSE(heard->party(role).shared);
    }
}

TEST_CASE("A port that is taken is an error, and the relay can start again", "[viz][relay]") {
    Ends ends;
    RelayController controller;
    controller.start({.listen = ends.server.address(), .to = ends.server.address()});
    REQUIRE(ends.until([&] { return !controller.state().error.empty(); }));
    CHECK(controller.state().error.find("cannot listen on") != std::string::npos);
    CHECK_FALSE(controller.running());
    controller.start({.listen = {"127.0.0.1", 0}, .to = ends.server.address()});
    CHECK(controller.running());
    CHECK(ends.until([&] { return !controller.state().address.empty(); }));
}

TEST_CASE("The relay's page shows its words uncut at every size", "[viz][relay]") {
    viz::testing::NullWindow window(samples::exchange());
    viz::testing::check_page(window, '8', {"The person in the middle", "127.0.0.1:4647"});
}

TEST_CASE("The relay's fields are reached by E and by Tab and Esc keeps what was typed", "[viz][relay]") {
    for (const Key key : {key_of('e'), Key::tab}) {
        viz::testing::NullWindow window(samples::exchange());
        window.press(key_of('8'));
        window.press(key);
        window.frame(); // ImGui says at the next frame's start who wants text
        CHECK(ImGui::GetIO().WantTextInput);
        ImGui::GetIO().AddInputCharactersUTF8("no address");
        window.frame();
        window.press(Key::escape);
        CHECK_FALSE(ImGui::GetIO().WantTextInput);
        CHECK(window.press(Key::enter).find("'no address'") != std::string::npos);
    }
}

TEST_CASE("A message that waits when the relay stops is named as lost", "[viz][relay]") {
    Ends ends;
    RelayController controller;
    connect_through(ends, controller);
    ends.client->say("never delivered");
    REQUIRE(ends.until([&] { return holds_one(controller); }));
    controller.stop();
    CHECK(ends.until([&] {
        const RelayState state = controller.state();
        return std::ranges::any_of(state.notes, [](const RelayNote& note) {
            return note.kind == RelayNote::Kind::dropped && note.number == 1 && note.text.starts_with("lost");
        });
    }));
}

TEST_CASE("A bit turned on the way shows in the receiver's trace in every mode", "[viz][relay]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        INFO(name(mode));
        const Recording whole = run_exchange({.group = *find_group("toy23"),
                                              .kdf = dh::Kdf::sha256,
                                              .mode = mode,
                                              .random = Random::seeded("flip"),
                                              .says = {{Role::client, "pay Bob 10 euros, please"}}});
        std::string why;
        const auto flipped = received_flipped(whole, 1, {.in_iv = false, .byte = 7, .bit = 8}, why);
        REQUIRE(flipped);
        const ReceivedMessage& received = *flipped->messages.front().received;
        CHECK_FALSE(flipped->messages.front().sent);
        if (mode == Mode::ctr) CHECK(to_string(*received.plaintext) == "pay Boc 10 euros, please");
        CHECK_NOTHROW(check_recording(*flipped));
        const auto in_iv = received_flipped(whole, 1, {.in_iv = true, .byte = 1, .bit = 8}, why);
        CHECK(in_iv.has_value() == (mode != Mode::ecb));
        if (mode == Mode::cbc)
            CHECK(to_string(*in_iv->messages.front().received->plaintext) == "qay Bob 10 euros, please");
        CHECK_FALSE(received_flipped(whole, 2, {}, why));
        CHECK_FALSE(received_flipped(whole, 1, {.in_iv = false, .byte = 1000, .bit = 1}, why));
    }
}

TEST_CASE("The relay's page turns a bit of the shown trace by keys alone", "[viz][relay]") {
    viz::testing::NullWindow window(samples::exchange());
    window.press(key_of('8'));
    CHECK(window.frame().find("Without a network") != std::string::npos);
    window.press(Key::right);
    window.press(key_of('i'));
    const std::string text = window.press(key_of('u'));
    CHECK(window.app.ui().page == PageName::steps);
    CHECK(text.find("uthenticate") != std::string::npos);
    CHECK(window.address() == "message.1/decrypt");
}
