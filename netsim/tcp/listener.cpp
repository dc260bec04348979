#include "netsim/tcp/listener.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

// accept() fails when no file descriptor is left; other connections need a moment to free some.
constexpr auto accept_pause = 100ms;

HostPort to_host_port(const tcp::endpoint& endpoint) { return {endpoint.address().to_string(), endpoint.port()}; }

tcp::acceptor listen_on(asio::io_context& context, const tcp::endpoint& endpoint, bool one_of_several) {
    tcp::acceptor acceptor(context, endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    // Else the IPv6 address "any" would take the port of the IPv4 one as well.
    if (one_of_several && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true));
    acceptor.bind(endpoint);
    acceptor.listen();
    return acceptor;
}

// asio's own category compares with no std::errc.
bool family_is_missing(const boost::system::error_code& error) {
    return error.value() == EAFNOSUPPORT || error.value() == EADDRNOTAVAIL;
}

} // namespace

// One listening socket.
struct Listener::Door {
    Door(asio::io_context& context, const tcp::endpoint& endpoint, bool one_of_several)
        : acceptor(listen_on(context, endpoint, one_of_several)), pause(context) {}

    tcp::acceptor acceptor;
    asio::steady_timer pause;
};

Listener::Listener(asio::io_context& context, const HostPort& address, std::function<void(tcp::socket)> on_socket)
    : Listener(context, address, resolve(context, address), std::move(on_socket)) {}

Listener::Listener(asio::io_context& context, const HostPort& address, const Addresses& found,
                   std::function<void(tcp::socket)> on_socket)
    : on_socket_(std::move(on_socket)) {
    boost::system::error_code left_out;
    for (const auto& entry : found) {
        tcp::endpoint endpoint = entry.endpoint();
        if (!addresses_.empty()) endpoint.port(addresses_.front().port);
        if (std::ranges::find(addresses_, to_host_port(endpoint)) != addresses_.end()) continue;
        try {
            doors_.push_back(std::make_shared<Door>(context, endpoint, found.size() > 1));
        } catch (const boost::system::system_error& error) {
            left_out = error.code();
            if (family_is_missing(left_out)) continue;
            throw io_error(fmt::format("cannot listen on {} ({}; choose another address or port)",
                                       to_text(to_host_port(endpoint)), left_out.message()));
        }
        addresses_.push_back(to_host_port(doors_.back()->acceptor.local_endpoint()));
    }
    if (doors_.empty())
        throw io_error(fmt::format("cannot listen on {} ({}: it is no address of this machine; choose another)",
                                   to_text(address), left_out.message()));
    for (const auto& door : doors_) accept(door);
}

void Listener::close() {
    boost::system::error_code ignored;
    for (const auto& door : doors_) {
        door->acceptor.close(ignored);
        door->pause.cancel();
    }
}

void Listener::accept(const std::shared_ptr<Door>& door) {
    const std::weak_ptr<bool> alive = alive_;
    door->acceptor.async_accept([this, door, alive](boost::system::error_code error, tcp::socket socket) {
        if (alive.expired() || !door->acceptor.is_open()) return;
        if (!error) {
            on_socket_(std::move(socket));
            return accept(door);
        }
        door->pause.expires_after(accept_pause);
        door->pause.async_wait([this, door, alive](boost::system::error_code stopped) {
            if (!stopped && !alive.expired() && door->acceptor.is_open()) accept(door);
        });
    });
}

void turn_away(tcp::socket socket, WireCode code, std::string_view detail) {
    const std::string line = encode_frame(ErrorFrame{std::string(name(code)), std::string(detail)}) + "\n";
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(line), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
}

} // namespace keyhole
