// A pump between a party and a stream that is only a string: what goes where, and when the stream is closed.
#include "netsim/protocol/pump.hpp"

#include "tests/support/catch.hpp"

#include "netsim/protocol/party.hpp"

using namespace keyhole;

namespace {

struct FakeStream final : ByteStream {
    void read() override { ++reads; }
    void write(std::string bytes) override { written += bytes; }
    void half_close() override { half_closed = true; }
    void finish() override { finished = true; }
    std::size_t backlog() const override { return unread; }
    std::uint64_t confirmed() const override { return 0; }
    const Loss& loss() const override { return how; }

    std::string written;
    std::size_t unread = 0;
    Loss how;
    int reads = 0;
    bool half_closed = false, finished = false;
};

// A client's party behind a pump; the test is the server.
struct Client {
    Client() { pump.attach(stream); }
    void run() {
        party.run();
        pump.send();
        pump.read();
    }
    void hear(std::string_view line) { pump.on_bytes(to_bytes(line)); }

    Party party{Role::client, {.offer = {}}};
    std::shared_ptr<FakeStream> stream = std::make_shared<FakeStream>();
    Pump pump{party, [this] { run(); }};
};

constexpr std::string_view params =
    "{\"type\":\"params\",\"protocol\":\"keyhole/1\",\"group\":\"toy23\",\"p\":\"17\",\"g\":\"5\",\"kdf\":\"sha256\","
    "\"mode\":\"cbc\"}\n";

} // namespace

TEST_CASE("A pump feeds the party, writes what it says, and reads on", "[pump]") {
    Client client;
    client.hear(params.substr(0, 20));
    CHECK(client.stream->written.empty());
    CHECK(client.stream->reads == 1);
    client.hear(params.substr(20));
    CHECK(client.stream->written.find("{\"type\":\"public_key\"") == 0);
    CHECK(client.stream->reads == 2);
    CHECK_FALSE(client.stream->finished);
}

TEST_CASE("A pump gives nothing more to a stream whose peer does not read", "[pump][hostile]") {
    Client client;
    client.stream->unread = Pump::high_water;
    client.hear(params);
    CHECK(client.stream->written.empty());
    CHECK(client.party.output_size() > 0);
    client.stream->unread = 0;
    client.pump.on_progress();
    CHECK(client.stream->written.find("{\"type\":\"public_key\"") == 0);
}

TEST_CASE("A pump closes its stream after the party's last line", "[pump]") {
    Client client;
    client.hear("this is no frame\n");
    CHECK(client.stream->written.find("\"code\":\"bad_frame\"") != std::string::npos);
    CHECK(client.stream->finished);
    CHECK(client.stream->reads == 0);
}

TEST_CASE("A pump tells the party of a peer's end, and touches the stream no more once it is gone", "[pump]") {
    Client client;
    client.stream->how = {.how = Ending::closed};
    client.pump.on_end_of_input();
    CHECK(client.party.closed());
    CHECK(client.stream->finished);
    Client cut;
    cut.pump.on_gone();
    CHECK(cut.pump.gone());
    CHECK(cut.party.closed());
    CHECK(cut.stream->written.empty());
}
