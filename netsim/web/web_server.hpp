// An HTTP and WebSocket server for a class or a chat: GET and HEAD of what a site knows, and its WebSockets. The parser
// is Boost.Beast's. Who sends too much, too slowly, or for another machine is answered with a status and closed;
// nobody else notices. One thread.
#pragma once

#include <memory>
#include <vector>

#include "netsim/tcp/listener.hpp"
#include "netsim/web/web_limits.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole {

class WebServer {
  public:
    /// Listens; port 0 takes any free one. Throws Error (io) when the address cannot be had. The site must outlive it.
    WebServer(asio::io_context& context, const HostPort& listen, WebSite& site, WebLimits limits = {});
    /// Closes all connections at once.
    ~WebServer();
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    /// What is listened on, at least one; the port is the real one.
    const std::vector<HostPort>& addresses() const { return listener_.addresses(); }
    /// No new connections.
    void close() { listener_.close(); }

    struct Room; // what its connections share

  private:
    std::shared_ptr<Room> room_;
    Listener listener_; // destroyed first
};

} // namespace keyhole
