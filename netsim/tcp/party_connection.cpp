#include "netsim/tcp/party_connection.hpp"

#include "core/base/error.hpp"
#include "netsim/tcp/dialler.hpp"
#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole {

PartyConnection::PartyConnection(asio::ip::tcp::socket socket, Party party, Handlers handlers)
    : PartyConnection(socket.get_executor(), tcp_stream_of(std::move(socket)), std::move(party), std::move(handlers)) {}

PartyConnection::PartyConnection(const asio::any_io_executor& executor, MakeStream make_stream, Party party,
                                 Handlers handlers)
    : make_stream_(std::move(make_stream)),
      ticker_(executor),
      party_(std::move(party)),
      pump_(party_, [this] { run(); }),
      handlers_(std::move(handlers)) {}

void PartyConnection::start() {
    const auto self = shared_from_this();
    stream_ = std::exchange(make_stream_, {})(std::shared_ptr<StreamUser>(self, &pump_));
    pump_.attach(stream_);
    stream_->start();
    ticker_.start([self] { self->run(); });
    run();
}

bool PartyConnection::say(std::string text) {
    const bool taken = party_.say(std::move(text));
    run();
    return taken;
}

void PartyConnection::bye() {
    party_.bye();
    run();
}

void PartyConnection::stop() {
    if (stream_) stream_->hurry();
    party_.stop();
    run();
}

void PartyConnection::turn_away(WireCode code, std::string detail) {
    party_.turn_away(code, std::move(detail));
    run();
}

void PartyConnection::give_up() { stream_->give_up(); }

std::chrono::milliseconds PartyConnection::silent() const {
    using namespace std::chrono;
    if (party_.phase() != Phase::silent) return 0ms;
    return duration_cast<milliseconds>(steady_clock::now() - since_);
}

bool PartyConnection::ready() const { return pump_.backlog() < high_water && (!handlers_.ready || handlers_.ready()); }

// Everything that can happen now. An event's handler may call say(): the loop takes that up.
void PartyConnection::run() {
    if (running_ || ended_) return;
    const auto self = shared_from_this();
    running_ = true;
    party_.tick(milliseconds_now());
    while (!ended_ && party_.next_action() && ready()) {
        party_.perform();
        for (const Event& event : party_.take_events()) handlers_.on_event(*this, event);
        pump_.send();
    }
    pump_.send();
    running_ = false;
    if (pump_.gone() && !(party_.next_action() && !ready())) return end();
    if (ready()) pump_.read();
}

void PartyConnection::abandon() {
    ended_ = true;
    ticker_.stop();
    make_stream_ = {}; // and with it a socket that no stream has
    if (stream_) stream_->abandon();
}

void PartyConnection::end() {
    if (ended_) return;
    abandon();
    if (handlers_.on_end) handlers_.on_end(*this);
}

std::shared_ptr<PartyConnection> connect_client(asio::io_context& context, const HostPort& address,
                                                PartyOptions options, PartyConnection::Handlers handlers) {
    std::shared_ptr<PartyConnection> connection;
    std::string trouble;
    Dialler dialler(context);
    dialler.dial(
        address,
        [&](asio::ip::tcp::socket socket) {
            connection = std::make_shared<PartyConnection>(std::move(socket), Party(Role::client, std::move(options)),
                                                           std::move(handlers));
            context.stop();
        },
        [&](const std::string& why) {
            trouble = why;
            context.stop();
        });
    context.restart();
    context.run();
    context.restart();
    if (!connection) throw io_error(trouble);
    connection->start();
    return connection;
}

} // namespace keyhole
