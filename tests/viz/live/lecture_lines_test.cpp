// Lines of a lecture that a window does not show, however long: they take no recording's place and are no mistake.

#include "core/recording/recording_json.hpp"
#include "netsim/lecture/lecture_line.hpp"
#include "netsim/tcp/asio.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/live/lecture.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using asio::ip::tcp;
using keyhole::testing::Waiter;

TEST_CASE("A long line of a class takes no recording's place, and is no mistake", "[viz][live]") {
    asio::io_context context;
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Waiter waiter;
    Follower follower({"127.0.0.1", acceptor.local_endpoint().port()}, waiter.wake());
    tcp::socket socket = acceptor.accept();
    const std::string counts = R"({"type":"closed","question":1,"counts":{")" + std::string(9000, 'x') + "\":1}}\n";
    std::uint64_t now = 0;
    std::optional<Recording> taken;
    const auto until_at = [&](const std::string& place) {
        asio::write(socket, asio::buffer(place_line(place) + "\n"));
        return waiter.until([&] {
            follower.tick(++now);
            if (auto fresh = follower.take_recording()) taken = std::move(fresh);
            return follower.place() == place && !follower.due();
        });
    };
    asio::write(socket, asio::buffer(counts));
    REQUIRE(until_at("connect"));
    CHECK_FALSE(taken);
    CHECK(follower.error().empty());
    // All in one: the recording waits when the counts come.
    asio::write(socket, asio::buffer(recording_line(samples::exchange()) + "\n" + counts + counts));
    REQUIRE(until_at("keys"));
    CHECK(taken == samples::exchange());
    CHECK(follower.error().empty());
    // A long line that is none still is a mistake.
    asio::write(socket, asio::buffer(std::string(9000, 'x') + "\n"));
    REQUIRE(until_at("secret"));
    CHECK(follower.error().find("none of its own") != std::string::npos);
}
