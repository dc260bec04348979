#include "netsim/tcp/listener.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

using asio::ip::tcp;
using namespace std::chrono_literals;

// accept() fails when no file descriptor is left; other connections need a moment to free some.
constexpr auto accept_pause = 100ms;

tcp::acceptor listen_on(asio::io_context& context, const HostPort& address, const Addresses& found) {
    try {
        return tcp::acceptor(context, found.begin()->endpoint(), true);
    } catch (const std::system_error& error) {
        throw io_error(fmt::format("cannot listen on {} ({}; choose another address or port)", to_text(address),
                                   error.code().message()));
    }
}

} // namespace

Listener::Listener(asio::io_context& context, const HostPort& address, std::function<void(tcp::socket)> on_socket)
    : Listener(context, address, resolve(context, address), std::move(on_socket)) {}

Listener::Listener(asio::io_context& context, const HostPort& address, const Addresses& found,
                   std::function<void(tcp::socket)> on_socket)
    : on_socket_(std::move(on_socket)), acceptor_(listen_on(context, address, found)), pause_(context) {
    accept();
}

HostPort Listener::address() const {
    std::error_code error;
    const auto endpoint = acceptor_.local_endpoint(error);
    return {endpoint.address().to_string(), endpoint.port()};
}

void Listener::close() {
    std::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
}

void Listener::accept() {
    const std::weak_ptr<bool> alive = alive_;
    acceptor_.async_accept([this, alive](std::error_code error, tcp::socket socket) {
        if (alive.expired() || !acceptor_.is_open()) return;
        if (!error) {
            on_socket_(std::move(socket));
            return accept();
        }
        pause_.expires_after(accept_pause);
        pause_.async_wait([this, alive](std::error_code stopped) {
            if (!stopped && !alive.expired() && acceptor_.is_open()) accept();
        });
    });
}

} // namespace keyhole
