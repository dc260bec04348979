// The sockets of a live window, on a thread of their own, so that the window never waits for the network. Only bytes
// cross over: what happened waits in a queue until the window takes it, what is to be sent is posted. A connection is
// read again only when it is told to, so that no peer fills memory. (In a browser they are WebSockets, and nobody
// connects to it: live_sockets_web.cpp.)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "netsim/protocol/byte_stream.hpp"
#include "netsim/tcp/host_port.hpp"

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
    /// `path` is that of the WebSocket, in a browser.
    void connect(const HostPort& address, std::string_view path);
    /// Makes no more connections; events of those that were being made are dropped.
    void stop();

    // As of a ByteStream.
    void read(std::uint64_t connection);
    void write(std::uint64_t connection, std::string bytes);
    void half_close(std::uint64_t connection);
    void finish(std::uint64_t connection);
    /// Closed at once; no more events of it.
    void abandon(std::uint64_t connection);

    bool has_events() const;
    std::vector<SocketEvent> take();

    class Network; // what does it: asio on a thread, or a browser

  private:
    std::unique_ptr<Network> network_;
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
