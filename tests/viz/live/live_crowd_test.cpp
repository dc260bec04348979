// Many clients of a listening window: each with steps of its own, and whatever they do, nothing is left behind.
#include <malloc.h>

#include <filesystem>

#include "tests/support/catch.hpp"
#include "tests/support/live_room.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

namespace {

auto descriptors() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
}

} // namespace

TEST_CASE("Two hundred clients are served at a time, each with steps of its own", "[viz][live]") {
    Room room;
    LiveOptions options = listening(false);
    options.max_sessions = 200;
    room.start(std::move(options));
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 200; ++i) peers.push_back(room.connect());
    peers[7]->reset(); // one dies, one is slow, one talks nonsense
    peers[9]->send("nonsense\n");
    std::vector<std::unique_ptr<Peer>> well;
    for (std::size_t i = 10; i < peers.size(); ++i) well.push_back(std::move(peers[i]));
    REQUIRE(room.until([&] {
        for (const auto& peer : well) peer->run();
        return std::ranges::count_if(room.controller.parties(),
                                     [](const auto& p) { return p->party().established(); }) == 190;
    }));
    CHECK(room.controller.parties()[8]->trouble().empty());
    CHECK_FALSE(room.controller.parties()[7]->trouble().empty());
    CHECK(room.controller.parties()[9]->trouble().find("bad_frame") != std::string::npos);
}

TEST_CASE("A thousand connections that come and go leave no descriptors behind", "[viz][live]") {
    Room room;
    room.start(listening(false));
    room.connect()->reset();
    const auto gone = [&] {
        return std::ranges::all_of(room.controller.parties(), [](const auto& p) { return p->over(); });
    };
    REQUIRE(room.until(gone));
    const auto before = descriptors();
    const HostPort where = parse_host_port(room.controller.address());
    for (int i = 0; i < 1000; ++i) {
        tcp::socket socket(room.context);
        socket.connect({asio::ip::make_address(where.host), where.port});
        if (i % 2 == 0) socket.set_option(asio::socket_base::linger(true, 0));
        socket.close();
        room.tick();
    }
    CHECK(room.until([&] { return gone() && descriptors() <= before; }));
    CHECK(room.controller.parties().size() <= LiveController::most_kept);
    const auto peer = room.connect();
    CHECK(room.until([&] {
        peer->run();
        return room.party().established();
    }));
}

TEST_CASE("The others run while one is stepped, and whoever is too many is told so", "[viz][live]") {
    Room room;
    LiveOptions options = listening();
    options.max_sessions = 2;
    room.start(std::move(options));
    const auto stepped = room.connect(), running = room.connect(), surplus = room.connect();
    REQUIRE(room.until([&] {
        running->run();
        surplus->heard();
        return room.controller.parties()[1]->party().established() && surplus->all().ends_with('\n');
    }));
    CHECK(surplus->all().find("busy") != std::string::npos);
    CHECK(room.controller.parties()[0]->party().state() == State::choose);
    CHECK(stepped->heard().empty());
}

TEST_CASE("Crowd after crowd leaves memory where it was", "[viz][live]") {
    Room room;
    LiveOptions options = listening(false);
    options.max_sessions = 200;
    room.start(std::move(options));
    const tcp::socket unopened(room.context); // with the first one come descriptors of asio's own
    const auto none = descriptors();
    const auto all_gone = [&] { return descriptors() <= none; };
    const auto crowd = [&] {
        std::vector<std::unique_ptr<Peer>> peers;
        for (int i = 0; i < 200; ++i) peers.push_back(room.connect());
        for (const auto& peer : peers) {
            REQUIRE(room.until([&] {
                peer->run();
                return peer->party().established();
            }));
            peer->party().say(std::string(5000, 'x'));
            peer->party().bye();
            peer->run();
        }
        REQUIRE(room.until([&] {
            for (const auto& peer : peers) peer->run();
            return std::ranges::all_of(room.controller.parties(), [](const auto& p) { return p->party().closed(); });
        }));
        CHECK(room.controller.parties().back()->party().recording().messages.size() == 1);
    };
    for (int i = 0; i < 2; ++i) crowd(); // as many as are kept
    CHECK(room.controller.parties().size() == LiveController::most_kept);
    REQUIRE(room.until(all_gone));
    const std::size_t before = mallinfo2().uordblks;
    for (int i = 0; i < 2; ++i) crowd();
    REQUIRE(room.until(all_gone));
    CHECK(room.controller.parties().size() == LiveController::most_kept);
    CHECK(mallinfo2().uordblks <= before + before / 10);
}
