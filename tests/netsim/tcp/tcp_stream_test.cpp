// One end of a TCP connection and what its user is told of the other end's end.
#include "netsim/tcp/tcp_stream.hpp"
#include "netsim/tcp/socket_state.hpp"

#include "tests/support/catch.hpp"

#include <poll.h>

using namespace keyhole;
using namespace std::chrono_literals;
using asio::ip::tcp;

namespace {

// A stream whose user notes what it is told, and a bare socket at the other end.
struct Ends : StreamUser, std::enable_shared_from_this<Ends> {
    explicit Ends(asio::io_context& io) : context(io), peer(io) {}

    static std::shared_ptr<Ends> make(asio::io_context& context) {
        auto ends = std::make_shared<Ends>(context);
        tcp::acceptor acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        ends->peer.connect(acceptor.local_endpoint());
        tcp::socket socket = acceptor.accept();
        ends->handle = socket.native_handle();
        ends->stream = std::make_shared<TcpStream>(std::move(socket), ends);
        ends->stream->start();
        return ends;
    }
    void reset() {
        peer.set_option(asio::socket_base::linger(true, 0));
        peer.close();
        pollfd waiting{handle, 0, 0}; // POLLERR needs no asking for
        REQUIRE(::poll(&waiting, 1, 30'000) == 1);
    }
    void run_until_over() {
        const auto limit = std::chrono::steady_clock::now() + 30s;
        while (!over && context.run_one_until(limit) > 0) {
        }
        REQUIRE(over);
    }

    void on_bytes(ByteView bytes) override {
        heard += to_string(bytes);
        stream->read();
    }
    void on_end_of_input() override { over = true; }
    void on_progress() override {}
    void on_gone() override {}

    asio::io_context& context;
    tcp::socket peer;
    int handle = -1;
    std::shared_ptr<TcpStream> stream;
    std::string heard;
    bool over = false;
};

} // namespace

TEST_CASE("The end of a peer's bytes is told from a connection that was reset", "[tcp]") {
    asio::io_context context;
    const auto ended = Ends::make(context);
    ended->stream->read();
    asio::write(ended->peer, asio::buffer("last words", 10));
    ended->peer.close();
    ended->run_until_over();
    CHECK(ended->heard == "last words");
    CHECK(ended->stream->loss() == Loss{.how = Ending::closed});

    const auto reset = Ends::make(context);
    reset->stream->read();
    reset->reset();
    reset->run_until_over();
    CHECK(reset->stream->loss() == Loss{.how = Ending::reset});
}

TEST_CASE("Each error of the system is an end of some kind", "[tcp]") {
    using namespace asio::error;
    CHECK(loss_of(eof).how == Ending::closed);
    for (const boost::system::error_code error :
         {boost::system::error_code(connection_reset), boost::system::error_code(broken_pipe),
          boost::system::error_code(connection_aborted)})
        CHECK(loss_of(error) == Loss{.how = Ending::reset});
    for (const boost::system::error_code error :
         {boost::system::error_code(timed_out), boost::system::error_code(host_unreachable),
          boost::system::error_code(network_unreachable), boost::system::error_code(network_down)})
        CHECK(loss_of(error) == Loss{.how = Ending::vanished});
    // As the system's calls give them, too.
    CHECK(loss_of(boost::system::error_code(ETIMEDOUT, boost::system::system_category())).how == Ending::vanished);
    CHECK(loss_of(no_buffer_space) ==
          Loss{.how = Ending::failed, .detail = boost::system::error_code(no_buffer_space).message()});
}

TEST_CASE("What the peer's machine has confirmed is known, and an answer confirms what it answers", "[tcp]") {
    asio::io_context context;
    const auto ends = Ends::make(context);
    ends->stream->read();
    ends->stream->write("question");
    const auto limit = std::chrono::steady_clock::now() + 30s;
    while (ends->stream->confirmed() < 8 && context.run_one_until(limit) > 0) {
    }
    CHECK(ends->stream->confirmed() == 8);
    CHECK(ends->stream->backlog() == 0);
    ends->stream->finish();
    ends->peer.close();
    ends->run_until_over();
}

TEST_CASE("A reset that a write meets first is a reset to the reader too", "[tcp]") {
    asio::io_context context;
    const auto ends = Ends::make(context);
    ends->reset();
    ends->stream->write("into the void");
    ends->stream->read();
    ends->run_until_over();
    CHECK(ends->stream->loss() == Loss{.how = Ending::reset});
    CHECK(ends->stream->confirmed() == 0);
}
