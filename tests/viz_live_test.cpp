// The live exchange behind the window, against a peer on a real socket whose every byte is counted: nothing is sent
// before a step says so, and whatever becomes of the peer, the trace so far stays and the next one is welcome.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/recording_json.hpp"
#include "core/trace.hpp"
#include "netsim/listener.hpp"
#include "netsim/message.hpp"
#include "tests/samples.hpp"
#include "tests/viz_harness.hpp"
#include "viz/lecture.hpp"
#include "viz/live_desk.hpp"
#include "viz/live_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

using asio::ip::tcp;

Offer toy_offer(Mode mode = Mode::cbc) { return make_offer(*find_group("toy23"), dh::Kdf::sha256, mode); }

LiveOptions listening(bool stepping = true) {
    return {.role = Role::server,
            .address = {"127.0.0.1", 0},
            .party = {.offer = toy_offer(), .random = Random::seeded("live")},
            .max_sessions = 64,
            .stepping = stepping};
}

// A peer's end of the connection: its own party, or bytes by hand.
class Peer {
  public:
    explicit Peer(tcp::socket socket, Role role = Role::client)
        : socket_(std::move(socket)),
          party_(role, {.offer = role == Role::server ? std::optional(toy_offer()) : std::nullopt,
                        .random = Random::seeded("peer")}) {
        socket_.non_blocking(true);
    }

    /// What has arrived at the socket since the last call, and is given to the party.
    std::string heard() {
        std::array<char, 65536> buffer{};
        std::string out;
        std::error_code error;
        for (std::size_t n = socket_.read_some(asio::buffer(buffer), error); !error;
             n = socket_.read_some(asio::buffer(buffer), error))
            out.append(buffer.data(), n);
        ended_ = ended_ || (error && error != asio::error::would_block);
        party_.receive(to_bytes(out));
        all_ += out;
        return out;
    }
    /// The party does all that it can; what it says goes out.
    void run() {
        heard();
        party_.run();
        send(party_.take_output());
    }
    void send(const std::string& bytes) {
        std::error_code ignored;
        asio::write(socket_, asio::buffer(bytes), ignored);
    }
    void half_close() { socket_.shutdown(tcp::socket::shutdown_send); }
    void close() { socket_.close(); }
    void reset() {
        socket_.set_option(asio::socket_base::linger(true, 0));
        socket_.close();
    }
    Party& party() { return party_; }
    const std::string& all() const { return all_; }
    bool ended() const { return ended_; }

  private:
    tcp::socket socket_;
    Party party_;
    std::string all_;
    bool ended_ = false;
};

struct Room {
    ~Room() { desk.stop(); }

    void start(LiveOptions options = listening()) {
        desk.start(std::move(options));
        if (desk.options().role == Role::server) REQUIRE(until([&] { return !desk.address().empty(); }));
    }
    std::unique_ptr<Peer> connect() {
        tcp::socket socket(context);
        const HostPort where = parse_host_port(desk.address());
        const auto last = [&] { return desk.parties().empty() ? 0 : desk.parties().back()->id(); };
        const std::uint64_t before = last();
        socket.connect({asio::ip::make_address(where.host), where.port});
        REQUIRE(until([&] { return last() > before; }));
        return std::make_unique<Peer>(std::move(socket));
    }
    bool tick() {
        now += 10;
        return desk.tick(now);
    }
    template <class Condition>
    bool until(Condition holds) {
        for (int i = 0; i < 4000; ++i) {
            tick();
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return false;
    }
    // Time for bytes that are not to come to come all the same.
    void linger() {
        for (int i = 0; i < 15; ++i) {
            tick();
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }
    const Party& party() const { return desk.chosen()->party(); }

    asio::io_context context;
    LiveDesk desk;
    std::uint64_t now = 1000;
};

bool sends(Action action) {
    switch (action) {
        case Action::send_params:
        case Action::send_public:
        case Action::send:
        case Action::send_bye:
        case Action::send_error: return true;
        default: return false;
    }
}

// Steps the chosen party until it waits, with the peer running by itself when `run_peer`.
int step_on(Room& room, Peer& peer, int most) {
    int steps = 0;
    while (steps < most) {
        const bool can = room.until([&] {
            peer.run();
            return room.party().next_action().has_value() || room.party().established() || room.desk.chosen()->over();
        });
        if (!can || !room.party().next_action()) break;
        room.desk.step();
        ++steps;
    }
    return steps;
}

} // namespace

TEST_CASE("A stepped party sends its bytes when the step says so and not before", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    std::vector<Action> done;
    while (!room.party().established() || !room.party().waiting().empty() || room.party().next_action()) {
        room.linger();
        CHECK(peer->heard().empty()); // nothing but what a step sent
        if (!room.party().next_action()) {
            peer->run();
            REQUIRE(room.until([&] { return room.party().next_action().has_value(); }));
            continue;
        }
        const Action next = *room.party().next_action();
        REQUIRE(room.desk.step() == next);
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
    CHECK_FALSE(room.desk.step());
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
    CHECK(room.desk.state_line().find("Next: choose the parameters.") != std::string::npos);
    CHECK(room.desk.state_line().find("2 lines of the client wait.") != std::string::npos);
}

TEST_CASE("A person may think for days: the clock stands still while it is their turn", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    room.desk.step();
    room.now += 3 * 24 * 3'600'000ULL;
    room.tick();
    room.tick();
    CHECK(step_on(room, *peer, 20) == 8);
    CHECK(room.party().established());
    CHECK(room.desk.chosen()->trouble().empty());
    // Waiting for the peer is another thing.
    room.now += 3'600'001;
    room.tick();
    REQUIRE(room.party().next_action() == Action::refuse);
    CHECK(turn_words(room.party()) == "Next: refuse: time is up.");
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
    CHECK(room.desk.say("from the window"));
    for (int i = 0; i < 4; ++i) {
        REQUIRE(room.desk.step());
        look();
    }
    REQUIRE(room.until([&] {
        peer->run();
        return peer->party().recording().messages.size() == 1;
    }));
    peer->party().say("from the peer");
    peer->run();
    REQUIRE(room.until([&] { return room.party().next_action() == Action::decode; }));
    REQUIRE(room.desk.step());
    look();
    CHECK_FALSE(trace.tree().find("message.2/decrypt"));
    REQUIRE(room.desk.step());
    look();
    CHECK(trace.tree().find("message.2/decrypt/block.1/round.16"));
    CHECK(trace.step(trace.tree().at("message.2/unpad")).explanation.find("from the peer") != std::string::npos);
    const auto& lines = room.desk.chosen()->lines();
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
        return std::ranges::all_of(room.desk.parties(), [](const auto& p) { return p->party().established(); });
    }));
    room.desk.choose(room.desk.parties()[3]->id());
    room.desk.say("to the fourth");
    REQUIRE(room.until([&] {
        for (const auto& peer : peers) peer->run();
        return peers[3]->party().recording().messages.size() == 1;
    }));
    CHECK(peers[2]->party().recording().messages.empty());
}

TEST_CASE("Two hundred clients are served at a time, each with steps of its own", "[viz][live]") {
    Room room;
    LiveOptions options = listening(false);
    options.max_sessions = 200;
    room.start(std::move(options));
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 200; ++i) peers.push_back(room.connect());
    peers[7]->reset(); // one dies, one is slow, one talks nonsense
    peers[9]->send("nonsense\n");
    std::vector<std::unique_ptr<Peer>> well;
    for (std::size_t i = 10; i < peers.size(); ++i) well.push_back(std::move(peers[i]));
    REQUIRE(room.until([&] {
        for (const auto& peer : well) peer->run();
        return std::ranges::count_if(room.desk.parties(), [](const auto& p) { return p->party().established(); }) ==
               190;
    }));
    CHECK(room.desk.parties()[8]->trouble().empty());
    CHECK_FALSE(room.desk.parties()[7]->trouble().empty());
    CHECK(room.desk.parties()[9]->trouble().find("bad_frame") != std::string::npos);
}

TEST_CASE("A thousand connections that come and go leave no descriptors behind", "[viz][live]") {
    const auto descriptors = [] {
        return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                             std::filesystem::directory_iterator());
    };
    Room room;
    room.start(listening(false));
    room.connect()->reset();
    const auto gone = [&] { return std::ranges::all_of(room.desk.parties(), [](const auto& p) { return p->over(); }); };
    REQUIRE(room.until(gone));
    const auto before = descriptors();
    const HostPort where = parse_host_port(room.desk.address());
    for (int i = 0; i < 1000; ++i) {
        tcp::socket socket(room.context);
        socket.connect({asio::ip::make_address(where.host), where.port});
        if (i % 2 == 0) socket.set_option(asio::socket_base::linger(true, 0));
        socket.close();
        room.tick();
    }
    CHECK(room.until([&] { return gone() && descriptors() <= before; }));
    CHECK(room.desk.parties().size() <= LiveDesk::most_kept);
    const auto peer = room.connect();
    CHECK(room.until([&] {
        peer->run();
        return room.party().established();
    }));
}

TEST_CASE("The others run while one is stepped, and whoever is too many is told so", "[viz][live]") {
    Room room;
    LiveOptions options = listening();
    options.max_sessions = 2;
    room.start(std::move(options));
    const auto stepped = room.connect(), running = room.connect(), surplus = room.connect();
    REQUIRE(room.until([&] {
        running->run();
        surplus->heard();
        return room.desk.parties()[1]->party().established() && surplus->all().ends_with('\n');
    }));
    CHECK(surplus->all().find("busy") != std::string::npos);
    CHECK(room.desk.parties()[0]->party().state() == State::choose);
    CHECK(stepped->heard().empty());
}

TEST_CASE("A peer that dies at any step leaves the trace and makes room for the next", "[viz][live]") {
    enum class Death { close, reset, half_close, garbage };
    for (const Death death : {Death::close, Death::reset, Death::half_close, Death::garbage}) {
        for (int at = 0; at <= 9; ++at) {
            INFO("death " << static_cast<int>(death) << " after " << at << " steps");
            Room room;
            room.start();
            auto peer = room.connect();
            const int stepped = step_on(room, *peer, at);
            REQUIRE(stepped == at);
            const State state = room.party().state();
            const std::string where = where_words(room.party());
            const Recording before = room.party().recording();
            switch (death) {
                case Death::close: peer->close(); break;
                case Death::reset: peer->reset(); break;
                case Death::half_close: peer->half_close(); break;
                case Death::garbage: peer->send("\x16\x03\x01 no frame\n"); break;
            }
            const LiveParty& party = *room.desk.chosen();
            if (death == Death::garbage) {
                REQUIRE(room.until([&] { return !party.party().waiting().empty(); }));
            } else {
                REQUIRE(room.until([&] { return party.cut_off(); }));
                CHECK(party.trouble().ends_with(where));
            }
            CHECK(party.party().state() == state); // nothing was done without a step
            CHECK(party.party().recording() == before);
            // Stepping on comes to an end of its own, and only adds.
            int more = 0;
            while (room.desk.step()) REQUIRE(++more < 30);
            room.linger();
            while (room.desk.step()) REQUIRE(++more < 30);
            CHECK(party.party().closed());
            Recording grown = before;
            grow(grown, party.party().recording());
            CHECK(grown == party.party().recording());
            CHECK(recording_from_json(to_json(grown)) == grown);
            // And the next client is welcome, without a restart.
            const auto next = room.connect();
            CHECK(room.desk.chosen()->id() != party.id());
            step_on(room, *next, 20);
            CHECK(room.party().established());
        }
    }
}

TEST_CASE("Single bytes and all at once come to the same", "[viz][live]") {
    for (const bool single : {true, false}) {
        Room room;
        room.start(listening(false));
        const auto peer = room.connect();
        REQUIRE(room.until([&] { return !peer->heard().empty() || !peer->all().empty(); }));
        peer->party().run();
        const std::string key = peer->party().take_output();
        for (std::size_t i = 0; single && i < key.size(); ++i) {
            peer->send(key.substr(i, 1));
            room.tick();
        }
        if (!single) peer->send(key);
        CHECK(room.until([&] { return room.party().established(); }));
    }
}

TEST_CASE("A window that connects says why it cannot, and connects again without a restart", "[viz][live]") {
    asio::io_context context;
    auto acceptor = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const std::uint16_t port = acceptor->local_endpoint().port();
    acceptor.reset();

    Room room;
    room.start({.role = Role::client, .address = {"127.0.0.1", port}, .party = {}});
    CHECK(room.desk.connecting());
    REQUIRE(room.until([&] { return !room.desk.error().empty(); }));
    CHECK(room.desk.error().find("cannot connect") != std::string::npos);
    CHECK(room.desk.parties().empty());

    acceptor = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), port));
    room.desk.again();
    auto server = std::make_unique<Peer>(acceptor->accept(), Role::server);
    REQUIRE(room.until([&] { return room.desk.chosen() != nullptr; }));
    CHECK(room.desk.error().empty());
    step_on(room, *server, 3);
    server->reset();
    REQUIRE(room.until([&] { return room.desk.chosen()->cut_off(); }));
    const std::uint64_t first = room.desk.chosen()->id();
    CHECK(room.desk.chosen()->party().recording().parameters);

    room.desk.again();
    server = std::make_unique<Peer>(acceptor->accept(), Role::server);
    REQUIRE(room.until([&] { return room.desk.chosen()->id() != first; }));
    step_on(room, *server, 20);
    CHECK(room.party().established());
    CHECK(room.desk.find(first)->party().recording().parameters); // what the first left is still there
}

TEST_CASE("A port that is taken is said, and listening works once it is free", "[viz][live]") {
    asio::io_context context;
    auto taken = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    LiveOptions options = listening();
    options.address.port = taken->local_endpoint().port();
    Room room;
    room.desk.start(std::move(options));
    REQUIRE(room.until([&] { return !room.desk.error().empty(); }));
    CHECK(room.desk.error().find("cannot listen") != std::string::npos);
    taken.reset();
    room.desk.again();
    REQUIRE(room.until([&] { return !room.desk.address().empty(); }));
    CHECK(room.desk.error().empty());
}

TEST_CASE("Each action of a stepped party leads to a step of the trace or to none", "[viz][live]") {
    Room room;
    room.start();
    const auto peer = room.connect();
    for (int i = 0; i < 9; ++i) {
        step_on(room, *peer, 1);
        const Node node = step_of_action(room.party().recording(), Role::server, *room.desk.chosen()->last_done());
        if (node.depth() > 0) CHECK(StepTree(room.party().recording()).contains(node));
    }
    CHECK(room.party().established());
}

namespace {

// The window with a live exchange in it: the desk's rooms, driven by frames.
struct LiveWindow {
    explicit LiveWindow(LiveOptions options = listening()) : window(waiting()) {
        window.app.show(ViewName::live);
        window.app.live().start(std::move(options));
        REQUIRE(until([&] { return !window.app.live().address().empty(); }));
    }
    static Recording waiting() {
        Recording recording;
        recording.connected = true;
        return recording;
    }
    template <class Condition>
    bool until(Condition holds) {
        for (int i = 0; i < 2000; ++i) {
            text = window.frame();
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return false;
    }
    std::unique_ptr<Peer> connect() {
        tcp::socket socket(context);
        const HostPort where = parse_host_port(window.app.live().address());
        const std::size_t before = window.app.live().parties().size();
        socket.connect({asio::ip::make_address(where.host), where.port});
        REQUIRE(until([&] { return window.app.live().parties().size() > before; }));
        return std::make_unique<Peer>(std::move(socket));
    }
    void press(Key key) {
        window.app.press({.key = key});
        text = window.frame();
    }
    /// Steps with `key` until the party waits and the peer has nothing more to say.
    void step_through(Peer& peer, Key key) {
        for (int i = 0; i < 40; ++i) {
            const bool can = until([&] {
                peer.run();
                const Party& party = window.app.live().chosen()->party();
                return party.next_action() || party.established();
            });
            if (!can || !window.app.live().chosen()->party().next_action()) return;
            press(key);
        }
    }

    viz::testing::NullWindow window;
    asio::io_context context;
    std::string text;
};

} // namespace

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
    REQUIRE(live.until([&] {
        peer->run();
        return live.window.app.live().chosen()->party().established();
    }));
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
        for (int i = 1; i <= static_cast<int>(view_count); ++i) {
            live.press(key_of(static_cast<char>('0' + i)));
            live.window.frame();
            Canvas::take_cut_text();
            live.window.frame();
            INFO("view " << i);
            CHECK(Canvas::take_cut_text().empty());
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
            Canvas::take_cut_text();
            live.window.frame();
            INFO(width << "x" << height << ", scale " << scale);
            CHECK(Canvas::take_cut_text().empty());
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
    CHECK(live.text.find("The connection broke") != std::string::npos);
    const auto second = live.connect();
    live.press(key_of('1'));
    CHECK(live.window.app.session().recording.messages.empty());
    CHECK(live.window.app.session().trace.tree().total() == 1);
    live.press(key_of('b'));
    CHECK(live.window.app.session().recording.party(Role::server).derived);
}

TEST_CASE("M shows the same trace as server, client and eavesdropper and names what is unknown", "[viz][live]") {
    viz::testing::NullWindow window(samples::exchange());
    const std::uint64_t whole = window.app.session().id;
    const auto press_m = [&] {
        window.app.press({.key = key_of('m')});
        window.frame();
        return window.frame();
    };
    window.app.go_to("keys/client.private");
    window.frame();
    std::string text = press_m();
    CHECK(window.app.session().viewer == Viewer::server);
    CHECK(window.address() == "keys");
    CHECK(text.find("keys/client.private is unknown here") != std::string::npos);
    CHECK(text.find("never sends it") != std::string::npos);
    CHECK_FALSE(window.app.session().recording.party(Role::client).private_key);
    press_m();
    CHECK(window.app.session().viewer == Viewer::client);
    CHECK(window.address() == "keys/client.private");
    press_m();
    CHECK(window.app.session().viewer == Viewer::eavesdropper);
    CHECK(window.address() == "keys");
    CHECK(is_overheard(window.app.session().recording));
    press_m();
    CHECK(window.app.session().id == whole);
    CHECK(window.address() == "keys/client.private");
    CHECK_THROWS_WITH(StepTree(seen_by(samples::exchange(), Viewer::client)).at("keys/server.private"),
                      Catch::Contains("is not known here"));
}

TEST_CASE("What each viewer has of a recording holds against itself, and every missing step has its reason",
          "[core][viewer]") {
    const Recording whole = samples::exchange();
    const StepTree all(whole);
    for (const Viewer viewer : {Viewer::server, Viewer::client, Viewer::eavesdropper}) {
        const Recording recording = seen_by(whole, viewer);
        CHECK_NOTHROW(check_recording(recording));
        CHECK(seen_by(recording, viewer) == recording);
        const StepTree tree(recording);
        for (std::uint64_t i = 1; i <= all.total(); ++i) {
            const Node node = all.at_number(i);
            const bool below = node.depth() > 2;
            if (!tree.contains(node) && !below) {
                INFO(name(viewer));
                CHECK_FALSE(why_unknown(recording, node).empty());
            }
            if (tree.contains(node)) CHECK(why_unknown(recording, node).empty());
        }
    }
}

TEST_CASE("Followers go along with a lecture, leave it by a move of their own, and rejoin", "[viz][live]") {
    const Recording recording = samples::exchange();
    Publisher publisher({"127.0.0.1", 0}, nullptr);
    viz::testing::NullWindow window(LiveWindow::waiting());
    std::string place = "keys";
    std::uint64_t version = 1;
    const Recording* published = &recording;
    std::string text;
    const auto until = [&](auto holds) {
        for (int i = 0; i < 3000; ++i) {
            publisher.tick();
            publisher.show(*published, version, place);
            text = window.frame();
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return false;
    };
    REQUIRE(until([&] { return !publisher.address().empty(); }));
    window.app.follow(parse_host_port(publisher.address()));
    REQUIRE(until([&] { return window.address() == "keys"; }));
    CHECK(window.app.session().recording == recording);
    CHECK(publisher.followers() == 1);
    place = "message.1/encrypt/block.1/round.5/sbox.3";
    REQUIRE(until([&] { return window.address() == place; }));
    window.app.press({.key = Key::up});
    REQUIRE(until([&] { return text.find("left the lecture") != std::string::npos; }));
    place = "secret";
    int frames = 0;
    REQUIRE(until([&] { return ++frames == 50; }));
    CHECK(window.address() == "message.1/encrypt/block.1/round.5");
    window.app.press({.key = key_of('f')});
    REQUIRE(until([&] { return window.address() == "secret"; }));
    // Another recording takes the place of the one before.
    const Recording other = seen_by(recording, Viewer::client);
    published = &other;
    version = 2;
    place = "connect";
    REQUIRE(until([&] { return window.app.session().recording == other && window.address() == "connect"; }));
}

TEST_CASE("A follower believes nothing that does not hold, and goes on", "[viz][live]") {
    asio::io_context context;
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Recording wrong = samples::exchange();
    wrong.party(Role::server).shared = *wrong.party(Role::server).shared + 1;
    const auto line = [](const Recording& recording) {
        std::string text = to_json(recording);
        std::erase(text, '\n');
        return "{\"type\":\"recording\",\"recording\":" + text + "}\n";
    };
    const std::vector<std::string> bad = {"no json\n",
                                          "[]\n",
                                          std::string(100'000, '[') + "\n",
                                          "{\"type\":\"recording\"}\n",
                                          "{\"type\":\"recording\",\"recording\":{}}\n",
                                          "{\"type\":\"at\",\"address\":5}\n",
                                          line(wrong)};
    for (const std::string& bytes : bad) {
        INFO(bytes.substr(0, 60));
        Follower follower({"127.0.0.1", acceptor.local_endpoint().port()}, nullptr);
        tcp::socket socket = acceptor.accept();
        asio::write(socket, asio::buffer(bytes));
        const auto until = [&](auto holds) {
            for (int i = 0; i < 4000 && !holds(); ++i) {
                follower.tick();
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            return holds();
        };
        REQUIRE(until([&] { return !follower.error().empty(); }));
        CHECK_FALSE(follower.take_recording());
        asio::write(socket, asio::buffer(line(samples::exchange()) + "{\"type\":\"at\",\"address\":\"keys\"}\n"));
        std::optional<Recording> good;
        REQUIRE(until([&] {
            if (!good) good = follower.take_recording();
            return good.has_value();
        }));
        CHECK(follower.place() == "keys");
    }
}
