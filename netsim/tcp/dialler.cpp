#include "netsim/tcp/dialler.hpp"

#include <fmt/format.h>

namespace keyhole {

using asio::ip::tcp;

struct Dialler::Attempt : std::enable_shared_from_this<Dialler::Attempt> {
    Attempt(asio::io_context& context, const HostPort& where, Failed on_failure)
        : address(where), failed(std::move(on_failure)), resolver(context), socket(context), timer(context) {}

    void watch_time(std::chrono::milliseconds limit) {
        timer.expires_after(limit);
        timer.async_wait([self = shared_from_this()](std::error_code stopped) {
            if (!stopped && !self->over) self->fail(self->cannot_connect(asio::error::timed_out));
        });
    }

    void look_up(Found found) {
        resolver.async_resolve(
            address.host, std::to_string(address.port),
            [self = shared_from_this(), found = std::move(found)](std::error_code error, const Addresses& addresses) {
                if (self->over) return;
                if (error || addresses.empty()) return self->fail(unknown_host(self->address, error));
                found(addresses);
            });
    }

    void connect(const Addresses& addresses, Connected connected) {
        asio::async_connect(
            socket, addresses,
            [self = shared_from_this(), connected = std::move(connected)](std::error_code error, const tcp::endpoint&) {
                if (self->over) return;
                if (error) return self->fail(self->cannot_connect(error));
                tcp::socket made = std::move(self->socket);
                self->end();
                connected(std::move(made));
            });
    }

    void end() {
        over = true;
        failed = nullptr; // and with it whatever it kept alive
        std::error_code ignored;
        timer.cancel();
        resolver.cancel();
        socket.close(ignored);
    }

    void fail(const std::string& why) {
        const Failed tell = std::exchange(failed, nullptr);
        end();
        tell(why);
    }

    std::string cannot_connect(const std::error_code& error) const {
        return fmt::format("cannot connect to {} ({}; is a server listening there?)", to_text(address),
                           error.message());
    }

    HostPort address;
    Failed failed;
    tcp::resolver resolver;
    tcp::socket socket;
    asio::steady_timer timer;
    bool over = false;
};

std::shared_ptr<Dialler::Attempt> Dialler::begin(const HostPort& address, Failed failed) {
    cancel();
    attempt_ = std::make_shared<Attempt>(context_, address, std::move(failed));
    attempt_->watch_time(limit_);
    return attempt_;
}

void Dialler::look_up(const HostPort& address, Found found, Failed failed) {
    const auto attempt = begin(address, std::move(failed));
    attempt->look_up([attempt, found = std::move(found)](const Addresses& addresses) {
        attempt->end();
        found(addresses);
    });
}

void Dialler::dial(const HostPort& address, Connected connected, Failed failed) {
    const auto attempt = begin(address, std::move(failed));
    attempt->look_up([attempt, connected = std::move(connected)](const Addresses& addresses) {
        attempt->connect(addresses, connected);
    });
}

void Dialler::dial(const HostPort& address, const Addresses& addresses, Connected connected, Failed failed) {
    begin(address, std::move(failed))->connect(addresses, std::move(connected));
}

void Dialler::cancel() {
    if (attempt_) attempt_->end();
    attempt_.reset();
}

} // namespace keyhole
