// Where links come from: a server that listens and keeps its clients apart, and a client that connects. One thread; no
// exception leaves a handler.
#pragma once

#include <asio.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "netsim/tcp/listener.hpp"
#include "netsim/tcp/party_connection.hpp"

namespace keyhole {

struct ServerOptions {
    HostPort listen; // port 0: any free one
    std::size_t max_sessions = 64;
    PartyOptions party; // with the offer; copied for each client
};

class Server {
  public:
    /// Listens. Throws Error: io when the address cannot be had.
    Server(asio::io_context& context, ServerOptions options, Link::Handlers handlers);
    /// Abandons the connections that are left: close() and stop_all() first, and wait for connections() == 0.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// What is listened on; the port is the real one.
    HostPort address() const { return listener_.address(); }
    /// The clients whose handshake is done and whose chat is not over. `Link::number` counts them from 1 in the order
    /// in which their handshakes were done.
    std::vector<std::shared_ptr<Link>> clients() const;
    /// Connections that are not gone yet, whatever their state.
    std::size_t connections() const { return links_.size(); }

    /// No new connections. Those that are there go on.
    void close() { listener_.close(); }
    /// As Link::bye or Link::stop for every connection. Those before their handshake are stopped either way.
    void bye_all();
    void stop_all();

  private:
    void adopt(asio::ip::tcp::socket socket);

    ServerOptions options_;
    Link::Handlers handlers_;
    std::vector<std::shared_ptr<Link>> links_;
    unsigned last_number_ = 0;
    Listener listener_; // goes first: it hands connections to the rest
};

/// Connects and starts a client's link. Throws Error (io) when the name is unknown or nobody answers within 30 s.
std::shared_ptr<Link> connect_client(asio::io_context& context, const HostPort& address, PartyOptions options,
                                     Link::Handlers handlers);

} // namespace keyhole
