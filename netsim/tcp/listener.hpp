// A listening socket that hands on every connection and goes on listening, whatever happens to one of them.
#pragma once

#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "netsim/tcp/host_port.hpp"

namespace keyhole {

/// The addresses of a name. Throws Error (io) when there are none.
asio::ip::tcp::resolver::results_type resolve(asio::io_context& context, const HostPort& address);

/// Why a name has no address, as one line.
std::string unknown_host(const HostPort& address, const std::error_code& error);

/// Connections beyond a server's max_sessions are told that it is busy; beyond this many more they are just closed.
inline constexpr std::size_t most_turned_away = 64;

/// How long a server may take to answer.
inline constexpr std::chrono::seconds connect_limit{30};
/// Why there is no connection to it, as one line.
std::string cannot_connect(const HostPort& address, const std::error_code& error);

class Listener {
  public:
    /// Listens; port 0 takes any free one. Throws Error (io) when the address cannot be had.
    Listener(asio::io_context& context, const HostPort& address, std::function<void(asio::ip::tcp::socket)> on_socket);
    /// The same without waiting for the name: `found` is what it stands for, not empty.
    Listener(asio::io_context& context, const HostPort& address, const asio::ip::tcp::resolver::results_type& found,
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
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // what still waits in the loop asks it first
};

} // namespace keyhole
