// A relay on two TCP connections: the client's, and one of its own to the real server. An end that does not read, does
// not stop or does not answer costs bounded memory and time, and disturbs no other session.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>

#include "netsim/protocol/pump.hpp"
#include "netsim/relay/relay_end.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/dialler.hpp"
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

    /// Connects to the server, whose addresses are known; meanwhile what the client sends waits.
    void start(const HostPort& server, const Addresses& addresses);
    /// As Relay::stop, deliver and drop, with all that follows from it at once.
    void stop();
    void deliver();
    void deliver(const std::string& content);
    void drop();
    /// Closes at once; no handler is called any more.
    void abandon();

    Relay& relay() { return *relay_; }
    const Relay& relay() const { return *relay_; }
    /// The client's address, from start() on.
    const std::string& peer() const { return end_of(Role::client).stream->peer(); }
    /// Why the server could not be reached; empty when it was.
    const std::string& connect_trouble() const { return connect_trouble_; }

    unsigned number = 0; // for people

  private:
    struct End {
        End(RelaySession& session, Role role)
            : side(*session.relay_, role), pump(side, [&session] { session.run(); }) {}
        RelayEnd side;
        Pump pump;
        std::shared_ptr<TcpStream> stream; // once there is a connection
    };

    End& end_of(Role side) { return ends_[index(side)]; }
    const End& end_of(Role side) const { return ends_[index(side)]; }
    void join(Role side, asio::ip::tcp::socket socket);
    void run();
    void act();
    void pump();
    void end_if_over();

    asio::ip::tcp::socket client_; // until the stream has it
    Dialler dialler_;
    Ticker ticker_;
    std::unique_ptr<Relay> relay_;
    Handlers handlers_;
    std::array<End, 2> ends_; // by Role
    std::string connect_trouble_;
    bool running_ = false, ended_ = false;
};

/// "client", "server#2"
std::string who(const RelaySession& session, Role role);

} // namespace keyhole
