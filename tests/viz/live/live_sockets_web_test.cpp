// A browser's connections, with the page's script played here: what is told of them, and in which order.
#include "tests/support/catch.hpp"

#include "netsim/lecture/lecture_line.hpp"
#include "viz/base/web/browser.hpp"
#include "viz/live/live_sockets.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using Kind = SocketEvent::Kind;

namespace {

// The page: one socket, what was sent on it, and how much of that has not left.
struct FakePage {
    void* owner = nullptr;
    std::vector<std::string> sent;
    double unsent = 0;
    bool open = false;
};

FakePage& page() {
    static FakePage one;
    return one;
}

constexpr int number = 1;

} // namespace

extern "C" {

int browser_open_socket(void* owner, const char* /*where*/) {
    page() = {.owner = owner, .sent = {}, .open = true};
    return number;
}
void browser_send(int /*socket*/, const char* text, int size) {
    page().sent.emplace_back(text, static_cast<std::size_t>(size));
}
double browser_close_socket(int /*socket*/) {
    page().open = false;
    return page().unsent;
}

void keyhole_socket_opened(void* owner, int socket);
void keyhole_socket_message(void* owner, int socket, const char* text);
void keyhole_socket_closed(void* owner, int socket, const char* why, double unsent);
}

namespace {

class Connected {
  public:
    Connected() {
        sockets.connect({.host = "teacher.example", .port = 80}, "/lecture");
        keyhole_socket_opened(page().owner, number);
        const auto events = sockets.take();
        REQUIRE(events.size() == 1);
        REQUIRE(events[0].kind == Kind::opened);
        id = events[0].connection;
    }

    LiveSockets sockets{{}};
    std::uint64_t id = 0;
};

} // namespace

TEST_CASE("Who finishes a browser's connection is told at once that it is gone", "[viz][live]") {
    Connected c;
    c.sockets.write(c.id, "first\nlast\n");
    CHECK(page().sent == std::vector<std::string>{"first", "last"});
    page().unsent = 4;
    c.sockets.finish(c.id);
    CHECK_FALSE(page().open);
    const auto events = c.sockets.take();
    REQUIRE(events.size() == 2);
    CHECK(events[0].kind == Kind::drained);
    CHECK(events[0].confirmed == 0);
    CHECK(events[1].kind == Kind::gone);
    CHECK(events[1].loss.how == Ending::closed);
    CHECK(events[1].confirmed == 7);
    keyhole_socket_closed(page().owner, number, "", 0); // too late: nobody knows of it any more
    CHECK_FALSE(c.sockets.has_events());
}

TEST_CASE("A lost connection confirms only what the browser has not kept", "[viz][live]") {
    Connected c;
    c.sockets.write(c.id, "first\nlast\n");
    c.sockets.half_close(c.id); // no such thing here
    CHECK(page().open);
    keyhole_socket_closed(page().owner, number, "the connection was lost", 11);
    const auto events = c.sockets.take();
    REQUIRE_FALSE(events.empty());
    CHECK(events.back().kind == Kind::gone);
    CHECK(events.back().loss.broken());
    CHECK(events.back().confirmed == 0);
}

TEST_CASE("What nobody reads fills no memory", "[viz][live]") {
    Connected c;
    const std::string line(max_lecture_line, '.');
    keyhole_socket_message(page().owner, number, "read at once");
    for (int i = 0; i < 3 && page().open; ++i) keyhole_socket_message(page().owner, number, line.c_str());
    CHECK_FALSE(page().open);
    const auto events = c.sockets.take();
    REQUIRE(events.size() == 2);
    CHECK(events[0].text == "read at once\n");
    CHECK(events[1].kind == Kind::gone);
    CHECK(events[1].loss.how == Ending::failed);
}
