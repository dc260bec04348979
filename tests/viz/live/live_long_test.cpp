// Actions that take long are computed beside the window: it goes on meanwhile, and nothing that happens then is lost.
#include "tests/support/live_room.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

// A prime that the program knows, with another generator: it has to be checked like any other.
Offer own_offer() {
    const Group& known = *find_group("modp1536");
    return make_offer({.name = "custom", .source = {}, .p = known.p, .g = 4}, dh::Kdf::sha256, Mode::cbc);
}

// A window as client of a server that offers it.
struct Client {
    Client() {
        room.start({.role = Role::client, .address = {"127.0.0.1", acceptor.local_endpoint().port()}, .party = {}});
        meet();
    }
    void meet() {
        server = std::make_unique<Peer>(acceptor.accept(), Role::server, own_offer());
        REQUIRE(room.until([&] {
            server->run();
            return room.controller.chosen() != nullptr && room.party().waiting().size() == 2; // params and its key
        }));
    }
    const LiveParty& live() { return *room.controller.chosen(); }
    void finish() {
        REQUIRE(room.until([&] { return !live().computing(); }));
    }

    Room room;
    tcp::acceptor acceptor{room.context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
    std::unique_ptr<Peer> server;
};

} // namespace

TEST_CASE("An unknown prime is checked beside the window, which says so and goes on", "[viz][live]") {
    Client client;
    Room& room = client.room;
    CHECK(room.controller.step() == Action::receive_params);
    CHECK(room.controller.take_stepped() == Action::receive_params);
    REQUIRE(room.party().next_action() == Action::check_params);
    CHECK(room.controller.step() == Action::check_params);
    // It comes back with a tick and not before.
    CHECK(client.live().computing() == Action::check_params);
    CHECK_FALSE(client.live().ready());
    CHECK_FALSE(room.controller.step());
    CHECK_FALSE(room.controller.take_stepped());
    CHECK(room.controller.state_line().starts_with("Computing: check the parameters .."));
    CHECK_FALSE(room.party().recording().parameters);
    room.controller.say("typed meanwhile");
    client.server->send("{\"type\":\"bye\"}\n");
    client.finish();
    REQUIRE(room.until([&] { return room.party().waiting().size() == 2; })); // the key, and the bye
    CHECK(room.controller.take_stepped() == Action::check_params);
    CHECK_FALSE(room.controller.take_stepped());
    CHECK(room.party().recording().parameters);
    CHECK(room.party().unsent_bytes() == 16);
    CHECK(client.live().trouble().empty());
}

TEST_CASE("A whole handshake in a large unknown group is stepped like any other", "[viz][live]") {
    Client client;
    int computed = 0;
    for (int i = 0; i < 9; ++i) {
        REQUIRE(client.room.until([&] {
            client.server->run();
            return client.live().ready();
        }));
        client.room.controller.step();
        computed += client.live().computing() ? 1 : 0;
        client.finish();
    }
    CHECK(computed == 4); // checking, drawing, both powers
    CHECK(client.room.party().established());
}

TEST_CASE("A clock does not run while the window computes", "[viz][live]") {
    Client client;
    client.room.controller.step();
    client.room.controller.step();
    client.room.now += 10'000'000;
    client.finish();
    client.room.tick();
    CHECK(client.room.party().next_action() == Action::draw_private);
}

TEST_CASE("A peer that dies while the window computes leaves what comes out of it", "[viz][live]") {
    Client client;
    client.room.controller.step();
    client.room.controller.step();
    client.server->reset();
    REQUIRE(client.room.until([&] { return client.live().cut_off() && !client.live().computing(); }));
    CHECK(client.live().trouble().find("check the parameters") != std::string::npos);
    CHECK(client.room.party().recording().parameters);
    client.room.controller.again();
    client.meet();
    CHECK(client.room.party().state() == State::await_params);
}

TEST_CASE("What is computed for an exchange that was ended meanwhile is dropped", "[viz][live]") {
    Client client;
    client.room.controller.step();
    client.room.controller.step();
    const std::uint64_t first = client.live().id();
    client.room.controller.again(); // ends the one before
    client.meet();
    REQUIRE(client.room.until([&] { return !client.room.controller.find(first)->computing(); }));
    CHECK_FALSE(client.room.controller.find(first)->party().recording().parameters);
    CHECK(client.live().id() != first);
}

TEST_CASE("Several who run by themselves share the one thread that computes", "[viz][live]") {
    Room room;
    LiveOptions options = listening(false);
    options.party.offer = own_offer();
    room.start(std::move(options));
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 3; ++i) peers.push_back(room.connect());
    CHECK(room.until([&] {
        for (const auto& peer : peers) peer->run();
        return std::ranges::all_of(room.controller.parties(), [](const auto& p) { return p->party().established(); });
    }));
}

TEST_CASE("The cursor goes to what a long step made unless its user has gone elsewhere", "[viz][live]") {
    LiveOptions options = listening();
    options.party.offer = own_offer();
    LiveWindow live(std::move(options));
    const auto peer = live.connect();
    const auto computing = [&] { return live.window.app.live().chosen()->computing().has_value(); };
    live.press(key_of('1'));
    for (int i = 0; i < 2; ++i) live.press(key_of('n')); // choose, send
    live.press(key_of('n'));
    REQUIRE(live.until([&] { return !computing(); }));
    CHECK(live.window.address() == "keys/server.private");
    live.press(key_of('n'));
    CHECK(live.text.find("Computing: compute the public key") != std::string::npos);
    live.press(Key::home);
    REQUIRE(live.until([&] { return !computing(); }));
    live.window.frame();
    CHECK(live.window.address() == "connect");
}
