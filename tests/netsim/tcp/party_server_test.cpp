// Party connections over real loopback sockets in one event loop: chats, a crowd, limits, and peers that vanish.
#include "netsim/tcp/party_server.hpp"

#include "core/base/error.hpp"
#include "core/recording/recording_check.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/wait.hpp"

#include <thread>

using namespace keyhole;
using asio::ip::tcp;

namespace {

PartyOptions server_party() {
    return {.offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc), .random = Random::system()};
}

// A server that sends every text back, and what happened to it.
struct EchoServer {
    explicit EchoServer(asio::io_context& context, std::size_t max_sessions = 64,
                        std::chrono::milliseconds longest_silence = std::chrono::hours(1),
                        const HostPort& listen = {"127.0.0.1", 0})
        : server(context,
                 {.listen = listen,
                  .max_sessions = max_sessions,
                  .party = server_party(),
                  .longest_silence = longest_silence},
                 {.on_event =
                      [this](PartyConnection& connection, const Event& event) {
                          if (const auto* text = std::get_if<TextArrived>(&event)) connection.say(text->text);
                          if (const auto* refused = std::get_if<Refused>(&event)) refusals.push_back(refused->code);
                      },
                  .on_end = [this](PartyConnection&) { ++ended; }}) {}

    std::vector<std::string> refusals;
    int ended = 0;
    PartyServer server;
};

struct Client {
    Client(asio::io_context& context, const HostPort& address)
        : connection(connect_client(context, address, {.offer = {}, .random = Random::system()},
                                    {.on_event =
                                         [this](PartyConnection&, const Event& event) {
                                             if (const auto* text = std::get_if<TextArrived>(&event))
                                                 texts.push_back(text->text);
                                             if (const auto* no = std::get_if<Refused>(&event)) refused = no->code;
                                         },
                                     .on_end = [this](PartyConnection&) { ended = true; }})) {}

    std::vector<std::string> texts;
    std::string refused;
    bool ended = false;
    std::shared_ptr<PartyConnection> connection;
};

// Runs until `done`: false when nothing happens any more that could make it so.
template <typename Done>
bool run_until(asio::io_context& context, Done done) {
    const auto limit =
        std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::seconds>(testing::wait_limit());
    while (!done()) {
        context.restart();
        if (context.run_one_until(limit) == 0) return false;
    }
    return true;
}

// The server's end of the only client, when both may talk.
std::shared_ptr<PartyConnection> met(asio::io_context& context, const EchoServer& echo, const Client& client) {
    REQUIRE(
        run_until(context, [&] { return client.connection->party().established() && !echo.server.clients().empty(); }));
    return echo.server.clients().front();
}

} // namespace

TEST_CASE("Addresses are read and written, IPv6 in brackets", "[tcp]") {
    CHECK(parse_host_port("127.0.0.1:4646").port == 4646);
    CHECK(parse_host_port("[::1]:1").host == "::1");
    CHECK(to_text(parse_host_port("[::1]:1")) == "[::1]:1");
    CHECK(to_text(parse_host_port("localhost:0")) == "localhost:0");
    for (const char* bad :
         {"", "host", ":1", "host:", "host:x", "host:65536", "host:-1", "host:1 ", "::1:80", "[]:1"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(parse_host_port(bad), Error);
    }
}

TEST_CASE("A host is read with and without brackets, and what cannot be one is said", "[tcp]") {
    CHECK(parse_host("[fd00::1]") == "fd00::1");
    CHECK(parse_host("fd00::1") == "fd00::1");
    CHECK(parse_host("localhost") == "localhost");
    CHECK(parse_host("fe80::1%lo") == "fe80::1%lo");
    const auto refusal = [](const std::string& text) { return testing::refusal_of([&] { parse_host(text); }); };
    CHECK(refusal("").find("the host is missing") != std::string::npos);
    CHECK(refusal("[]").find("the host is missing") != std::string::npos);
    CHECK(refusal("[::1").find("brackets") != std::string::npos);
    CHECK(refusal("127.0.0.1:4646").find("--port") != std::string::npos);
    CHECK(refusal("fe80::1").find("fe80::1%eth0") != std::string::npos);
    CHECK_THROWS_AS(parse_host_port("[fe80::1]:4646"), Error);
    CHECK(parse_host_port("[fe80::1%lo]:4646").host == "fe80::1%lo");
}

TEST_CASE("A host with several addresses is listened on at each of them, at one port", "[tcp]") {
    asio::io_context context;
    const std::array endpoints = {tcp::endpoint(asio::ip::make_address("127.0.0.2"), 0),
                                  tcp::endpoint(asio::ip::make_address("127.0.0.3"), 0)};
    const auto found = Addresses::create(endpoints.begin(), endpoints.end(), "two", "0");
    int accepted = 0;
    Listener listener(context, {"two", 0}, found, [&](tcp::socket) { ++accepted; });
    REQUIRE(listener.addresses().size() == 2);
    CHECK(listener.addresses()[0].host == "127.0.0.2");
    CHECK(listener.addresses()[1].host == "127.0.0.3");
    CHECK(listener.addresses()[0].port == listener.addresses()[1].port);
    tcp::socket first(context), second(context);
    for (tcp::socket* socket : {&first, &second}) {
        const HostPort& to = listener.addresses()[socket == &first ? 0 : 1];
        socket->connect({asio::ip::make_address(to.host), to.port});
    }
    CHECK(run_until(context, [&] { return accepted == 2; }));
}

TEST_CASE("Where no place is free the oldest who never said a byte makes room, and nobody else", "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context, 3, std::chrono::milliseconds(1));
    Client talker(context, echo.server.address());
    CHECK(run_until(context, [&] { return talker.connection->party().established(); }));
    std::vector<tcp::socket> silent;
    for (int i = 0; i < 2; ++i) {
        silent.emplace_back(context).connect({asio::ip::make_address("127.0.0.1"), echo.server.address().port});
        CHECK(run_until(context, [&] { return echo.server.connections() == silent.size() + 1; }));
        std::this_thread::sleep_for(std::chrono::milliseconds(5)); // so that one is older than the other, and silent
    }
    Client newcomer(context, echo.server.address());
    CHECK(run_until(context, [&] { return newcomer.connection->party().established(); }));
    CHECK(echo.refusals == std::vector<std::string>{"timeout"});
    std::string words;
    boost::system::error_code over;
    while (!over) {
        std::array<char, 4096> buffer{};
        words.append(buffer.data(), silent[0].read_some(asio::buffer(buffer), over));
    }
    CHECK(words.find("\"code\":\"timeout\"") != std::string::npos);
    talker.connection->say("still here");
    CHECK(run_until(context, [&] { return talker.texts.size() == 1; }));
    for (Client* client : {&talker, &newcomer}) {
        client->connection->stop();
        CHECK(run_until(context, [&] { return client->ended; }));
    }
}

TEST_CASE("Far over the limit a client still hears that the server is busy", "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context, 1);
    std::vector<tcp::socket> crowd;
    for (std::size_t i = 0; i < most_turned_away + 4; ++i) {
        crowd.emplace_back(context).connect({asio::ip::make_address("127.0.0.1"), echo.server.address().port});
        context.restart();
        context.poll();
    }
    // The last ones were accepted and closed at once, after a word.
    std::string words;
    boost::system::error_code over;
    while (!over) {
        std::array<char, 1024> buffer{};
        context.restart();
        context.poll();
        words.append(buffer.data(), crowd.back().read_some(asio::buffer(buffer), over));
    }
    CHECK(over == asio::error::eof);
    CHECK(words.find("\"code\":\"busy\"") != std::string::npos);
}

TEST_CASE("Twenty clients chat at once, each with keys and a number of its own", "[tcp]") {
    asio::io_context context;
    EchoServer echo(context);
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 20; ++i) clients.push_back(std::make_unique<Client>(context, echo.server.address()));
    for (std::size_t i = 0; i < clients.size(); ++i) {
        clients[i]->connection->say(std::string(1'000 * i, 'x'));
        clients[i]->connection->say("client " + std::to_string(i));
        clients[i]->connection->bye();
    }
    REQUIRE(run_until(context, [&] {
        return std::all_of(clients.begin(), clients.end(), [](const auto& client) { return client->ended; });
    }));
    for (std::size_t i = 0; i < clients.size(); ++i) {
        REQUIRE(clients[i]->texts.size() == 2);
        CHECK(clients[i]->texts[0].size() == 1'000 * i);
        CHECK(clients[i]->texts[1] == "client " + std::to_string(i));
        CHECK_NOTHROW(check_recording(clients[i]->connection->party().recording()));
    }
    CHECK(run_until(context, [&] { return echo.server.connections() == 0; }));
    CHECK(echo.ended == 20);
}

TEST_CASE("Over the limit a client is told that the server is busy, later there is room again", "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context, 1);
    Client first(context, echo.server.address());
    REQUIRE(run_until(context, [&] { return first.connection->party().established(); }));
    Client second(context, echo.server.address());
    REQUIRE(run_until(context, [&] { return second.ended; }));
    CHECK(second.refused == "busy");
    first.connection->bye();
    REQUIRE(run_until(context, [&] { return first.ended && echo.server.connections() == 0; }));
    Client third(context, echo.server.address());
    CHECK(run_until(context, [&] { return third.connection->party().established(); }));
    third.connection->stop();
    CHECK(run_until(context, [&] { return third.ended; }));
}

TEST_CASE("Connections that come and go leave nothing behind", "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context);
    const auto endpoint = asio::ip::tcp::endpoint(asio::ip::make_address("127.0.0.1"), echo.server.address().port);
    for (int i = 0; i < 100; ++i) {
        asio::ip::tcp::socket vandal(context);
        vandal.connect(endpoint);
        const std::string noise(static_cast<std::size_t>(1 + i), static_cast<char>(i));
        asio::write(vandal, asio::buffer(noise));
        if (i % 2 != 0) vandal.set_option(asio::socket_base::linger(true, 0));
        vandal.close();
        context.restart();
        context.poll();
    }
    CHECK(run_until(context, [&] { return echo.server.connections() == 0; }));
    Client honest(context, echo.server.address());
    honest.connection->say("hello");
    CHECK(run_until(context, [&] { return honest.texts.size() == 1; }));
    honest.connection->stop();
    CHECK(run_until(context, [&] { return honest.ended; }));
}

TEST_CASE("A refusal reaches a peer that goes on sending", "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context);
    asio::ip::tcp::socket flood(context);
    flood.connect({asio::ip::make_address("127.0.0.1"), echo.server.address().port});
    const std::string line(1'300'000, 'x');
    bool written = false;
    asio::async_write(flood, asio::buffer(line),
                      [&](boost::system::error_code error, std::size_t) { written = !error; });
    std::string got;
    std::array<char, 4096> buffer{};
    boost::system::error_code over;
    std::function<void()> read = [&] {
        flood.async_read_some(asio::buffer(buffer), [&](boost::system::error_code error, std::size_t size) {
            got.append(buffer.data(), size);
            over = error;
            if (!error) read();
        });
    };
    read();
    CHECK(run_until(context, [&] { return over && written; }));
    CHECK(over == asio::error::eof);
    CHECK(got.find("\"code\":\"bad_frame\"") != std::string::npos);
}

TEST_CASE("A peer that does not read costs bounded memory and disturbs nobody", "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context);
    Client slow(context, echo.server.address());
    const auto connection = met(context, echo, slow);
    for (int i = 0; i < 12; ++i) connection->say(std::string(400'000, 'x')); // the client's loop never turns meanwhile
    const std::size_t encrypted = connection->backlog() - connection->party().unsent_bytes();
    CHECK(encrypted < 3 * PartyConnection::high_water);
    CHECK(run_until(context, [&] { return slow.texts.size() == 12; }));
    slow.connection->stop();
    CHECK(run_until(context, [&] { return slow.ended; }));
}

TEST_CASE("A peer that is given up while much waits for it is gone, and nothing waits for it any more",
          "[tcp][hostile]") {
    asio::io_context context;
    EchoServer echo(context);
    Client deaf(context, echo.server.address());
    const auto connection = met(context, echo, deaf);
    for (int i = 0; i < 12; ++i) connection->say(std::string(400'000, 'x')); // the client's loop never turns meanwhile
    REQUIRE(connection->backlog() > PartyConnection::high_water);
    connection->give_up();
    CHECK(echo.ended == 1);
    CHECK(connection->backlog() == 0);
    CHECK(echo.server.clients().empty());
    CHECK(run_until(context, [&] { return deaf.ended; }));
}

TEST_CASE("A server that is taken turns away who has not finished, and keeps the others", "[tcp]") {
    asio::io_context context;
    EchoServer echo(context);
    Client client(context, echo.server.address());
    const auto connection = met(context, echo, client);
    tcp::socket half(context);
    half.connect({asio::ip::make_address("127.0.0.1"), echo.server.address().port});
    REQUIRE(run_until(context, [&] { return echo.server.connections() == 2; }));
    echo.server.turn_away_unfinished();
    CHECK(run_until(context, [&] { return echo.refusals.size() == 1; }));
    CHECK(echo.refusals == std::vector<std::string>{"busy"});
    half.close();
    CHECK(run_until(context, [&] { return echo.server.connections() == 1; }));
    client.connection->say("still here");
    CHECK(run_until(context, [&] { return client.texts == std::vector<std::string>{"still here"}; }));
}

TEST_CASE("A server may go while its clients stay, and another may listen in its place", "[tcp]") {
    asio::io_context context;
    auto echo = std::make_unique<EchoServer>(context);
    const HostPort place = echo->server.address();
    Client left(context, place);
    REQUIRE(run_until(context, [&] { return left.connection->party().established(); }));
    echo.reset();
    CHECK(run_until(context, [&] { return left.ended; }));
    const EchoServer next(context, 64, std::chrono::hours(1), place);
    const Client client(context, place);
    CHECK(run_until(context, [&] { return client.connection->party().established(); }));
    client.connection->stop();
    CHECK(run_until(context, [&] { return client.ended; }));
}

TEST_CASE("Trouble with addresses is an Error of the network", "[tcp]") {
    asio::io_context context;
    EchoServer echo(context);
    const auto trouble = [](auto action) {
        try {
            action();
        } catch (const Error& error) {
            return error.failure() == Failure::io;
        }
        return false;
    };
    CHECK(trouble([&] {
        PartyServer(context, {.listen = echo.server.address(), .max_sessions = 1, .party = server_party()}, {});
    }));
    HostPort nobody{.host = "127.0.0.1"};
    {
        asio::io_context other;
        nobody.port = EchoServer(other).server.address().port;
    }
    CHECK(trouble([&] { connect_client(context, nobody, {}, {}); }));
}
