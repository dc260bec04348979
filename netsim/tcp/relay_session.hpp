// A relay on two TCP connections: the client's, and one of its own to the real server. Its one rule is a link's: an end
// that does not read, does not stop or does not answer costs bounded memory and time, and disturbs no other session.
#pragma once

#include <array>
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "netsim/relay/relay.hpp"
#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole {

class RelaySession : public std::enable_shared_from_this<RelaySession> {
  public:
    struct Handlers {
        std::function<void(RelaySession&, const RelayEvent&)> on_event;
        /// Both connections are gone, once; the recordings are whole.
        std::function<void(RelaySession&)> on_end;
    };

    RelaySession(asio::io_context& context, asio::ip::tcp::socket client, std::unique_ptr<Relay> relay,
                 Handlers handlers);

    /// Connects to the server; meanwhile what the client sends waits.
    void start(const asio::ip::tcp::resolver::results_type& server);
    /// As Relay::stop, deliver and drop. A decision of the user is followed at once.
    void stop();
    void deliver();
    void deliver(const std::string& content);
    void drop();
    /// Closes at once; no handler is called any more.
    void abandon();

    Relay& relay() { return *relay_; }
    const Relay& relay() const { return *relay_; }
    /// The client's address, from start() on.
    const std::string& peer() const { return peer_; }
    /// Why a connection could not be made or broke; empty when none did.
    std::string trouble() const;
    bool reached_server() const { return ends_[1].wire != nullptr; }

    unsigned number = 0; // for people

  private:
    using Clock = std::chrono::steady_clock;
    struct End {
        std::shared_ptr<Wire> wire;
        bool gone = false;
    };

    End& end_of(Role side) { return ends_[side == Role::client ? 0 : 1]; }
    Wire::Handlers wire_handlers(Role side);
    void on_connected(const std::error_code& error);
    void pump();
    void serve(Role side);
    void watch_time();
    void end_if_over();

    asio::ip::tcp::socket accepted_, connecting_; // each until it has its wire
    asio::steady_timer timer_;
    std::unique_ptr<Relay> relay_;
    Handlers handlers_;
    std::array<End, 2> ends_;
    std::string peer_, connect_trouble_;
    Clock::time_point started_{};
    bool pumping_ = false, ended_ = false;
};

/// "client", "server#2"
std::string who(const RelaySession& session, Role role);

} // namespace keyhole
