// Whatever becomes of the peer, the trace so far stays, the window says at which step it happened, and the next one is
// welcome.

#include "core/recording/recording_json.hpp"
#include "netsim/tcp/asio.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"
#include "viz/live/live_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

enum class Harm { close, reset, half_close, garbage, stall };

// A window at either end, and its peer.
struct Meeting {
    explicit Meeting(Role role) : role_(role) {
        room.start(role == Role::server ? listening()
                                        : LiveOptions{.role = Role::client,
                                                      .address = {"127.0.0.1", acceptor_.local_endpoint().port()},
                                                      .party = {.offer = {}, .random = Random::seeded("live")}});
        meet();
    }
    void meet() {
        if (role_ == Role::server) {
            peer = room.connect();
        } else {
            const std::size_t before = room.controller.parties().size();
            if (before > 0) room.controller.again();
            peer = std::make_unique<Peer>(acceptor_.accept(), Role::server);
            REQUIRE(room.until([&] { return room.controller.parties().size() > before; }));
        }
        spoken_ = false;
        sent_ = taken_ = 0;
    }
    /// Steps the window so often, if there is so much to do: a handshake, a text there and one back. Then every line
    /// has arrived at the other end.
    int step(int most) {
        int steps = 0;
        for (; steps < most; ++steps) {
            if (room.party().established() && !std::exchange(spoken_, true)) {
                room.controller.say("there");
                peer->party().say("and back");
            }
            REQUIRE(room.until([&] {
                peer->run();
                return room.party().next_action().has_value() || said_all();
            }));
            const auto done = room.controller.step();
            if (!done) break;
            sent_ += sends(*done) ? 1 : 0;
            taken_ += takes_a_line(*done) ? 1 : 0;
        }
        REQUIRE(room.until([&] {
            peer->run();
            return peer->lines_heard() == sent_ && peer->lines_sent() == taken_ + std::ssize(room.party().waiting());
        }));
        return steps;
    }
    bool said_all() const { return room.party().recording().messages.size() == 2 && !room.party().next_action(); }
    void inflict(Harm harm) {
        switch (harm) {
            case Harm::close: peer->close(); break;
            case Harm::reset: peer->reset(); break;
            case Harm::half_close: peer->half_close(); break;
            case Harm::garbage: peer->send("\x16\x03\x01 no frame\n"); break;
            case Harm::stall: break;
        }
    }
    /// Steps on without the peer until the party is closed; for as long as its limits allow where it waits. Where the
    /// connection broke there is an end before that: nothing is sent.
    bool step_to_the_end(bool broken) {
        for (int i = 0; i < 40 && !room.party().closed(); ++i) {
            while (const auto done = room.controller.step()) CHECK_FALSE((broken && sends(*done)));
            room.tick();
            if (broken && room.party().next_action()) return !room.controller.chosen()->ready();
            if (room.party().next_action() || room.party().closed()) continue;
            room.now += 3'600'001;
            room.tick();
        }
        return room.party().closed();
    }

    Room room;
    std::unique_ptr<Peer> peer;

  private:
    static bool takes_a_line(Action action) {
        using enum Action;
        return action == receive_params || action == receive_public || action == decode;
    }

    Role role_;
    bool spoken_ = false;
    std::ptrdiff_t sent_ = 0, taken_ = 0; // lines, by the window
    tcp::acceptor acceptor_{room.context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)};
};

constexpr int all_steps = 9 + 4 + 2;

void survives(Role role, Harm harm, int at) {
    INFO(name(role) << ", harm " << static_cast<int>(harm) << " after " << at << " steps");
    Meeting meeting(role);
    Room& room = meeting.room;
    REQUIRE(meeting.step(at) == at);
    const LiveParty& party = *room.controller.chosen();
    const State state = party.party().state();
    const std::string where = where_words(party.party());
    const Recording before = party.party().recording();
    meeting.inflict(harm);
    if (harm == Harm::garbage) {
        const std::size_t waiting = party.party().waiting().size();
        REQUIRE(room.until([&] { return party.party().waiting().size() > waiting; }));
    } else if (harm != Harm::stall) {
        REQUIRE(room.until([&] { return party.cut_off(); }));
        CHECK(party.trouble().ends_with(where));
        CHECK(room.controller.state_line().starts_with(party.trouble()));
    }
    CHECK(party.party().state() == state); // nothing was done without a step
    CHECK(party.party().recording() == before);
    CHECK(meeting.step_to_the_end(harm == Harm::reset));
    if (harm == Harm::garbage) CHECK(party.trouble().find("bad_frame") != std::string::npos);
    if (harm == Harm::stall) CHECK(party.trouble().find("timeout") != std::string::npos);
    CHECK_FALSE(room.controller.state_line().empty());
    Recording grown = before;
    grow(grown, party.party().recording());
    CHECK(grown == party.party().recording());
    CHECK(recording_from_json(to_json(grown)) == grown);
    // And the next one is welcome, without a restart.
    meeting.meet();
    CHECK(room.controller.chosen()->id() != party.id());
    meeting.step(9);
    CHECK(room.party().established());
}

void survives_everywhere(Role role, std::initializer_list<Harm> harms) {
    for (const Harm harm : harms) {
        for (int at = 0; at <= all_steps; ++at) survives(role, harm, at);
    }
}

} // namespace

TEST_CASE("A window that is the server survives a peer that goes at any step", "[viz][live]") {
    survives_everywhere(Role::server, {Harm::close, Harm::reset, Harm::half_close});
}

TEST_CASE("A window that is the client survives a peer that goes at any step", "[viz][live]") {
    survives_everywhere(Role::client, {Harm::close, Harm::reset, Harm::half_close});
}

TEST_CASE("A window survives a peer that talks nonsense at any step", "[viz][live]") {
    for (const Role role : {Role::server, Role::client}) survives_everywhere(role, {Harm::garbage});
}

TEST_CASE("A window survives a peer that stalls at any step", "[viz][live]") {
    for (const Role role : {Role::server, Role::client}) survives_everywhere(role, {Harm::stall});
}

TEST_CASE("Single bytes and all at once come to the same, whichever end the window is", "[viz][live]") {
    for (const Role role : {Role::server, Role::client}) {
        std::optional<std::string> came_to;
        for (const bool single : {true, false}) {
            INFO(name(role) << (single ? " in single bytes" : " at once"));
            Meeting meeting(role);
            meeting.peer->send_single_bytes(single);
            REQUIRE(meeting.step(all_steps) == all_steps);
            CHECK(meeting.said_all());
            const std::string recording = to_json(meeting.room.party().recording());
            CHECK(came_to.value_or(recording) == recording);
            came_to = recording;
        }
    }
}

TEST_CASE("A window that connects says why it cannot, and connects again without a restart", "[viz][live]") {
    asio::io_context context;
    auto acceptor = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const std::uint16_t port = acceptor->local_endpoint().port();
    acceptor.reset();

    Room room;
    room.start({.role = Role::client, .address = {"127.0.0.1", port}, .party = {}});
    CHECK(room.controller.connecting());
    REQUIRE(room.until([&] { return !room.controller.error().empty(); }));
    CHECK(room.controller.error().find("cannot connect") != std::string::npos);
    CHECK(room.controller.parties().empty());

    acceptor = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), port));
    room.controller.again();
    auto server = std::make_unique<Peer>(acceptor->accept(), Role::server);
    REQUIRE(room.until([&] { return room.controller.chosen() != nullptr; }));
    CHECK(room.controller.error().empty());
    step_on(room, *server, 3);
    server->reset();
    REQUIRE(room.until([&] { return room.controller.chosen()->cut_off(); }));
    const std::uint64_t first = room.controller.chosen()->id();
    CHECK(room.controller.chosen()->party().recording().parameters);

    room.controller.again();
    server = std::make_unique<Peer>(acceptor->accept(), Role::server);
    REQUIRE(room.until([&] { return room.controller.chosen()->id() != first; }));
    step_on(room, *server, 20);
    CHECK(room.party().established());
    CHECK(room.controller.find(first)->party().recording().parameters); // what the first left is still there
}

TEST_CASE("A port that is taken is said, and listening works once it is free", "[viz][live]") {
    asio::io_context context;
    auto taken = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    LiveOptions options = listening();
    options.address.port = taken->local_endpoint().port();
    Room room;
    room.controller.start(std::move(options));
    REQUIRE(room.until([&] { return !room.controller.error().empty(); }));
    CHECK(room.controller.error().find("cannot listen") != std::string::npos);
    taken.reset();
    room.controller.again();
    REQUIRE(room.until([&] { return !room.controller.address().empty(); }));
    CHECK(room.controller.error().empty());
}
