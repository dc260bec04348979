// A party's lines over a WebSocket: what counts as confirmed at its end.

#include "netsim/web/web_stream.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

// A socket that takes everything, and whose peer's machine confirms nothing.
struct Silent final : WebSocket {
    void read() override {}
    void send(std::shared_ptr<const std::string> text) override { sent = *text; }
    bool sending() const override { return false; }
    void close(CloseCode, std::string_view) override { closed = true; }
    void abandon() override {}
    const std::string& peer() const override { return name; }
    std::size_t unconfirmed() const override { return 1000; }

    std::string sent, name = "192.0.2.7:51234";
    bool closed = false;
};

struct Sent {
    asio::io_context context;
    std::shared_ptr<Silent> socket = std::make_shared<Silent>();
    std::shared_ptr<WebStream> stream =
        std::make_shared<WebStream>(socket, context.get_executor(), std::weak_ptr<StreamUser>());

    Sent() {
        stream->write("hello\n");
        stream->on_sent();
        REQUIRE(socket->sent == "hello");
        REQUIRE(stream->confirmed() == 0);
    }
};

} // namespace

TEST_CASE("Who answers the closing has read everything", "[web]") {
    Sent end;
    end.stream->finish();
    REQUIRE(end.socket->closed);
    end.stream->on_end({Ending::closed});
    CHECK(end.stream->confirmed() == 6);
}

TEST_CASE("Who closes first, or is gone before the answer, may have read nothing", "[web]") {
    Sent first, gone;
    first.stream->on_end({Ending::closed});
    CHECK(first.stream->confirmed() == 0);
    gone.stream->finish();
    gone.stream->on_end({Ending::vanished});
    CHECK(gone.stream->confirmed() == 0);
}
