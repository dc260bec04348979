#include "netsim/tcp/relay/relay_session.hpp"

#include <fmt/format.h>

namespace keyhole {

std::string who(const RelaySession& session, Role role) {
    return session.number <= 1 ? std::string(name(role)) : fmt::format("{}#{}", name(role), session.number);
}

RelaySession::RelaySession(asio::io_context& context, asio::ip::tcp::socket client, std::unique_ptr<Relay> relay,
                           Handlers handlers)
    : client_(std::move(client)),
      dialler_(context),
      ticker_(client_.get_executor()),
      relay_(std::move(relay)),
      handlers_(std::move(handlers)),
      ends_{End(*this, Role::server), End(*this, Role::client)} {}

void RelaySession::join(Role side, asio::ip::tcp::socket socket) {
    End& end = end_of(side);
    end.stream =
        std::make_shared<TcpStream>(std::move(socket), std::shared_ptr<StreamUser>(shared_from_this(), &end.pump));
    end.pump.attach(end.stream);
    end.stream->start();
    run();
}

void RelaySession::start(const HostPort& server, const Addresses& addresses) {
    const auto self = shared_from_this();
    dialler_.dial(
        server, addresses, [self](asio::ip::tcp::socket socket) { self->join(Role::server, std::move(socket)); },
        [self](const std::string& why) {
            self->connect_trouble_ = why;
            self->end_of(Role::server).pump.give_up();
            self->relay_->end_of_input(Role::server, {Ending::failed, why});
            self->relay_->gone(Role::server);
            self->run();
        });
    ticker_.start([self] { self->run(); });
    join(Role::client, std::move(client_));
}

void RelaySession::stop() {
    for (const End& end : ends_) {
        if (end.stream) end.stream->hurry();
    }
    relay_->stop();
    run();
}

void RelaySession::deliver() {
    relay_->deliver();
    run();
}

void RelaySession::deliver(const std::string& content) {
    relay_->deliver(content);
    run();
}

void RelaySession::drop() {
    relay_->drop();
    run();
}

// Everything that can happen now. An event's handler may call deliver() or stop(): the loop takes that up.
void RelaySession::run() {
    if (running_ || ended_) return;
    const auto self = shared_from_this();
    running_ = true;
    relay_->tick(milliseconds_now());
    // A pump may tell the relay at once how its connection ended.
    for (bool more = true; more;) {
        act();
        pump();
        more = relay_->next_action() || relay_->has_events();
    }
    running_ = false;
    end_if_over();
}

void RelaySession::act() {
    for (bool more = true; more;) {
        more = relay_->next_action().has_value();
        if (more) relay_->perform();
        const auto events = relay_->take_events();
        for (const RelayEvent& event : events) handlers_.on_event(*this, event);
        more = more || !events.empty();
    }
}

void RelaySession::pump() {
    for (End& end : ends_) {
        end.pump.send();
        end.pump.read();
        if (end.stream || end.pump.gone() || !end.side.write_closed() || !end.side.read_closed()) continue;
        dialler_.cancel(); // still connecting, and nobody wants to speak to the server any more
        end.pump.give_up();
        end.side.gone();
    }
}

void RelaySession::abandon() {
    ended_ = true;
    ticker_.stop();
    dialler_.cancel();
    for (End& end : ends_) {
        if (end.stream) end.stream->abandon();
    }
}

void RelaySession::end_if_over() {
    if (ended_ || running_ || !end_of(Role::client).pump.gone() || !end_of(Role::server).pump.gone()) return;
    const auto self = shared_from_this();
    abandon();
    handlers_.on_end(*this);
}

} // namespace keyhole
