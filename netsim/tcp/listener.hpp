// Listening sockets, one for each address of a host, that hand on every connection and go on listening, whatever
// happens to one of them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "netsim/protocol/limits.hpp"
#include "netsim/protocol/message.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/resolve.hpp"

namespace keyhole {

class Listener {
  public:
    /// Listens on every address of the host; port 0 takes any free one, the same for all. Throws Error (io) when one of
    /// them cannot be had; those of a family that this machine does not have are left out as long as one is left.
    Listener(asio::io_context& context, const HostPort& address, std::function<void(asio::ip::tcp::socket)> on_socket);
    /// The same without waiting for the name, whose addresses were found already.
    Listener(asio::io_context& context, const HostPort& address, const Addresses& found,
             std::function<void(asio::ip::tcp::socket)> on_socket);
    ~Listener() { close(); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    /// What is listened on, at least one; the port is the real one.
    const std::vector<HostPort>& addresses() const { return addresses_; }
    /// No new connections.
    void close();

  private:
    struct Door;
    void accept(const std::shared_ptr<Door>& door);

    std::function<void(asio::ip::tcp::socket)> on_socket_;
    std::vector<std::shared_ptr<Door>> doors_;
    std::vector<HostPort> addresses_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // a handler that still waits in the loop asks it first
};

/// For those beyond every place: writes one error as far as the system takes it at once, and closes.
void turn_away(asio::ip::tcp::socket socket, WireCode code, std::string_view detail);

} // namespace keyhole
