#include "netsim/tcp/tcp.hpp"

#include <algorithm>

#include "core/base/error.hpp"

namespace keyhole {
namespace {

using asio::ip::tcp;

} // namespace

Server::Server(asio::io_context& context, ServerOptions options, Link::Handlers handlers)
    : options_(std::move(options)),
      handlers_(std::move(handlers)),
      listener_(context, options_.listen, [this](tcp::socket socket) { adopt(std::move(socket)); }) {}

Server::~Server() {
    for (const auto& link : links_) link->abandon();
}

std::vector<std::shared_ptr<Link>> Server::clients() const {
    std::vector<std::shared_ptr<Link>> out;
    std::copy_if(links_.begin(), links_.end(), std::back_inserter(out),
                 [](const auto& link) { return link->party().established() && !link->party().closed(); });
    return out;
}

void Server::bye_all() {
    for (const auto& link : std::vector(links_)) {
        link->party().established() ? link->bye() : link->stop();
    }
}

void Server::stop_all() {
    for (const auto& link : std::vector(links_)) link->stop();
}

void Server::adopt(tcp::socket socket) {
    const auto sessions = static_cast<std::size_t>(
        std::count_if(links_.begin(), links_.end(), [](const auto& link) { return !link->party().closed(); }));
    if (links_.size() >= options_.max_sessions + most_turned_away) return;
    Party party(Role::server, options_.party);
    if (sessions >= options_.max_sessions) party.turn_away(WireCode::busy, "the server has all the clients it takes");
    const Link::Handlers handlers{.on_event =
                                      [this](Link& link, const Event& event) {
                                          if (std::holds_alternative<HandshakeDone>(event))
                                              link.number = ++last_number_;
                                          handlers_.on_event(link, event);
                                      },
                                  .on_end =
                                      [this](Link& link) {
                                          const auto self = link.shared_from_this();
                                          std::erase(links_, self);
                                          handlers_.on_end(link);
                                      },
                                  .ready = handlers_.ready};
    const auto link = std::make_shared<Link>(std::move(socket), std::move(party), handlers);
    links_.push_back(link);
    link->start();
}

std::shared_ptr<Link> connect_client(asio::io_context& context, const HostPort& address, PartyOptions options,
                                     Link::Handlers handlers) {
    const auto endpoints = resolve(context, address);
    tcp::socket socket(context);
    std::error_code result = asio::error::timed_out;
    asio::async_connect(socket, endpoints, [&](std::error_code error, const tcp::endpoint&) {
        result = error;
        context.stop();
    });
    context.restart();
    context.run_for(connect_limit);
    if (result) {
        std::error_code ignored;
        socket.close(ignored);
        context.restart();
        context.poll(); // the handler refers to this function's variables: let it go
        throw io_error(cannot_connect(address, result));
    }
    context.restart();
    auto link = std::make_shared<Link>(std::move(socket), Party(Role::client, std::move(options)), std::move(handlers));
    link->start();
    return link;
}

} // namespace keyhole
