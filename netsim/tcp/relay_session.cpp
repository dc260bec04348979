#include "netsim/tcp/relay_session.hpp"

#include <fmt/format.h>

#include "netsim/tcp/listener.hpp"

namespace keyhole {
namespace {

using namespace std::chrono_literals;

constexpr auto tick_interval = 250ms;
constexpr Role both_roles[] = {Role::client, Role::server};

} // namespace

std::string who(const RelaySession& session, Role role) {
    return session.number <= 1 ? std::string(name(role)) : fmt::format("{}#{}", name(role), session.number);
}

RelaySession::RelaySession(asio::io_context& context, asio::ip::tcp::socket client, std::unique_ptr<Relay> relay,
                           Handlers handlers)
    : accepted_(std::move(client)),
      connecting_(context),
      timer_(context),
      relay_(std::move(relay)),
      handlers_(std::move(handlers)) {}

// A wire may outlive its session while a last handler of its own waits, so it asks whether the session is there.
Wire::Handlers RelaySession::wire_handlers(Role side) {
    const auto with_session = [weak = weak_from_this(), side](auto act) {
        return [weak, side, act](auto... arguments) {
            if (const auto self = weak.lock(); self && !self->ended_) act(*self, side, arguments...);
        };
    };
    return {.on_bytes = with_session([](RelaySession& self, Role from, ByteView bytes) {
                self.relay_->receive(from, bytes);
                self.pump();
            }),
            .on_end_of_input = with_session([](RelaySession& self, Role from, bool broken) {
                broken ? self.relay_->broken(from) : self.relay_->end_of_input(from);
                self.pump();
            }),
            .on_progress = with_session([](RelaySession& self, Role to) {
                self.relay_->note_progress(to);
                self.pump();
            }),
            .on_gone = with_session([](RelaySession& self, Role from) {
                self.end_of(from).gone = true;
                if (!self.relay_->read_closed(from)) self.relay_->broken(from);
                self.pump();
            })};
}

void RelaySession::start(const asio::ip::tcp::resolver::results_type& server) {
    started_ = Clock::now();
    asio::async_connect(connecting_, server,
                        [self = shared_from_this()](std::error_code error, const asio::ip::tcp::endpoint&) {
                            if (!self->ended_) self->on_connected(error);
                        });
    End& client = end_of(Role::client);
    client.wire = std::make_shared<Wire>(std::move(accepted_), wire_handlers(Role::client));
    peer_ = client.wire->peer();
    client.wire->start();
    watch_time();
    pump();
}

void RelaySession::on_connected(const std::error_code& error) {
    End& server = end_of(Role::server);
    if (server.gone) return end_if_over();
    if (error) {
        const std::string why = connect_trouble_.empty() ? error.message() : connect_trouble_;
        connect_trouble_ = fmt::format("the server cannot be reached: {}", why);
        server.gone = end_of(Role::client).gone = true;
        end_of(Role::client).wire->abandon();
        return end_if_over();
    }
    server.wire = std::make_shared<Wire>(std::move(connecting_), wire_handlers(Role::server));
    server.wire->start();
    pump();
}

void RelaySession::stop() {
    relay_->stop();
    pump();
}

void RelaySession::deliver() {
    relay_->deliver();
    pump();
}

void RelaySession::deliver(const std::string& content) {
    relay_->deliver(content);
    pump();
}

void RelaySession::drop() {
    relay_->drop();
    pump();
}

// Everything that can happen now. An event's handler may call deliver() or stop(): the loop takes that up.
void RelaySession::pump() {
    if (pumping_ || ended_) return;
    const auto self = shared_from_this();
    pumping_ = true;
    const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now().time_since_epoch());
    relay_->tick(static_cast<std::uint64_t>(now.count()));
    bool more = true;
    while (more) {
        more = relay_->next_action().has_value();
        if (more) relay_->perform();
        const auto events = relay_->take_events();
        for (const RelayEvent& event : events) handlers_.on_event(*this, event);
        more = more || !events.empty();
    }
    for (const Role side : both_roles) serve(side);
    pumping_ = false;
    end_if_over();
}

void RelaySession::serve(Role side) {
    End& at = end_of(side);
    if (at.gone) return;
    if (!at.wire) {
        // Still connecting to a server that nobody wants to speak to any more.
        if (relay_->write_closed(side) && relay_->read_closed(side)) {
            at.gone = true;
            std::error_code ignored;
            connecting_.close(ignored);
        }
        return;
    }
    if (at.wire->backlog() < Relay::high_water) at.wire->write(relay_->take_output(side));
    if (relay_->write_closed(side) && relay_->output_size(side) == 0) {
        relay_->read_closed(side) ? at.wire->finish() : at.wire->half_close();
    }
    if (!at.gone && relay_->wants_input(side)) at.wire->read();
}

void RelaySession::watch_time() {
    timer_.expires_after(tick_interval);
    timer_.async_wait([self = shared_from_this()](std::error_code error) {
        if (error || self->ended_) return;
        if (!self->end_of(Role::server).wire && Clock::now() - self->started_ > connect_limit) {
            self->connect_trouble_ = "it does not answer";
            std::error_code ignored;
            self->connecting_.close(ignored);
        }
        self->pump();
        if (!self->ended_) self->watch_time();
    });
}

std::string RelaySession::trouble() const {
    if (!connect_trouble_.empty()) return connect_trouble_;
    for (const Role side : both_roles) {
        const End& at = ends_[side == Role::client ? 0 : 1];
        if (at.wire && !at.wire->trouble().empty()) return fmt::format("the {}: {}", name(side), at.wire->trouble());
    }
    return {};
}

void RelaySession::abandon() {
    ended_ = true;
    std::error_code ignored;
    timer_.cancel();
    connecting_.close(ignored);
    for (End& at : ends_) {
        if (at.wire) at.wire->abandon();
    }
}

void RelaySession::end_if_over() {
    if (ended_ || pumping_ || !ends_[0].gone || !ends_[1].gone) return;
    const auto self = shared_from_this();
    abandon();
    handlers_.on_end(*this);
}

} // namespace keyhole
