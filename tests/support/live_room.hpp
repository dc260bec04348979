// A live exchange for the tests: the controller with a room around it, and a peer on a real socket whose every byte is
// counted.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "netsim/protocol/party.hpp"
#include "netsim/tcp/asio.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/wait.hpp"
#include "viz/live/live_controller.hpp"

namespace keyhole::viz::testing {

using asio::ip::tcp;

inline Offer toy_offer(Mode mode = Mode::cbc) { return make_offer(*find_group("toy23"), dh::Kdf::sha256, mode); }

inline LiveOptions listening(bool stepping = true) {
    return {.role = Role::server,
            .address = {"127.0.0.1", 0},
            .party = {.offer = toy_offer(), .random = Random::seeded("live")},
            .max_sessions = 64,
            .stepping = stepping};
}

// A peer's end of the connection: its own party, or bytes by hand.
class Peer {
  public:
    explicit Peer(tcp::socket socket, Role role = Role::client, const Offer& offer = toy_offer())
        : socket_(std::move(socket)),
          party_(role, {.offer = role == Role::server ? std::optional(offer) : std::nullopt,
                        .random = Random::seeded("peer")}) {
        socket_.non_blocking(true);
        socket_.set_option(tcp::no_delay(true)); // or each line waits for the other end to acknowledge the one before
    }

    /// What has arrived at the socket since the last call, and is given to the party.
    std::string heard() {
        std::array<char, 65536> buffer{};
        std::string out;
        boost::system::error_code error;
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
        lines_sent_ += std::ranges::count(bytes, '\n');
        boost::system::error_code ignored;
        const std::size_t piece = single_bytes_ ? 1 : bytes.size();
        for (std::size_t i = 0; i < bytes.size(); i += piece)
            asio::write(socket_, asio::buffer(bytes.data() + i, piece), ignored);
    }
    /// Each byte in a packet of its own.
    void send_single_bytes(bool yes) { single_bytes_ = yes; }
    void half_close() { socket_.shutdown(tcp::socket::shutdown_send); }
    void close() { socket_.close(); }
    void reset() {
        socket_.set_option(asio::socket_base::linger(true, 0));
        socket_.close();
    }
    Party& party() { return party_; }
    const std::string& all() const { return all_; }
    std::ptrdiff_t lines_sent() const { return lines_sent_; }
    std::ptrdiff_t lines_heard() const { return std::ranges::count(all_, '\n'); }
    bool ended() const { return ended_; }

  private:
    tcp::socket socket_;
    Party party_;
    std::string all_;
    std::ptrdiff_t lines_sent_ = 0;
    bool ended_ = false, single_bytes_ = false;
};

struct Room {
    Room() { controller.set_wake(waiter.wake()); }
    ~Room() { controller.stop(); }

    void start(LiveOptions options = listening()) {
        controller.start(std::move(options));
        if (controller.options().role == Role::server) REQUIRE(until([&] { return !controller.address().empty(); }));
    }
    std::unique_ptr<Peer> connect() {
        tcp::socket socket(context);
        const HostPort where = parse_host_port(controller.address());
        const auto last = [&] { return controller.parties().empty() ? 0 : controller.parties().back()->id(); };
        const std::uint64_t before = last();
        socket.connect({asio::ip::make_address(where.host), where.port});
        REQUIRE(until([&] { return last() > before; }));
        return std::make_unique<Peer>(std::move(socket));
    }
    bool tick() { return controller.tick(++now); }
    template <class Condition>
    bool until(Condition holds) {
        return waiter.until([&] {
            tick();
            return holds();
        });
    }
    // Whatever was sent to the one who is stepped has arrived: a client that comes later, and is served at once since
    // it is another, has its parameters.
    void let_bytes_arrive() {
        const auto later = connect();
        REQUIRE(until([&] {
            later->heard();
            return later->lines_heard() > 0;
        }));
    }
    const Party& party() const { return controller.chosen()->party(); }

    asio::io_context context;
    keyhole::testing::Waiter waiter; // before the controller, whose threads call it
    LiveController controller;
    std::uint64_t now = 1000;
};

// Steps the chosen party until it waits, with the peer running by itself when `run_peer`.
inline int step_on(Room& room, Peer& peer, int most) {
    int steps = 0;
    while (steps < most) {
        const bool can = room.until([&] {
            peer.run();
            return room.party().next_action().has_value() || room.party().established() ||
                   room.controller.chosen()->over();
        });
        if (!can || !room.party().next_action()) break;
        room.controller.step();
        ++steps;
    }
    return steps;
}

// The window with a live exchange in it: the controller's rooms, driven by frames.
struct LiveWindow {
    explicit LiveWindow(LiveOptions options = listening()) : window(waiting()) {
        window.app.set_wake(waiter.wake());
        window.app.show(PageName::live);
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
        return waiter.until([&] {
            text = window.frame();
            return holds();
        });
    }
    std::unique_ptr<Peer> connect() {
        tcp::socket socket(context);
        const HostPort where = parse_host_port(window.app.live().address());
        const std::size_t before = window.app.live().parties().size();
        socket.connect({asio::ip::make_address(where.host), where.port});
        REQUIRE(until([&] { return window.app.live().parties().size() > before; }));
        return std::make_unique<Peer>(std::move(socket));
    }
    /// Lets both run until texts may be said.
    void establish(Peer& peer) {
        REQUIRE(until([&] {
            peer.run();
            return window.app.live().chosen()->party().established();
        }));
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

    keyhole::testing::Waiter waiter; // before the window, whose threads call it
    NullWindow window;
    asio::io_context context;
    std::string text;
};

} // namespace keyhole::viz::testing
