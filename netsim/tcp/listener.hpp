// Listening sockets, one for each address of a host, that hand on every connection and go on listening, whatever
// happens to one of them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "netsim/protocol/message.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/resolve.hpp"

namespace keyhole {

inline constexpr std::size_t default_max_sessions = 256;
/// Connections beyond a server's max_sessions have this many places in which they are told that it is busy, and their
/// bytes are read; beyond these one line is written to each and it is closed.
inline constexpr std::size_t most_turned_away = 64;
/// Where no place is free, a client that has not said one byte for so long has to give up its own.
inline constexpr std::chrono::seconds longest_silence{30};
inline constexpr std::string_view gives_its_place_away = "not a byte came, and another client needs the place";
inline constexpr std::string_view server_is_full = "the server has all the clients it takes";
inline constexpr std::string_view window_is_full = "the window has all the clients it takes";

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
