// A listening socket that hands on every connection and goes on listening, whatever happens to one of them.
#pragma once

#include <asio.hpp>
#include <functional>
#include <memory>

#include "netsim/host_port.hpp"

namespace keyhole {

/// The addresses of a name. Throws Error (io) when there are none.
asio::ip::tcp::resolver::results_type resolve(asio::io_context& context, const HostPort& address);

class Listener {
  public:
    /// Listens; port 0 takes any free one. Throws Error (io) when the address cannot be had.
    Listener(asio::io_context& context, const HostPort& address, std::function<void(asio::ip::tcp::socket)> on_socket);
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
