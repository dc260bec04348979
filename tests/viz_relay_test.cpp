// The relay behind the window, between a real client and a real server on loopback sockets, and its page.
#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "netsim/tcp.hpp"
#include "tests/samples.hpp"
#include "tests/viz_harness.hpp"
#include "viz/relay_desk.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

// An honest server, and a client that connects to wherever it is told.
struct Ends {
    Ends()
        : server(context,
                 {.listen = {"127.0.0.1", 0},
                  .party = {.offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc)}},
                 {.on_event = [this](Link& link, const Event& event) { heard(link, event, server_texts); },
                  .on_end = [](Link&) {}}) {}

    void connect(const HostPort& where) {
        client =
            connect_client(context, where, {},
                           {.on_event = [this](Link& link, const Event& event) { heard(link, event, client_texts); },
                            .on_end = [](Link&) {}});
    }

    static void heard(Link& link, const Event& event, std::vector<std::string>& texts) {
        if (const auto* text = std::get_if<TextArrived>(&event)) texts.push_back(text->text);
        if (const auto* refused = std::get_if<Refused>(&event)) texts.push_back("refused " + refused->code);
        (void)link;
    }

    // Until it holds, or for so long that something must be wrong.
    template <class Condition>
    bool until(Condition holds) {
        for (int i = 0; i < 4000 && !holds(); ++i) {
            context.poll();
            context.restart();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return holds();
    }

    asio::io_context context;
    std::vector<std::string> server_texts, client_texts;
    Server server;
    std::shared_ptr<Link> client;
};

std::optional<RelayClient> first(const RelayDesk& desk) {
    const RelayState state = desk.state();
    return state.clients.empty() ? std::nullopt : std::optional(state.clients.front());
}

bool holds_one(const RelayDesk& desk) {
    const auto client = first(desk);
    return client && client->held;
}

} // namespace

TEST_CASE("The relay behind the window reads, alters and drops what two honest ends say", "[viz][relay]") {
    Ends ends;
    RelayDesk desk;
    desk.start({.listen = {"127.0.0.1", 0}, .to = ends.server.address(), .quiet = false, .hold = true});
    ends.connect(parse_host_port(desk.state().address));
    REQUIRE(ends.until([&] { return ends.client->party().established(); }));
    ends.client->say("pay Bob 10");
    REQUIRE(ends.until([&] { return holds_one(desk); }));
    CHECK(first(desk)->held->content == "pay Bob 10");
    CHECK(ends.server_texts.empty());

    desk.deliver(first(desk)->id, "pay Eve 99");
    REQUIRE(ends.until([&] { return !ends.server_texts.empty(); }));
    CHECK(ends.server_texts == std::vector<std::string>{"pay Eve 99"});

    ends.client->say("never mind");
    REQUIRE(ends.until([&] { return holds_one(desk); }));
    desk.drop(first(desk)->id);
    REQUIRE(ends.until([&] { return !holds_one(desk); }));
    desk.hold(false);
    ends.client->say("at once");
    REQUIRE(ends.until([&] { return ends.server_texts.size() == 2; }));
    CHECK(ends.server_texts.back() == "at once");

    const auto id = first(desk)->id;
    const auto towards_client = desk.recording(id, Role::client), towards_server = desk.recording(id, Role::server);
    REQUIRE(towards_client);
    REQUIRE(towards_server);
    CHECK(towards_client->party(Role::server).private_key);
    CHECK(towards_server->party(Role::client).private_key);
    CHECK(fingerprint(*towards_client) == fingerprint(ends.client->party().recording()));
    desk.stop();
    CHECK(desk.state().clients.empty());
    CHECK(desk.state().address.empty());
}

TEST_CASE("Quiet, the relay behind the window knows what the wire shows and no more", "[viz][relay]") {
    Ends ends;
    RelayDesk desk;
    desk.start({.listen = {"127.0.0.1", 0}, .to = ends.server.address(), .quiet = true, .hold = false});
    ends.connect(parse_host_port(desk.state().address));
    REQUIRE(ends.until([&] { return ends.client->party().established(); }));
    ends.client->say("hello");
    REQUIRE(ends.until([&] { return !ends.server_texts.empty(); }));
    CHECK(ends.server_texts.front() == "hello");
    const auto heard = desk.recording(first(desk)->id, Role::client);
    REQUIRE(heard);
    CHECK(fingerprint(*heard) == fingerprint(ends.client->party().recording()));
    for (const Role role : {Role::server, Role::client}) {
        CHECK(heard->party(role).public_key);
        CHECK_FALSE(heard->party(role).private_key);
        CHECK_FALSE(heard->party(role).shared);
    }
}

TEST_CASE("A port that is taken is an error, and the desk can start again", "[viz][relay]") {
    Ends ends;
    RelayDesk desk;
    CHECK_THROWS_AS(desk.start({.listen = ends.server.address(), .to = ends.server.address()}), Error);
    CHECK_FALSE(desk.running());
    desk.start({.listen = {"127.0.0.1", 0}, .to = ends.server.address()});
    CHECK(desk.running());
}

TEST_CASE("The relay's page shows its words uncut at every size", "[viz][relay]") {
    viz::testing::NullWindow window(samples::exchange());
    for (const float scale : {1.0F, 2.0F}) {
        window.app.ui().scale = scale;
        for (const auto& [width, height] : viz::testing::window_sizes) {
            window.size(width, height);
            window.press(key_of('8'));
            Canvas::take_cut_text();
            const std::string text = window.frame();
            INFO(width << "x" << height << ", scale " << scale);
            CHECK(text.find("The person in the middle") != std::string::npos);
            CHECK(text.find("127.0.0.1:4647") != std::string::npos);
            CHECK(Canvas::take_cut_text().empty());
        }
    }
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
