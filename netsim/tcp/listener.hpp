// A listening socket that hands on every connection and goes on listening, whatever happens to one of them.
#pragma once

#include <asio.hpp>
#include <functional>
#include <memory>

#include "netsim/tcp/resolve.hpp"

namespace keyhole {

/// Connections beyond a server's max_sessions are told that it is busy; beyond this many more they are just closed.
inline constexpr std::size_t most_turned_away = 64;

class Listener {
  public:
    /// Listens; port 0 takes any free one. Throws Error (io) when the address cannot be had.
    Listener(asio::io_context& context, const HostPort& address, std::function<void(asio::ip::tcp::socket)> on_socket);
    /// The same without waiting for the name, whose addresses were found already.
    Listener(asio::io_context& context, const HostPort& address, const Addresses& found,
             std::function<void(asio::ip::tcp::socket)> on_socket);
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// What is listened on; the port is the real one.
    HostPort address() const;
    /// No new connections.
    void close();

  private:
    void accept();

    std::function<void(asio::ip::tcp::socket)> on_socket_;
    asio::ip::tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // a handler that still waits in the loop asks it first
};

} // namespace keyhole
