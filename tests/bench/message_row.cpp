// An encrypted message there and back over loopback TCP (frames, base64, cbc, everything recorded on both sides)
// against the bare exchange of 64-byte messages with Asio. Each pair runs both ends in this one thread.

#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/party_server.hpp"
#include "tests/bench/measure.hpp"

namespace keyhole::bench {
namespace {

using asio::ip::tcp;

constexpr unsigned warm_up = 20, round_trips = 400;

// A server that sends every text back and a client that sends the next when one came; the rate after the handshake.
double our_rate(const Offer& offer) {
    asio::io_context context;
    const std::string text(64, 'x');
    double begin = 0, seconds = 0;
    unsigned arrived = 0;
    PartyOptions server_options, client_options;
    server_options.offer = offer;
    server_options.keep_messages = client_options.keep_messages = false;
    const auto ignore_end = [](PartyConnection&) {};
    const PartyConnection::Handlers echo{.on_event =
                                             [](PartyConnection& connection, const Event& event) {
                                                 if (const auto* said = std::get_if<TextArrived>(&event))
                                                     connection.say(said->text);
                                             },
                                         .on_end = ignore_end};
    const PartyConnection::Handlers ask{.on_event =
                                            [&](PartyConnection& connection, const Event& event) {
                                                if (std::holds_alternative<HandshakeDone>(event)) connection.say(text);
                                                if (!std::holds_alternative<TextArrived>(event)) return;
                                                if (++arrived == warm_up) begin = thread_seconds();
                                                if (arrived < warm_up + round_trips) {
                                                    connection.say(text);
                                                } else {
                                                    seconds = thread_seconds() - begin;
                                                    context.stop();
                                                }
                                            },
                                        .on_end = ignore_end};
    PartyServer server(context, {.listen = {"127.0.0.1", 0}, .party = server_options}, echo);
    const auto client = connect_client(context, server.address(), client_options, ask);
    context.run();
    return round_trips / seconds;
}

// One end of the bare exchange: reads 64 bytes and sends them back, for ever.
struct BareEnd : std::enable_shared_from_this<BareEnd> {
    explicit BareEnd(tcp::socket open) : socket(std::move(open)) { socket.set_option(tcp::no_delay(true)); }

    void read() {
        asio::async_read(socket, asio::buffer(bytes),
                         [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                             if (!error && self->on_message()) self->write();
                         });
    }
    void write() {
        asio::async_write(socket, asio::buffer(bytes),
                          [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                              if (!error) self->read();
                          });
    }

    tcp::socket socket;
    std::array<char, 64> bytes{};
    std::function<bool()> on_message = [] { return true; };
};

double bare_rate() {
    asio::io_context context;
    tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    tcp::socket ours(context);
    ours.connect(acceptor.local_endpoint());
    const auto server = std::make_shared<BareEnd>(acceptor.accept());
    const auto client = std::make_shared<BareEnd>(std::move(ours));
    double begin = 0, seconds = 0;
    unsigned arrived = 0;
    client->on_message = [&] {
        if (++arrived == warm_up) begin = thread_seconds();
        if (arrived < warm_up + round_trips) return true;
        seconds = thread_seconds() - begin;
        context.stop();
        return false;
    };
    server->read();
    client->write();
    context.run();
    return round_trips / seconds;
}

} // namespace

Row message_row() {
    Row row{.name = {},
            .what = "64 bytes of text there and back, encrypted and recorded, loopback TCP",
            .peer_name = "bare 64-byte messages with Asio",
            .unit = "round trips/s",
            .target = 0.5,
            .missing = {}};
    const Offer offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc);
    measure(
        row, Better::more, 15, [&] { return our_rate(offer); }, bare_rate);
    return row;
}

} // namespace keyhole::bench
