// What a listener believes of lines, and what it refuses to believe: each reason word for word, and that nothing is
// recorded then.
#include "netsim/relay/eavesdropper.hpp"

#include "netsim/protocol/message.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

const ParamsFrame toy{"keyhole/1", "toy23", "17", "5", "sha256", "cbc"};

MessageFrame message(std::uint64_t seq) { return {.seq = seq, .iv = "AAAAAAAAAAA=", .ciphertext = "AAAAAAAAAAA="}; }

// A listener that has heard parameters and, where wanted, both keys.
struct Listener {
    explicit Listener(bool with_keys = true) {
        hear(Role::server, toy);
        if (!with_keys) return;
        hear(Role::server, PublicKeyFrame{"8"});
        hear(Role::client, PublicKeyFrame{"13"});
    }
    std::string hear(Role from, const Frame& frame) { return ear.hear(from, encode_frame(frame), frame); }
    /// Says why not, and nothing of it is recorded.
    void refuses(Role from, const Frame& frame, const std::string& why) {
        const Recording before = ear.recording();
        CHECK(hear(from, frame) == why);
        CHECK(ear.recording() == before);
    }

    Eavesdropper ear;
};

} // namespace

TEST_CASE("A listener records parameters, keys and messages as the two send them", "[relay]") {
    Listener listener;
    CHECK(listener.ear.knows_keys());
    CHECK(listener.hear(Role::client, message(1)).empty());
    CHECK(listener.hear(Role::server, message(1)).empty());
    CHECK(listener.hear(Role::client, message(2)).empty());
    const Recording& heard = listener.ear.recording();
    CHECK(heard.parameters->p == 23);
    CHECK(heard.parameters->g == 5);
    CHECK(heard.party(Role::server).public_key == Number(8));
    CHECK(heard.party(Role::client).public_key == Number(0x13));
    CHECK((heard.party(Role::server).agreed && heard.party(Role::client).agreed));
    REQUIRE(heard.messages.size() == 3);
    CHECK(heard.messages[1].sender == Role::server);
    CHECK(heard.messages[2].seq == 2);
    CHECK(heard.messages[0].received->iv == des::Block(0));
    CHECK(listener.hear(Role::client, ByeFrame{}).empty());
    CHECK(listener.hear(Role::server, ErrorFrame{"timeout", ""}).empty());
    CHECK(heard.messages.size() == 3);
}

TEST_CASE("A listener believes nothing that is out of turn", "[relay][hostile]") {
    Eavesdropper nothing;
    CHECK(nothing.hear(Role::client, "", toy) == "the server sends the parameters, not the client");
    CHECK(nothing.hear(Role::client, "", PublicKeyFrame{"8"}) == "there are no parameters yet");
    CHECK(nothing.hear(Role::client, "", message(1)) == "a public key is missing before it");
    CHECK_FALSE(nothing.recording().parameters);
    CHECK(nothing.recording().messages.empty());

    Listener without_keys(false);
    CHECK_FALSE(without_keys.ear.knows_keys());
    without_keys.refuses(Role::server, toy, "there are parameters already");
    without_keys.refuses(Role::server, PublicKeyFrame{"xyz"}, "byte 1 of y is 'x', no hex digit");
    without_keys.hear(Role::server, PublicKeyFrame{"8"});
    without_keys.refuses(Role::server, PublicKeyFrame{"13"}, "there is a public key already");
    CHECK_FALSE(without_keys.ear.knows_keys());
    without_keys.refuses(Role::server, message(1), "a public key is missing before it");

    Listener listener;
    listener.refuses(Role::client, message(2), "its seq is 2 and 1 comes next");
    listener.refuses(Role::client, message(0), "its seq is 0 and 1 comes next");
    CHECK(listener.hear(Role::client, message(1)).empty());
    listener.refuses(Role::client, message(1), "its seq is 1 and 2 comes next");
    listener.refuses(Role::client, message(3), "its seq is 3 and 2 comes next");
}

TEST_CASE("After lines that were missed any later seq is the next, once", "[relay]") {
    Listener listener;
    CHECK(listener.hear(Role::client, message(1)).empty());
    listener.ear.miss(Role::client);
    listener.refuses(Role::client, message(1), "its seq is 1 and 2 comes next");
    listener.refuses(Role::server, message(5), "its seq is 5 and 1 comes next"); // nothing of that end was missed
    CHECK(listener.hear(Role::client, message(7)).empty());
    listener.refuses(Role::client, message(9), "its seq is 9 and 8 comes next");
    CHECK(listener.hear(Role::client, message(8)).empty());
}

TEST_CASE("A listener that keeps no messages has the last one, and its number", "[relay]") {
    Eavesdropper ear(false);
    ear.hear(Role::server, "", toy);
    ear.hear(Role::server, "", PublicKeyFrame{"8"});
    ear.hear(Role::client, "", PublicKeyFrame{"13"});
    for (const std::uint64_t seq : {1U, 2U, 3U}) CHECK(ear.hear(Role::client, "", message(seq)).empty());
    REQUIRE(ear.recording().messages.size() == 1);
    CHECK(ear.recording().messages[0].seq == 3);
}
