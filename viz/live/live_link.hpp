// The sockets of a live window, on a thread of their own. Only bytes cross over: what happened waits in a queue until
// the window takes it, what is to be sent is posted. A connection is read again only when it is told to, so that no
// peer fills memory.
#pragma once

#include <asio.hpp>
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

#include "netsim/tcp/listener.hpp"
#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole::viz {

struct LiveNews {
    enum class Kind {
        listening,  // text: the address, with the real port
        failed,     // listening or connecting did not work; text: one line
        opened,     // text: the peer's address
        bytes,      // text: what arrived; read() asks for more
        input_over, // the peer sends nothing more; text: why the connection broke, empty where it ended in peace
        progress,   // bytes of ours got away
        drained,    // and with them all that was to be sent
        gone,       // closed for good; text: as above
    };
    Kind kind = Kind::failed;
    std::uint64_t connection = 0;
    std::string text;
    std::uint64_t round = 0; // of the first three: which listen() or connect() they belong to
};

class LiveLink {
  public:
    /// `wake` is called from the other thread whenever there is something new.
    explicit LiveLink(std::function<void()> wake);
    /// Gives what waits to be sent a moment, then closes everything.
    ~LiveLink();
    LiveLink(const LiveLink&) = delete;
    LiveLink& operator=(const LiveLink&) = delete;

    /// More connections than `most` at a time are closed at once.
    void listen(const HostPort& address, std::size_t most);
    void connect(const HostPort& address);
    /// No new connections, and none that is still being made; what is still to be told of them is dropped.
    void stop();

    void read(std::uint64_t connection);
    void write(std::uint64_t connection, std::string bytes);
    /// Nothing more is sent; closed as soon as the peer closes, or soon.
    void finish(std::uint64_t connection);
    /// Closed at once; no more news of it.
    void abandon(std::uint64_t connection);

    bool has_news() const { return has_news_.load(std::memory_order_acquire); }
    std::vector<LiveNews> take();

  private:
    void tell(LiveNews news);
    void fail(const std::string& why) { tell({LiveNews::Kind::failed, 0, why, running_round_}); }
    void end_round();
    void adopt(asio::ip::tcp::socket socket, std::size_t most);
    void listen_at(const HostPort& address, const asio::ip::tcp::resolver::results_type& found, std::size_t most);
    void dial(const HostPort& address, const asio::ip::tcp::resolver::results_type& found);
    template <class Then>
    void look_up(const HostPort& address, Then then);
    template <class Do>
    void with(std::uint64_t connection, Do what);

    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::vector<LiveNews> news_;
    std::uint64_t round_ = 0; // the window's
    std::atomic<bool> has_news_{false};

    // The thread's own.
    asio::io_context context_{1};
    asio::ip::tcp::resolver resolver_{context_};
    std::uint64_t running_round_ = 0;
    std::optional<Listener> listener_;
    std::shared_ptr<asio::ip::tcp::socket> dialling_;
    std::map<std::uint64_t, std::shared_ptr<Wire>> wires_;
    std::uint64_t last_ = 0;
    std::thread thread_;
};

} // namespace keyhole::viz
