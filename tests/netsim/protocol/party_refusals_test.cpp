// The party without sockets: everything that it refuses, what it answers, and what its own user hears.
#include "core/base/error.hpp"
#include "core/recording/recording_check.hpp"
#include "tests/netsim/protocol/party_pair.hpp"

using namespace keyhole;
using namespace keyhole::testing;

TEST_CASE("Parameters that are no good are refused", "[party][hostile]") {
    const std::string good =
        R"({"type":"params","protocol":"keyhole/1","group":"x","p":"17","g":"5","kdf":"sha256","mode":"cbc"})";
    const auto with = [&](const char* field, const std::string& value) {
        auto frame = nlohmann::json::parse(good);
        frame[field] = value;
        return frame.dump();
    };
    for (const std::string& line :
         {with("p", "16"), with("p", "3"), with("p", "15"), with("p", "0"), with("p", ""), with("p", "0x17"),
          with("p", "-17"), with("p", std::string(1'000'000, 'f')), with("g", "1"), with("g", "16"), with("g", "zz"),
          with("g", std::string(1'000'000, 'f')), with("kdf", "md5"), with("mode", "xts"),
          with("protocol", "keyhole/2")}) {
        Party client(Role::client, client_options());
        CHECK(refusal(client, line)["code"] == "bad_params");
        CHECK_FALSE(client.recording().parameters);
        CHECK_NOTHROW(check_recording(client.recording()));
    }
    Party client(Role::client, client_options());
    client.receive(to_bytes(with("p", "00017") + "\n"));
    client.run();
    CHECK_FALSE(client.closed());
    CHECK(client.recording().parameters->group == "toy23");
}

TEST_CASE("Public values that are no good are refused", "[party][hostile]") {
    for (const std::string& y :
         {std::string(), std::string("0"), std::string("1"), std::string("16"), std::string("17"), std::string("0x8"),
          std::string("-1"), std::string(1'000'000, 'f')}) {
        Party server(Role::server, server_options());
        CHECK(refusal(server, encode_frame(PublicKeyFrame{y}))["code"] == "bad_public_key");
        CHECK_NOTHROW(check_recording(server.recording()));
    }
    // 2039 is a safe prime, 4 generates its squares, and -4 is none of them.
    PartyOptions squares = server_options();
    squares.offer = make_offer({.name = "custom", .source = {}, .p = 2039, .g = 4}, dh::Kdf::sha256, Mode::cbc);
    Party server(Role::server, squares);
    CHECK(refusal(server, encode_frame(PublicKeyFrame{to_wire_hex(2035)}))["code"] == "bad_public_key");
}

TEST_CASE("Frames out of turn are refused", "[party][hostile]") {
    const std::string message = message_line(1, "AAAAAAAAAAA=", "AAAAAAAAAAA=");
    const std::string params = encode_frame(ParamsFrame{"keyhole/1", "toy23", "17", "5", "sha256", "cbc"});
    const std::string key = encode_frame(PublicKeyFrame{"8"});
    for (const std::string& line : {message, params}) {
        Party server(Role::server, server_options());
        CHECK(refusal(server, line)["code"] == "unexpected_message");
    }
    for (const std::string& line : {message, key}) {
        Party client(Role::client, client_options());
        CHECK(refusal(client, line)["code"] == "unexpected_message");
    }
    for (const std::string& line : {params, key}) {
        Pair pair;
        CHECK(refusal(pair.client, line)["code"] == "unexpected_message");
    }
}

TEST_CASE("Every bad message gets the very same answer, and a wrong seq another", "[party][hostile]") {
    const std::string block = "AAAAAAAAAAA=";
    std::optional<nlohmann::json> first;
    for (const std::string& line :
         {encode_frame(MessageFrame{1, {}, block}), message_line(1, "AAAA", block), message_line(1, "!", block),
          message_line(1, block, ""), message_line(1, block, "AAAA"), message_line(1, block, "A"),
          message_line(1, block, block)}) {
        Pair pair;
        const auto answer = refusal(pair.server, line);
        CHECK(answer["code"] == "bad_ciphertext");
        if (!first) first = answer;
        CHECK(answer == *first);
        REQUIRE(pair.server.recording().messages.size() == 1);
        CHECK_FALSE(pair.server.recording().messages[0].received->plaintext);
        CHECK_NOTHROW(check_recording(pair.server.recording()));
    }
    for (const std::uint64_t seq : {0U, 2U}) {
        Pair pair;
        CHECK(refusal(pair.server, message_line(seq, block, block))["code"] == "bad_sequence");
        CHECK(pair.server.recording().messages.empty());
    }
}

TEST_CASE("A party that refuses tells its own user why", "[party][hostile]") {
    const std::string block = "AAAAAAAAAAA=";
    const auto reason = [](const std::string& line) {
        Pair pair;
        pair.server.receive(to_bytes(line + "\n"));
        pair.server.run();
        const auto refused = event_of<Refused>(pair.server);
        REQUIRE(refused);
        // The peer hears nothing of it.
        CHECK(pair.server.take_output().find(refused->reason) == std::string::npos);
        return refused->reason;
    };
    const std::string line_end = R"({"type":"message","seq":1,"iv":"AAAAAAAAAAA=\n","ciphertext":"AAAAAAAAAAA="})";
    CHECK(reason(line_end) == "iv: byte 13 of its base64 is '\\n', a line end: the wire's base64 is one line");
    CHECK(reason(message_line(1, block, "AAAA-AAAAAA=")) ==
          "ciphertext: byte 5 of its base64 is '-', which is no character of base64");
    CHECK(reason(message_line(1, block, "AAAAAAAAAAA")) ==
          "ciphertext: its base64 has 11 characters, no multiple of 4: something is missing, or the = at its end");
    CHECK(reason(message_line(1, "AAAA", block)) == "iv has 3 bytes, 8 are needed");
    CHECK(reason(encode_frame(MessageFrame{1, {}, block})) == "iv is missing");
    CHECK(reason(message_line(1, block, "AAAA")) == "ciphertext has 3 bytes, no whole blocks of 8");
    CHECK(reason(message_line(1, block, "")) == "ciphertext is empty");
    CHECK(reason(message_line(2, block, block)) == "seq is 2, 1 is the next");
    CHECK_THAT(reason(message_line(1, block, block)), Catch::StartsWith("what was deciphered ends with the byte 0x"));

    Party server(Role::server, server_options());
    server.run();
    server.receive(to_bytes(encode_frame(PublicKeyFrame{"1g"}) + "\n"));
    server.run();
    CHECK(event_of<Refused>(server)->reason == "byte 2 of y is 'g', no hex digit");
}

TEST_CASE("A private key of its user's choice is taken, or refused as the user's mistake", "[party]") {
    PartyOptions chosen = client_options();
    chosen.private_key = 6;
    Party server(Role::server, server_options()), client(Role::client, chosen);
    exchange(server, client);
    CHECK(client.recording().party(Role::client).public_key == Number(8)); // 5^6 mod 23
    CHECK(server.established());

    chosen.private_key = 11; // 5^11 is -1
    Party other(Role::server, server_options()), wrong(Role::client, chosen);
    CHECK_THROWS_AS(exchange(other, wrong), Error);
}

TEST_CASE("A peer's error ends the chat without an answer", "[party][hostile]") {
    Pair pair;
    pair.client.receive(to_bytes(encode_frame(ErrorFrame{"something_new", "detail"}) + "\n"));
    pair.client.run();
    const auto refused = event_of<Refused>(pair.client);
    REQUIRE(refused);
    CHECK(refused->by_peer);
    CHECK(refused->code == "something_new");
    CHECK(pair.client.take_output().empty());
    CHECK(pair.client.closed());
}

TEST_CASE("A server's own bad parameters are its user's mistake", "[party]") {
    const Group composite{.name = "custom", .source = {}, .p = 21, .g = 2};
    CHECK_THROWS_AS(make_offer(composite, dh::Kdf::sha256, Mode::cbc), Error);
}
