// Each check of the handshake in a recording, and of traces of their own: a recording that is right but for what that
// check is about, and its very words.
#include <fmt/format.h>

#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/traces.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

using R = Recording;

std::string role_name(Role role) { return std::string(name(role)); }

} // namespace

TEST_CASE("Nothing happens before the parameters", "[recording][checks]") {
    Recording start;
    start.connected = true;
    for (const Role role : every_role) {
        const std::string at = "parameters/" + role_name(role), why = "a party cannot go on without parameters";
        refuses(
            start, [&](R& r) { r.party(role).agreed = true; }, at, why);
        refuses(
            start, [&](R& r) { r.party(role).public_key = 5; }, at, why);
    }
    refuses(
        start, [](R& r) { r.messages.push_back(chat().messages[0]); }, "message.1",
        "there is no message without a handshake");
    refuses(
        chat(), [](R& r) { r.connected = false; }, "connect", "there are no parameters without a connection");
    refuses(
        chat(), [](R& r) { r.parameters->p += 2; }, "parameters/server.choose", "p is not prime");
    refuses(
        chat(), [](R& r) { r.parameters->g = 1; }, "parameters/server.choose", "g is outside 2..p-2");
}

TEST_CASE("Each check of the keys bites", "[recording][checks]") {
    const std::size_t kind = GENERATE(0U, 1U, 2U, 3U);
    CAPTURE(kind);
    for (const Role role : every_role) {
        const std::string private_at = "keys/" + role_name(role) + ".private",
                          public_at = "keys/" + role_name(role) + ".public";
        // Until the public key there is nothing else that a private key must fit.
        Recording chosen = chat(kind);
        chosen.messages.clear();
        for (const Role one : every_role) {
            chosen.party(one).public_key.reset();
            chosen.party(one).shared.reset();
            chosen.party(one).derived = false;
        }
        const std::string outside = "it is outside 1..p-1";
        refuses(
            chosen, [&](R& r) { r.party(role).agreed = false; }, private_at, "the parameters were not agreed to");
        refuses(
            chosen, [&](R& r) { r.party(role).private_key = r.parameters->p; }, private_at, outside);
        refuses(
            chosen, [&](R& r) { r.party(role).private_key = r.parameters->p + 1; }, private_at, outside);
        refuses(
            chosen, [&](R& r) { r.party(role).private_key = 0; }, private_at, outside);
        Recording edge = chosen;
        edge.party(role).private_key = edge.parameters->p - 1;
        CHECK(refusal(edge).empty());
        edge.party(role).private_key = 1;
        CHECK(refusal(edge).empty());
        Recording shown = chosen;
        shown.party(role).public_key = chat(kind).party(role).public_key;
        const std::string no_power = "it is not g to the private key, modulo p";
        refuses(
            shown, [&](R& r) { *r.party(role).public_key += 1; }, public_at, no_power);
        refuses(
            shown, [&](R& r) { *r.party(role).public_key += r.parameters->p; }, public_at, no_power);
    }
}

TEST_CASE("Each check of the shared secret bites", "[recording][checks]") {
    const std::size_t kind = GENERATE(0U, 1U, 2U, 3U);
    CAPTURE(kind);
    Recording right = chat(kind);
    right.messages.clear();
    for (const Role role : every_role) {
        const Role peer = other(role);
        const std::string at = "secret/" + role_name(role) + ".shared",
                          derive_at = "secret/" + role_name(role) + ".derive",
                          peer_at = "keys/" + role_name(peer) + ".public";
        Recording alone = seen_by(role, right);
        refuses(
            alone, [&](R& r) { r.party(peer).public_key.reset(); }, at, "the peer's public key is missing");
        for (const Number& y : {Number(0), Number(1), Number(right.parameters->p - 1), right.parameters->p})
            refuses(
                alone, [&](R& r) { r.party(peer).public_key = y; }, peer_at, "no party accepts this public key");
        refuses(
            alone, [&](R& r) { r.party(role).private_key.reset(); }, at, "no private key leads to it");
        const std::string no_power = "it is not the peer's public key to its own private key, modulo p";
        refuses(
            alone, [&](R& r) { *r.party(role).shared += 1; }, at, no_power);
        refuses(
            alone, [&](R& r) { *r.party(role).shared += r.parameters->p; }, at, no_power);
        refuses(
            alone, [&](R& r) { r.party(role).shared.reset(); }, derive_at, "there is no shared secret to derive from");
    }
}

TEST_CASE("Each check of what was overheard bites", "[recording][checks]") {
    const Recording right = overheard(chat());
    for (const Role role : every_role) {
        const std::string at = "keys/" + role_name(role) + ".public";
        refuses(
            right, [&](R& r) { r.party(role).public_key.reset(); }, at, "there is no message without it");
        for (const Number& y : {Number(0), Number(1), Number(right.parameters->p - 1), right.parameters->p})
            refuses(
                right, [&](R& r) { r.party(role).public_key = y; }, at, "no party accepts this public key");
    }
    const std::string no_key = "an eavesdropper has no key";
    refuses(
        right, [](R& r) { r.messages[2].received->padded = {1}; }, "message.3/decrypt", no_key);
    refuses(
        right, [](R& r) { r.messages[3].received->plaintext = Bytes{}; }, "message.4/decrypt", no_key);
    refuses(
        right, [](R& r) { r.messages[3].sent = chat().messages[3].sent; }, "message.4/encrypt",
        "the sender has no session key");
    Recording missed = right;
    missed.messages.erase(missed.messages.begin() + 1); // the server's first
    CHECK(refusal(missed).empty());
    refuses(
        missed, [](R& r) { std::swap(r.messages[0], r.messages[2]); }, "message.3", "its seq is not the next");
}

TEST_CASE("Each check of a trace without an exchange bites", "[recording][checks]") {
    Random random = Random::seeded("checks of a trace");
    const Recording sent = random_message(Mode::cbc, Direction::encrypt, random),
                    received = random_message(Mode::cbc, Direction::decrypt, random),
                    ecb = random_message(Mode::ecb, Direction::encrypt, random);
    const std::string one = "this trace has exactly one message";
    refuses(
        sent, [](R& r) { r.messages.clear(); }, "message.1", one);
    refuses(
        sent, [](R& r) { r.messages.push_back(r.messages[0]); }, "message.1", one);
    const std::string either = "this trace either enciphers or deciphers";
    refuses(
        sent, [&](R& r) { r.messages[0].received = received.messages[0].received; }, "message.1", either);
    refuses(
        sent, [](R& r) { r.messages[0].sent.reset(); }, "message.1", either);
    refuses(
        sent, [](R& r) { r.messages[0].sender = Role::server; }, "message.1", "the wrong side is the sender");
    refuses(
        received, [](R& r) { r.messages[0].sender = Role::client; }, "message.1", "the wrong side is the sender");
    refuses(
        received, [](R& r) { r.messages[0].received->plaintext.reset(); }, "message.1/unpad", "the padding is wrong");
    refuses(
        sent, [](R& r) { r.messages[0].seq = 2; }, "message.1", "its seq is not the next");
    const std::string no_frames = "a trace without an exchange has no frames";
    refuses(
        sent, [](R& r) { r.messages[0].sent->frame = "{}"; }, "message.1/frame", no_frames);
    refuses(
        received, [](R& r) { r.messages[0].received->frame = "{}"; }, "message.1/decode", no_frames);
    refuses(
        ecb, [](R& r) { r.messages[0].sent->plaintext.pop_back(); }, "message.1/pad", "these are no whole blocks");
    refuses(
        sent, [](R& r) { r.des->key ^= 2; }, "message.1/encrypt", "the ciphertext is not that of the plaintext");
    const Recording power = random_power(20, random);
    refuses(
        power, [&](R& r) { r.messages = sent.messages; }, "message.1", "a modular exponentiation sends no message");
}

TEST_CASE("A recording is an exchange or a trace of its own", "[recording][checks]") {
    Random random = Random::seeded("mixtures");
    const Recording des = random_message(Mode::ecb, Direction::encrypt, random), power = random_power(20, random);
    const std::string mixes =
        "the recording mixes an exchange with a trace of its own (a recording is one of them; keep that)";
    const auto mixed = [](Recording recording, const std::function<void(R&)>& change) {
        change(recording);
        return refusal(recording);
    };
    CHECK(mixed(des, [&](R& r) { r.power = power.power; }) == mixes);
    for (const Recording& trace : {des, power}) {
        CHECK(mixed(trace, [](R& r) { r.connected = true; }) == mixes);
        CHECK(mixed(trace, [](R& r) { r.parameters = chat().parameters; }) == mixes);
        for (const Role role : every_role) {
            CHECK(mixed(trace, [&](R& r) { r.party(role).agreed = true; }) == mixes);
            CHECK(mixed(trace, [&](R& r) { r.party(role).public_key = 5; }) == mixes);
        }
    }
    CHECK_THAT(mixed(power, [](R& r) { r.power->modulus = 0; }), Catch::Contains("modulus"));
}
