#include "viz/live/live_sockets.hpp"

#include <limits>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole::viz {
namespace {

using asio::ip::tcp;
using Kind = SocketEvent::Kind;
using namespace std::chrono_literals;

constexpr auto parting = 300ms; // for the last bytes when the window closes

} // namespace

struct LiveSockets::Connection final : StreamUser {
    Connection(LiveSockets& owner, std::uint64_t number) : sockets(owner), id(number) {}

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
    }
    void tell(Kind kind) const {
        sockets.tell(
            {.kind = kind, .connection = id, .text = {}, .loss = stream->loss(), .confirmed = stream->confirmed()});
    }

    LiveSockets& sockets;
    std::uint64_t id;
    std::shared_ptr<TcpStream> stream;
    bool waits = false; // something was written and has not drained
};

LiveSockets::LiveSockets(std::function<void()> wake)
    : wake_(std::move(wake)), thread_([this] {
          const auto work = asio::make_work_guard(context_);
          while (!context_.stopped()) {
              try {
                  context_.run();
              } catch (const std::exception& error) {
                  fail(escape_controls(error.what()));
              }
          }
      }) {}

LiveSockets::~LiveSockets() {
    asio::post(context_, [this] {
        end_round();
        ++running_round_;
        for (const auto& [id, connection] : std::map(connections_)) connection->stream->finish();
        if (connections_.empty()) return context_.stop();
        auto timer = std::make_shared<asio::steady_timer>(context_, parting);
        timer->async_wait([this, timer](const boost::system::error_code&) { context_.stop(); });
    });
    thread_.join();
    for (const auto& [id, connection] : connections_) connection->stream->abandon();
}

void LiveSockets::tell(SocketEvent event) {
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

std::vector<SocketEvent> LiveSockets::take() {
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
void LiveSockets::begin_round(std::function<void()> what) {
    asio::post(context_, [this, what = std::move(what), round = ++round_] {
        end_round();
        running_round_ = round;
        what();
    });
}

void LiveSockets::end_round() {
    dialler_.cancel();
    listener_.reset();
}

void LiveSockets::listen(const HostPort& address, std::size_t most) {
    begin_round([this, address, most] {
        dialler_.look_up(
            address, [this, address, most](const Addresses& found) { listen_at(address, found, most); },
            [this](const std::string& why) { fail(why); });
    });
}

void LiveSockets::listen_at(const HostPort& address, const Addresses& found, std::size_t most) {
    try {
        listener_.emplace(context_, address, found,
                          [this, most](tcp::socket socket) { adopt(std::move(socket), most); });
        std::string where;
        for (const HostPort& one : listener_->addresses()) where += (where.empty() ? "" : " and ") + to_text(one);
        tell({Kind::listening, 0, where, running_round_});
    } catch (const Error& error) {
        fail(error.what());
    }
}

void LiveSockets::connect(const HostPort& address) {
    begin_round([this, address] {
        dialler_.dial(
            address, [this](tcp::socket socket) { adopt(std::move(socket), std::numeric_limits<std::size_t>::max()); },
            [this](const std::string& why) { fail(why); });
    });
}

void LiveSockets::stop() {
    begin_round([] {});
}

void LiveSockets::adopt(tcp::socket socket, std::size_t most) {
    if (connections_.size() >= most) return turn_away(std::move(socket), WireCode::busy, window_is_full);
    const auto connection = std::make_shared<Connection>(*this, ++last_);
    connection->stream = std::make_shared<TcpStream>(std::move(socket), connection);
    connections_.emplace(connection->id, connection);
    tell({Kind::opened, connection->id, connection->stream->peer(), running_round_});
    connection->stream->start();
    connection->stream->read();
}

template <class Do>
void LiveSockets::with(std::uint64_t connection, Do what) {
    asio::post(context_, [this, connection, what = std::move(what)]() mutable {
        const auto found = connections_.find(connection);
        if (found == connections_.end()) return;
        const std::shared_ptr<Connection> kept = found->second; // it may leave the map meanwhile
        what(*kept);
    });
}

void LiveSockets::read(std::uint64_t connection) {
    with(connection, [](Connection& one) { one.stream->read(); });
}

void LiveSockets::write(std::uint64_t connection, std::string bytes) {
    with(connection, [bytes = std::move(bytes)](Connection& one) mutable {
        one.waits = true;
        one.stream->write(std::move(bytes));
    });
}

void LiveSockets::half_close(std::uint64_t connection) {
    with(connection, [](Connection& one) { one.stream->half_close(); });
}

void LiveSockets::finish(std::uint64_t connection) {
    with(connection, [](Connection& one) { one.stream->finish(); });
}

void LiveSockets::abandon(std::uint64_t connection) {
    with(connection, [this, connection](Connection& one) {
        one.stream->abandon();
        connections_.erase(connection);
    });
}

void LiveStream::read() {
    if (!std::exchange(reading_, true)) sockets_.read(id_);
}

void LiveStream::write(std::string bytes) {
    on_the_way_ += bytes.size();
    sockets_.write(id_, std::move(bytes));
}

void LiveStream::finish() {
    if (!std::exchange(finished_, true)) sockets_.finish(id_);
}

void LiveStream::hand_on(const SocketEvent& event, StreamUser& user) {
    switch (event.kind) {
        case Kind::bytes:
            reading_ = false;
            user.on_bytes(to_bytes(event.text));
            break;
        case Kind::input_over:
            loss_ = event.loss;
            user.on_end_of_input();
            break;
        case Kind::drained: on_the_way_ = 0; [[fallthrough]];
        case Kind::progress:
            confirmed_ = event.confirmed;
            user.on_progress();
            break;
        case Kind::gone:
            loss_ = event.loss;
            confirmed_ = event.confirmed;
            user.on_gone();
            break;
        default: break;
    }
}

} // namespace keyhole::viz
