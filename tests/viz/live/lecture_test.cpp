// Lectures: a window that publishes, and those that follow it over real sockets.

#include "viz/live/lecture.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/viewer.hpp"
#include "netsim/tcp/asio.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;
using keyhole::testing::Waiter;

TEST_CASE("Followers go along with a lecture, leave it by a move of their own, and rejoin", "[viz][live]") {
    const Recording recording = samples::exchange();
    std::uint64_t now = 0;
    Waiter waiter;
    Publisher publisher({"127.0.0.1", 0}, waiter.wake());
    viz::testing::NullWindow window(LiveWindow::waiting());
    window.app.set_wake(waiter.wake());
    std::string place = "keys";
    std::uint64_t version = 1;
    const Recording* published = &recording;
    std::string text;
    const auto publish = [&] {
        publisher.tick(++now);
        publisher.show(*published, version, place);
    };
    const auto until = [&](auto holds) {
        return waiter.until([&] {
            publish();
            text = window.frame();
            return holds();
        });
    };
    REQUIRE(until([&] { return !publisher.address().empty(); }));
    window.app.lecture().follow(parse_host_port(publisher.address()));
    REQUIRE(until([&] { return window.address() == "keys"; }));
    CHECK(window.app.session().recording == recording);
    CHECK(publisher.followers() == 1);
    place = "message.1/encrypt/block.1/round.5/sbox.3";
    REQUIRE(until([&] { return window.address() == place; }));
    window.app.press({.key = Key::up});
    REQUIRE(until([&] { return text.find("left the lecture") != std::string::npos; }));
    place = "secret";
    REQUIRE(waiter.until([&] {
        publish();
        return window.app.due().has_value(); // the next frame has the news
    }));
    window.frame();
    CHECK_FALSE(window.app.due());
    CHECK(window.address() == "message.1/encrypt/block.1/round.5");
    window.app.press({.key = key_of('f')});
    REQUIRE(until([&] { return window.address() == "secret"; }));
    // Another recording takes the place of the one before.
    const Recording other = seen_by(recording, Viewer::client);
    published = &other;
    version = 2;
    place = "connect";
    REQUIRE(until([&] { return window.app.session().recording == other && window.address() == "connect"; }));
}

TEST_CASE("A follower believes nothing that does not hold, and goes on", "[viz][live]") {
    asio::io_context context;
    tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Recording wrong = samples::exchange();
    wrong.party(Role::server).shared = *wrong.party(Role::server).shared + 1;
    const auto line = [](const Recording& recording) {
        std::string text = to_json(recording);
        std::erase(text, '\n');
        return "{\"type\":\"recording\",\"recording\":" + text + "}\n";
    };
    const std::vector<std::string> bad = {"no json\n",
                                          "[]\n",
                                          std::string(100'000, '[') + "\n",
                                          "{\"type\":\"recording\"}\n",
                                          "{\"type\":\"recording\",\"recording\":{}}\n",
                                          "{\"type\":\"at\",\"address\":5}\n",
                                          line(wrong)};
    for (const std::string& bytes : bad) {
        INFO(bytes.substr(0, 60));
        std::uint64_t now = 0;
        Waiter waiter;
        Follower follower({"127.0.0.1", acceptor.local_endpoint().port()}, waiter.wake());
        tcp::socket socket = acceptor.accept();
        asio::write(socket, asio::buffer(bytes));
        const auto until = [&](auto holds) {
            return waiter.until([&] {
                follower.tick(++now);
                return holds();
            });
        };
        REQUIRE(until([&] { return !follower.error().empty(); }));
        CHECK_FALSE(follower.take_recording());
        asio::write(socket, asio::buffer(line(samples::exchange()) + "{\"type\":\"at\",\"address\":\"keys\"}\n"));
        std::optional<Recording> good;
        REQUIRE(until([&] {
            if (!good) good = follower.take_recording();
            return good.has_value() && follower.place() == "keys";
        }));
    }
}

namespace {

// What one follower has heard: the last lines of both kinds.
struct Heard {
    void read(tcp::socket& socket) {
        std::array<char, 65536> buffer{};
        boost::system::error_code error;
        while (const std::size_t size = socket.read_some(asio::buffer(buffer), error)) take({buffer.data(), size});
    }
    bool stands_at(std::string_view address) const {
        return partial.empty() && place.find(address) != std::string::npos;
    }

    std::string partial, recording, place;
    std::size_t recordings = 0;

  private:
    void take(std::string_view bytes) {
        for (auto end = bytes.find('\n'); end != bytes.npos; end = bytes.find('\n')) {
            partial += bytes.substr(0, end);
            bytes.remove_prefix(end + 1);
            const bool is_recording = partial.starts_with("{\"recording\":");
            recordings += is_recording ? 1 : 0;
            (is_recording ? recording : place) = std::exchange(partial, {});
        }
        partial += bytes;
    }
};

} // namespace

TEST_CASE("A follower that does not read holds up nobody and gets the newest when it does", "[viz][live]") {
    Waiter waiter;
    Publisher publisher({"127.0.0.1", 0}, waiter.wake());
    std::uint64_t now = 0;
    Recording recording = samples::exchange();
    std::string place = "keys";
    const auto until = [&](auto holds) {
        return waiter.until([&] {
            publisher.tick(++now);
            publisher.show(recording, recording.messages.size(), place);
            return holds();
        });
    };
    REQUIRE(until([&] { return !publisher.address().empty(); }));
    const HostPort where = parse_host_port(publisher.address());
    asio::io_context context;
    tcp::socket slow(context), quick(context);
    slow.open(tcp::v4());
    slow.set_option(asio::socket_base::receive_buffer_size(65536));
    for (tcp::socket* socket : {&slow, &quick}) socket->connect({asio::ip::make_address(where.host), where.port});
    REQUIRE(until([&] { return publisher.followers() == 2; }));
    quick.non_blocking(true);
    Heard quick_heard, slow_heard;
    constexpr std::size_t versions = 8;
    MessageRecord large = recording.messages.front();
    large.sent->frame.assign(1'500'000, ' '); // is written out as it stands
    for (std::size_t i = 1; i <= versions; ++i) {
        recording.messages.push_back(large);
        large.sent->frame.clear();
        place = "lecture/" + std::to_string(i);
        REQUIRE(until([&] {
            quick_heard.read(quick);
            return quick_heard.recordings == i + 1 && quick_heard.stands_at(place);
        }));
    }
    slow.non_blocking(true);
    REQUIRE(until([&] {
        slow_heard.read(slow);
        return slow_heard.stands_at(place);
    }));
    CHECK(slow_heard.recordings < versions);
    CHECK((slow_heard.recording == quick_heard.recording));
    CHECK(publisher.followers() == 2);
}

TEST_CASE("A follower comes back by itself when the lecture does", "[viz][live]") {
    asio::io_context context;
    auto acceptor = std::make_unique<tcp::acceptor>(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const tcp::endpoint where = acceptor->local_endpoint();
    Waiter waiter;
    Follower follower({"127.0.0.1", where.port()}, waiter.wake());
    std::uint64_t now = 1000;
    const auto until = [&](auto holds) {
        return waiter.until([&] {
            follower.tick(now);
            return holds();
        });
    };
    tcp::socket lecture = acceptor->accept();
    asio::write(lecture, asio::buffer(std::string("{\"type\":\"at\",\"address\":\"keys\"}\n")));
    REQUIRE(until([&] { return follower.place() == "keys"; }));
    acceptor.reset();
    lecture.close();
    REQUIRE(until([&] { return !follower.connected(); }));
    CHECK(follower.error() ==
          "the lecture has ended, or its window was closed. It is tried again every 3 s (F leaves).");
    // Nothing is tried before its time; then once.
    REQUIRE(follower.due() == now + Follower::time_between_tries);
    now += Follower::time_between_tries - 1;
    follower.tick(now);
    CHECK(follower.due() == now + 1);
    now += 1;
    REQUIRE(until([&] { return follower.error().find("cannot connect") != std::string::npos; }));
    CHECK(follower.due() == now + Follower::time_between_tries);
    // The lecture is there again, at the same address.
    acceptor = std::make_unique<tcp::acceptor>(context, where);
    now += Follower::time_between_tries;
    follower.tick(now);
    lecture = acceptor->accept();
    asio::write(lecture, asio::buffer(std::string("{\"type\":\"at\",\"address\":\"secret\"}\n")));
    REQUIRE(until([&] { return follower.place() == "secret"; }));
    CHECK(follower.connected());
    CHECK(follower.error().empty());
    CHECK_FALSE(follower.due());
    // A reset is told apart from an end.
    lecture.set_option(asio::socket_base::linger(true, 0));
    lecture.close();
    REQUIRE(until([&] { return !follower.connected(); }));
    CHECK(follower.error().starts_with("the connection to the lecture was reset"));
}

TEST_CASE("A lecture whose window is closed ends in peace for its followers", "[viz][live]") {
    Waiter waiter;
    auto publisher = std::make_unique<Publisher>(HostPort{"127.0.0.1", 0}, waiter.wake());
    std::unique_ptr<Follower> follower;
    std::uint64_t now = 0;
    const auto until = [&](auto holds) {
        return waiter.until([&] {
            ++now;
            if (publisher) {
                publisher->tick(now);
                publisher->show(samples::exchange(), 1, "keys");
            }
            if (follower) follower->tick(now);
            return holds();
        });
    };
    REQUIRE(until([&] { return !publisher->address().empty(); }));
    follower = std::make_unique<Follower>(parse_host_port(publisher->address()), waiter.wake());
    // The place comes after the recording, not with it.
    std::optional<Recording> taken;
    REQUIRE(until([&] {
        if (!taken) taken = follower->take_recording();
        return taken && follower->place() == "keys";
    }));
    publisher.reset();
    REQUIRE(until([&] { return !follower->error().empty(); }));
    CHECK(follower->error().starts_with("the lecture has ended"));
}
