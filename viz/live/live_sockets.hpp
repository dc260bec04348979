// The sockets of a live window, on a thread of their own, so that the window never waits for the network. Only bytes
// cross over: what happened waits in a queue until the window takes it, what is to be sent is posted. A connection is
// read again only when it is told to, so that no peer fills memory.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "netsim/protocol/byte_stream.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/dialler.hpp"
#include "netsim/tcp/listener.hpp"

namespace keyhole::viz {

struct SocketEvent {
    enum class Kind {
        listening,  // text: the address, with the real port
        failed,     // listening or connecting did not work; text: why, one line
        opened,     // text: the peer's address
        bytes,      // text: what arrived; read() asks for more
        input_over, // the peer sends nothing more; loss: why
        progress,   // the peer took bytes that waited, or confirmed some
        drained,    // and none waits any more
        gone,       // closed for good; loss: how
    };
    Kind kind = Kind::failed;
    std::uint64_t connection = 0;
    std::string text;
    std::uint64_t round = 0; // of the first three: which listen() or connect() they belong to
    Loss loss = {};
    std::uint64_t confirmed = 0; // of the last three, as of a ByteStream
};

class LiveSockets {
  public:
    /// `wake` is called from the other thread whenever there is an event.
    explicit LiveSockets(std::function<void()> wake);
    /// Gives what waits to be sent a moment, then closes everything.
    ~LiveSockets();
    LiveSockets(const LiveSockets&) = delete;
    LiveSockets& operator=(const LiveSockets&) = delete;

    /// More connections than `most` at a time are told that the server is busy, and closed.
    void listen(const HostPort& address, std::size_t most);
    void connect(const HostPort& address);
    /// Makes no more connections; events of those that were being made are dropped.
    void stop();

    // As of a ByteStream.
    void read(std::uint64_t connection);
    void write(std::uint64_t connection, std::string bytes);
    void half_close(std::uint64_t connection);
    void finish(std::uint64_t connection);
    /// Closed at once; no more events of it.
    void abandon(std::uint64_t connection);

    bool has_events() const { return has_events_.load(std::memory_order_acquire); }
    std::vector<SocketEvent> take();

  private:
    struct Connection;

    void begin_round(std::function<void()> what);
    void tell(SocketEvent event);
    void fail(const std::string& why) { tell({SocketEvent::Kind::failed, 0, why, running_round_}); }
    void end_round();
    void adopt(asio::ip::tcp::socket socket, std::size_t most);
    void listen_at(const HostPort& address, const Addresses& found, std::size_t most);
    template <class Do>
    void with(std::uint64_t connection, Do what);

    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::vector<SocketEvent> events_;
    std::uint64_t round_ = 0; // counts listen(), connect() and stop(); the window's
    std::atomic<bool> has_events_{false};

    // The thread's own.
    asio::io_context context_{1};
    Dialler dialler_{context_};
    std::uint64_t running_round_ = 0;
    std::optional<Listener> listener_;
    std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
    std::uint64_t last_ = 0;
    std::thread thread_;
};

/// The window's end of one of these connections.
class LiveStream final : public ByteStream {
  public:
    LiveStream(LiveSockets& sockets, std::uint64_t id) : sockets_(sockets), id_(id) {}

    void read() override;
    void write(std::string bytes) override;
    void half_close() override { sockets_.half_close(id_); }
    void finish() override;
    std::size_t backlog() const override { return on_the_way_; }
    std::uint64_t confirmed() const override { return confirmed_; }
    const Loss& loss() const override { return loss_; }

    /// Hands an event of this connection to the stream's user.
    void hand_on(const SocketEvent& event, StreamUser& user);

  private:
    LiveSockets& sockets_;
    std::uint64_t id_;
    std::size_t on_the_way_ = 0; // bytes written since all had got away last
    std::uint64_t confirmed_ = 0;
    Loss loss_;
    bool reading_ = true, finished_ = false; // a connection is read as soon as it is made
};

} // namespace keyhole::viz
