#include "viz/live/live_sockets.hpp"

#include <atomic>
#include <limits>
#include <map>
#include <mutex>
#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "netsim/protocol/limits.hpp"
#include "netsim/tcp/dialler.hpp"
#include "netsim/tcp/listener.hpp"
#include "netsim/tcp/loop_thread.hpp"
#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole::viz {
namespace {

using asio::ip::tcp;
using Kind = SocketEvent::Kind;
} // namespace

// What the window calls posts to the thread; the rest is the thread's own.
class LiveSockets::Network {
  public:
    explicit Network(std::function<void()> wake);
    ~Network();

    void listen(const HostPort& address, std::size_t most);
    void connect(const HostPort& address);
    void stop();
    void abandon(std::uint64_t connection);
    template <class Do>
    void with(std::uint64_t connection, Do what);
    bool has_events() const { return has_events_.load(std::memory_order_acquire); }
    std::vector<SocketEvent> take();

    struct Connection;

  private:
    void begin_round(std::function<void()> what);
    void tell(SocketEvent event);
    void fail(const std::string& why) { tell({SocketEvent::Kind::failed, 0, why, running_round_}); }
    void end_round();
    void adopt(asio::ip::tcp::socket socket, std::size_t most);
    void listen_at(const HostPort& address, const Addresses& found, std::size_t most);

    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::vector<SocketEvent> events_;
    std::uint64_t round_ = 0; // counts listen(), connect() and stop(); the window's
    std::atomic<bool> has_events_{false};

    // The thread's own.
    LoopThread loop_;
    Dialler dialler_{loop_.context()};
    std::uint64_t running_round_ = 0;
    std::optional<Listener> listener_;
    std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
    std::uint64_t last_ = 0;
    bool ending_ = false;
};

struct LiveSockets::Network::Connection final : StreamUser {
    Connection(Network& owner, std::uint64_t number) : sockets(owner), id(number) {}

    void on_bytes(ByteView bytes) override { sockets.tell({Kind::bytes, id, to_string(bytes)}); }
    void on_end_of_input() override { tell(Kind::input_over); }
    // What is confirmed later than it drained is no second draining.
    void on_progress() override {
        const bool drained = stream->backlog() == 0 && std::exchange(waits, false);
        tell(drained ? Kind::drained : Kind::progress);
    }
    void on_gone() override {
        tell(Kind::gone);
        sockets.connections_.erase(id);
        if (sockets.ending_ && sockets.connections_.empty()) sockets.loop_.end_now();
    }
    void tell(Kind kind) const {
        sockets.tell(
            {.kind = kind, .connection = id, .text = {}, .loss = stream->loss(), .confirmed = stream->confirmed()});
    }

    Network& sockets;
    std::uint64_t id;
    std::shared_ptr<TcpStream> stream;
    bool waits = false; // something was written and has not drained
};

LiveSockets::Network::Network(std::function<void()> wake)
    : wake_(std::move(wake)), loop_([this](const std::string& why) { fail(why); }) {}

LiveSockets::Network::~Network() {
    loop_.end([this] {
        end_round();
        ++running_round_;
        ending_ = true;
        for (const auto& [id, connection] : std::map(connections_)) connection->stream->finish();
        return !connections_.empty();
    });
    for (const auto& [id, connection] : connections_) connection->stream->abandon();
}

void LiveSockets::Network::tell(SocketEvent event) {
    {
        const std::lock_guard lock(mutex_);
        // Of a row of these only the last one tells anything.
        const bool again = !events_.empty() && events_.back().kind == event.kind &&
                           (event.kind == Kind::progress || event.kind == Kind::drained) &&
                           events_.back().connection == event.connection;
        if (again) {
            events_.back() = std::move(event);
        } else {
            events_.push_back(std::move(event));
        }
        has_events_.store(true, std::memory_order_release);
    }
    if (wake_) wake_();
}

std::vector<SocketEvent> LiveSockets::Network::take() {
    std::vector<SocketEvent> events;
    {
        const std::lock_guard lock(mutex_);
        has_events_.store(false, std::memory_order_release);
        events = std::exchange(events_, {});
    }
    std::erase_if(events, [this](const SocketEvent& event) {
        const bool begins = event.kind == Kind::listening || event.kind == Kind::failed || event.kind == Kind::opened;
        const bool old = begins && event.round != round_;
        if (old && event.kind == Kind::opened) abandon(event.connection);
        return old;
    });
    return events;
}

// Only the last listen() or connect() counts: a new one calls off the one before.
void LiveSockets::Network::begin_round(std::function<void()> what) {
    loop_.post([this, what = std::move(what), round = ++round_] {
        end_round();
        running_round_ = round;
        what();
    });
}

void LiveSockets::Network::end_round() {
    dialler_.cancel();
    listener_.reset();
}

void LiveSockets::Network::listen(const HostPort& address, std::size_t most) {
    begin_round([this, address, most] {
        dialler_.look_up(
            address, [this, address, most](const Addresses& found) { listen_at(address, found, most); },
            [this](const std::string& why) { fail(why); });
    });
}

void LiveSockets::Network::listen_at(const HostPort& address, const Addresses& found, std::size_t most) {
    try {
        listener_.emplace(loop_.context(), address, found,
                          [this, most](tcp::socket socket) { adopt(std::move(socket), most); });
        std::string where;
        for (const HostPort& one : listener_->addresses()) where += (where.empty() ? "" : " and ") + to_text(one);
        tell({Kind::listening, 0, where, running_round_});
    } catch (const Error& error) {
        fail(error.what());
    }
}

void LiveSockets::Network::connect(const HostPort& address) {
    begin_round([this, address] {
        dialler_.dial(
            address, [this](tcp::socket socket) { adopt(std::move(socket), std::numeric_limits<std::size_t>::max()); },
            [this](const std::string& why) { fail(why); });
    });
}

void LiveSockets::Network::stop() {
    begin_round([] {});
}

void LiveSockets::Network::adopt(tcp::socket socket, std::size_t most) {
    if (connections_.size() >= most) return turn_away(std::move(socket), WireCode::busy, window_is_full);
    const auto connection = std::make_shared<Connection>(*this, ++last_);
    connection->stream = std::make_shared<TcpStream>(std::move(socket), connection);
    connections_.emplace(connection->id, connection);
    tell({Kind::opened, connection->id, connection->stream->peer(), running_round_});
    connection->stream->start();
    connection->stream->read();
}

template <class Do>
void LiveSockets::Network::with(std::uint64_t connection, Do what) {
    loop_.post([this, connection, what = std::move(what)]() mutable {
        const auto found = connections_.find(connection);
        if (found == connections_.end()) return;
        const std::shared_ptr<Connection> kept = found->second; // it may leave the map meanwhile
        what(*kept);
    });
}

void LiveSockets::Network::abandon(std::uint64_t connection) {
    with(connection, [this, connection](Connection& one) {
        one.stream->abandon();
        connections_.erase(connection);
    });
}

LiveSockets::LiveSockets(std::function<void()> wake) : network_(std::make_unique<Network>(std::move(wake))) {}
LiveSockets::~LiveSockets() = default;

void LiveSockets::listen(const HostPort& address, std::size_t most) { network_->listen(address, most); }
void LiveSockets::connect(const HostPort& address, std::string_view /*path*/) { network_->connect(address); }
void LiveSockets::stop() { network_->stop(); }
void LiveSockets::abandon(std::uint64_t connection) { network_->abandon(connection); }
bool LiveSockets::has_events() const { return network_->has_events(); }
std::vector<SocketEvent> LiveSockets::take() { return network_->take(); }

void LiveSockets::read(std::uint64_t connection) {
    network_->with(connection, [](Network::Connection& one) { one.stream->read(); });
}

void LiveSockets::write(std::uint64_t connection, std::string bytes) {
    network_->with(connection, [bytes = std::move(bytes)](Network::Connection& one) mutable {
        one.waits = true;
        one.stream->write(std::move(bytes));
    });
}

void LiveSockets::half_close(std::uint64_t connection) {
    network_->with(connection, [](Network::Connection& one) { one.stream->half_close(); });
}

void LiveSockets::finish(std::uint64_t connection) {
    network_->with(connection, [](Network::Connection& one) { one.stream->finish(); });
}

} // namespace keyhole::viz
