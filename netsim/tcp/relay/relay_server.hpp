// A relay that listens: one session, with one connection of its own to the real server, for every client.
#pragma once

#include <vector>

#include "netsim/tcp/listener.hpp"
#include "netsim/tcp/relay/relay_session.hpp"

namespace keyhole {

struct RelayServerOptions {
    HostPort listen; // port 0: any free one
    HostPort to;
    std::size_t max_sessions = default_max_sessions;
    RelayOptions relay; // copied for each session
    bool hold = false;  // as Relay::hold, from each session's beginning
};

class RelayServer {
  public:
    /// Listens. Throws Error (io) when an address cannot be had; whether the server answers shows with the first
    /// client.
    RelayServer(asio::io_context& context, const RelayServerOptions& options, RelaySession::Handlers handlers);
    /// The same without waiting for the two names, whose addresses were found already.
    RelayServer(asio::io_context& context, RelayServerOptions options, RelaySession::Handlers handlers,
                const Addresses& listen, Addresses to);
    /// Abandons the sessions that are left: close() and stop_all() first, and wait until none is left.
    ~RelayServer();
    RelayServer(const RelayServer&) = delete;
    RelayServer& operator=(const RelayServer&) = delete;

    HostPort address() const { return listener_.addresses().front(); }
    /// A name may have several.
    const std::vector<HostPort>& addresses() const { return listener_.addresses(); }
    /// In the order in which their clients came.
    const std::vector<std::shared_ptr<RelaySession>>& sessions() const { return sessions_; }
    /// No new clients. Those that are there go on.
    void close() { listener_.close(); }
    void stop_all();
    void stop_others(const RelaySession& one);

  private:
    void adopt(asio::ip::tcp::socket socket);

    asio::io_context& context_;
    RelayServerOptions options_;
    RelaySession::Handlers handlers_;
    Addresses server_;
    std::vector<std::shared_ptr<RelaySession>> sessions_;
    Listener listener_; // destroyed first, for it hands connections to the rest
};

} // namespace keyhole
