// Two parties in one process: one recording that knows everything, the same for the same seed.
#include "netsim/protocol/loopback.hpp"

#include "core/base/error.hpp"
#include "core/recording/recording_check.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

ExchangeOptions options(Mode mode = Mode::cbc, dh::Kdf kdf = dh::Kdf::sha256) {
    return {.group = *find_group("toy23"),
            .kdf = kdf,
            .mode = mode,
            .random = Random::seeded("loopback"),
            .says = default_scene()};
}

} // namespace

TEST_CASE("An exchange knows both sides of everything", "[loopback]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const dh::Kdf kdf : {dh::Kdf::sha256, dh::Kdf::low64}) {
            const Recording recording = run_exchange(options(mode, kdf));
            CHECK_NOTHROW(check_recording(recording));
            for (const Role role : {Role::server, Role::client}) {
                const PartyRecord& party = recording.party(role);
                CHECK((party.agreed && party.private_key && party.public_key && party.shared && party.derived));
            }
            CHECK(session_key(recording, Role::server) == session_key(recording, Role::client));
            REQUIRE(recording.messages.size() == 2);
            CHECK(recording.messages[0].sender == Role::client);
            for (const MessageRecord& message : recording.messages) {
                REQUIRE((message.sent && message.received));
                CHECK(message.sent->frame == message.received->frame);
                CHECK(message.sent->plaintext == message.received->plaintext);
            }
        }
    }
}

TEST_CASE("The same seed gives the same exchange, another seed another", "[loopback]") {
    ExchangeOptions again = options();
    CHECK(run_exchange(options()) == run_exchange(again));
    again.random = Random::seeded("another");
    CHECK_FALSE(run_exchange(options()) == run_exchange(again));
}

TEST_CASE("Private keys may be given, as in a textbook", "[loopback]") {
    ExchangeOptions textbook = options();
    textbook.group = {.name = "custom", .source = {}, .p = 479, .g = 13};
    textbook.server_private = 77;
    textbook.client_private = 201;
    const Recording recording = run_exchange(textbook);
    CHECK(recording.party(Role::server).private_key == Number(77));
    CHECK(recording.party(Role::server).public_key == Number(299));
    CHECK(recording.party(Role::client).public_key == Number(369));
    CHECK(recording.party(Role::server).shared == Number(187));
    CHECK(recording.party(Role::client).shared == Number(187));
    CHECK_NOTHROW(check_recording(recording));

    textbook.client_private.reset(); // the other one is drawn, as ever
    CHECK(run_exchange(textbook).party(Role::server).public_key == Number(299));
    CHECK(run_exchange(textbook) == run_exchange(textbook));
    for (const int bad : {0, 478, 479, 239}) { // 13^239 is 1 or -1
        textbook.server_private = bad;
        CAPTURE(bad);
        CHECK_THROWS_WITH(run_exchange(textbook), Catch::StartsWith("the server's private key"));
    }
}

TEST_CASE("Texts may be added, and what was recorded stays", "[loopback]") {
    Exchange exchange(options());
    const Recording before = exchange.recording();
    exchange.say(Role::server, "");
    exchange.say(Role::server, "grüß dich");
    const Recording& after = exchange.recording();
    REQUIRE(after.messages.size() == 4);
    CHECK(std::equal(before.messages.begin(), before.messages.end(), after.messages.begin()));
    CHECK(after.messages[3].seq == 3);
    CHECK_THROWS_AS(exchange.say(Role::client, "\xFF"), Error);
    CHECK_THROWS_AS(exchange.say(Role::client, std::string(max_text_bytes + 1, 'x')), Error);
}

TEST_CASE("An exchange over parameters that are no good does not begin", "[loopback]") {
    ExchangeOptions bad = options();
    bad.group = {.name = "custom", .source = {}, .p = 15, .g = 2};
    CHECK_THROWS_AS(run_exchange(bad), Error);
}

TEST_CASE("The smallest groups exchange too", "[loopback]") {
    for (const auto& [p, g] : {std::pair{5, 2}, {5, 3}, {7, 2}, {7, 3}, {11, 2}, {13, 5}, {13, 2}}) {
        ExchangeOptions small = options();
        small.group = {.name = "custom", .source = {}, .p = p, .g = g};
        for (const char* seed : {"1", "2", "3"}) {
            small.random = Random::seeded(seed);
            CHECK_NOTHROW(check_recording(run_exchange(small)));
        }
    }
}
