#include "netsim/tcp/relay/relay_server.hpp"

#include <algorithm>

namespace keyhole {

RelayServer::RelayServer(asio::io_context& context, const RelayServerOptions& options, RelaySession::Handlers handlers)
    : RelayServer(context, options, std::move(handlers), resolve(context, options.listen),
                  resolve(context, options.to)) {}

RelayServer::RelayServer(asio::io_context& context, RelayServerOptions options, RelaySession::Handlers handlers,
                         const Addresses& listen, Addresses to)
    : context_(context),
      options_(std::move(options)),
      handlers_(std::move(handlers)),
      server_(std::move(to)),
      listener_(context, options_.listen, listen, [this](asio::ip::tcp::socket socket) { adopt(std::move(socket)); }) {}

RelayServer::~RelayServer() {
    for (const auto& session : sessions_) session->abandon();
}

void RelayServer::stop_all() {
    for (const auto& session : std::vector(sessions_)) session->stop();
}

void RelayServer::stop_others(const RelaySession& one) {
    for (const auto& session : std::vector(sessions_)) {
        if (session.get() != &one) session->stop();
    }
}

void RelayServer::adopt(asio::ip::tcp::socket socket) {
    if (sessions_.size() >= options_.max_sessions) return turn_away(std::move(socket), WireCode::busy, server_is_full);
    auto relay = make_relay(options_.relay);
    relay->hold(options_.hold);
    const RelaySession::Handlers handlers{.on_event = handlers_.on_event, .on_end = [this](RelaySession& session) {
                                              const auto self = session.shared_from_this();
                                              std::erase(sessions_, self);
                                              handlers_.on_end(session);
                                          }};
    const auto session = std::make_shared<RelaySession>(context_, std::move(socket), std::move(relay), handlers);
    sessions_.push_back(session);
    session->start(options_.to, server_);
}

} // namespace keyhole
