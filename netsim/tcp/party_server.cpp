#include "netsim/tcp/party_server.hpp"

#include <algorithm>

#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole {

using asio::ip::tcp;

PartyServer::PartyServer(PartyServerOptions options, PartyConnection::Handlers handlers)
    : options_(std::move(options)), handlers_(std::move(handlers)) {}

PartyServer::PartyServer(asio::io_context& context, PartyServerOptions options, PartyConnection::Handlers handlers)
    : PartyServer(std::move(options), std::move(handlers)) {
    listener_.emplace(context, options_.listen, [this](tcp::socket socket) { adopt(std::move(socket)); });
}

PartyServer::~PartyServer() {
    for (const auto& connection : connections_) connection->abandon();
}

std::vector<std::shared_ptr<PartyConnection>> PartyServer::clients() const {
    std::vector<std::shared_ptr<PartyConnection>> out;
    std::copy_if(connections_.begin(), connections_.end(), std::back_inserter(out), [](const auto& connection) {
        return connection->party().established() && !connection->party().closed();
    });
    return out;
}

void PartyServer::turn_away_unfinished() {
    for (const auto& connection : std::vector(connections_)) {
        const Party& party = connection->party();
        if (!party.established() && !party.closed()) connection->turn_away(WireCode::busy, std::string(server_is_full));
    }
}

void PartyServer::bye_all() {
    for (const auto& connection : std::vector(connections_)) {
        connection->party().established() ? connection->bye() : connection->stop();
    }
}

void PartyServer::stop_all() {
    for (const auto& connection : std::vector(connections_)) connection->stop();
}

// The one who has been there longest without a word gives its place away: who thinks before a step has said something,
// or is left alone while there is room.
bool PartyServer::make_room() {
    const auto oldest = std::ranges::max_element(connections_, {}, [](const auto& connection) {
        return connection->party().closed() ? std::chrono::milliseconds(0) : connection->silent();
    });
    if (oldest == connections_.end() || (*oldest)->party().closed() || (*oldest)->silent() < options_.longest_silence)
        return false;
    const std::shared_ptr<PartyConnection> silent = *oldest; // it leaves the list
    silent->turn_away(WireCode::timeout, std::string(gives_its_place_away));
    return true;
}

void PartyServer::adopt(tcp::socket socket) {
    if (!has_room_to_answer()) return turn_away(std::move(socket), WireCode::busy, server_is_full);
    const auto executor = socket.get_executor();
    begin(executor, tcp_stream_of(std::move(socket)));
}

bool PartyServer::take(const asio::any_io_executor& executor, MakeStream make_stream) {
    if (closed_ || !has_room_to_answer()) return false;
    begin(executor, std::move(make_stream));
    return true;
}

std::size_t PartyServer::sessions() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(connections_, [](const auto& connection) { return !connection->party().closed(); }));
}

bool PartyServer::has_room_to_answer() {
    return sessions() < options_.max_sessions || connections_.size() < options_.max_sessions + most_turned_away ||
           make_room();
}

void PartyServer::begin(const asio::any_io_executor& executor, MakeStream make_stream) {
    const bool busy = sessions() >= options_.max_sessions && !make_room();
    Party party(Role::server, options_.party);
    if (busy) party.turn_away(WireCode::busy, std::string(server_is_full));
    const PartyConnection::Handlers handlers{.on_event =
                                                 [this](PartyConnection& connection, const Event& event) {
                                                     if (std::holds_alternative<HandshakeDone>(event))
                                                         connection.number = ++last_number_;
                                                     handlers_.on_event(connection, event);
                                                 },
                                             .on_end =
                                                 [this](PartyConnection& connection) {
                                                     const auto self = connection.shared_from_this();
                                                     std::erase(connections_, self);
                                                     handlers_.on_end(connection);
                                                 },
                                             .ready = handlers_.ready};
    const auto connection =
        std::make_shared<PartyConnection>(executor, std::move(make_stream), std::move(party), handlers);
    connections_.push_back(connection);
    connection->start();
}

} // namespace keyhole
