// Dialling on loopback: a connection, the words for each failure, the limit of time, and calling it off.
#include "netsim/tcp/dialler.hpp"

#include "tests/support/catch.hpp"

#include <array>
#include <optional>
#include <vector>

using namespace keyhole;
using namespace std::chrono_literals;
using asio::ip::tcp;

namespace {

// A port that nobody accepts on. One that is `full` does not even answer.
struct Port {
    explicit Port(asio::io_context& context, bool full = false) : acceptor(context) {
        const tcp::endpoint any(asio::ip::make_address("127.0.0.1"), 0);
        acceptor.open(any.protocol());
        acceptor.bind(any);
        acceptor.listen(full ? 0 : 8);
        for (int i = 0; full && i < 8; ++i) {
            callers.emplace_back(context).async_connect(acceptor.local_endpoint(), [](boost::system::error_code) {});
        }
    }
    HostPort address() const { return {"127.0.0.1", acceptor.local_endpoint().port()}; }

    tcp::acceptor acceptor;
    std::vector<tcp::socket> callers;
};

// Dials and runs the context until one handler was called.
struct Dialled {
    Dialled(asio::io_context& context, const HostPort& address, std::chrono::milliseconds limit = 30s) {
        Dialler dialler(context, limit);
        dialler.dial(
            address,
            [&](tcp::socket socket) {
                connected = socket.is_open();
                context.stop();
            },
            [&](const std::string& failure) {
                why = failure;
                context.stop();
            });
        context.restart();
        context.run_for(60s);
    }

    bool connected = false;
    std::string why;
};

} // namespace

TEST_CASE("A dialler connects to a port that listens", "[tcp]") {
    asio::io_context context;
    const Port port(context);
    const Dialled dialled(context, port.address());
    CHECK(dialled.connected);
    CHECK(dialled.why.empty());
}

TEST_CASE("A dialler says which address did not answer, and why", "[tcp]") {
    asio::io_context context;
    HostPort address;
    {
        const Port port(context);
        address = port.address();
    }
    const Dialled refused(context, address);
    CHECK_FALSE(refused.connected);
    CHECK(refused.why ==
          "cannot connect to " + to_text(address) + " (Connection refused; is a server listening there?)");
    const Dialled unknown(context, {"no-such-host.invalid", 1});
    CHECK(unknown.why.find("the host 'no-such-host.invalid' is unknown (") == 0);
}

TEST_CASE("An address that does not answer costs the others no time", "[tcp]") {
    asio::io_context context;
    const Port dead(context, true), good(context);
    // Two addresses of one name, the dead one first.
    const std::array endpoints = {dead.acceptor.local_endpoint(), good.acceptor.local_endpoint()};
    const auto found = Addresses::create(endpoints.begin(), endpoints.end(), "two", "1");
    Dialler dialler(context);
    std::optional<tcp::endpoint> reached;
    dialler.dial(
        {"two", 1}, found,
        [&](tcp::socket socket) {
            reached = socket.remote_endpoint();
            context.stop();
        },
        [&](const std::string&) { context.stop(); });
    context.restart();
    context.run_for(20s);
    CHECK(reached == good.acceptor.local_endpoint());
}

TEST_CASE("Addresses of both families are tried in turn, the system's first one first", "[tcp]") {
    const auto at = [](const char* address) { return tcp::endpoint(asio::ip::make_address(address), 1); };
    const std::array all = {at("::1"), at("::2"), at("::3"), at("127.0.0.1"), at("127.0.0.2")};
    CHECK(interleaved(Addresses::create(all.begin(), all.end(), "x", "1")) ==
          std::vector{at("::1"), at("127.0.0.1"), at("::2"), at("127.0.0.2"), at("::3")});
}

TEST_CASE("A dialler gives up when its time is over", "[tcp][hostile]") {
    asio::io_context context;
    const Port port(context, true);
    const auto begin = std::chrono::steady_clock::now();
    const Dialled dialled(context, port.address(), 300ms);
    CHECK(dialled.why.find("Connection timed out") != std::string::npos);
    CHECK(std::chrono::steady_clock::now() - begin < 30s);
}

TEST_CASE("A dialler that is called off, or dials again, tells nothing of the attempt before", "[tcp]") {
    asio::io_context context;
    const Port port(context);
    int told = 0;
    const auto connected = [&](tcp::socket) { ++told; };
    const auto failed = [&](const std::string&) { ++told; };
    {
        Dialler dialler(context);
        dialler.dial(port.address(), connected, failed);
        dialler.dial(port.address(), connected, failed);
        dialler.cancel();
        dialler.dial(port.address(), connected, failed);
    }
    context.run();
    CHECK(told == 0);
}
