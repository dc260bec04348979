// The party without sockets: the honest way step by step, every refusal, time, and the table in the documentation.
#include "netsim/protocol/party.hpp"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/recording/recording_check.hpp"
#include "core/recording/recording_json.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

PartyOptions server_options(Mode mode = Mode::cbc) {
    return {.offer = make_offer(*find_group("toy23"), dh::Kdf::sha256, mode), .random = Random::seeded("party")};
}

PartyOptions client_options() { return {.offer = {}, .random = Random::seeded("party")}; }

// A server and a client, joined by this function alone.
void exchange(Party& a, Party& b) {
    for (bool moved = true; moved;) {
        a.run();
        b.run();
        const std::string from_a = a.take_output(), from_b = b.take_output();
        moved = !from_a.empty() || !from_b.empty();
        b.receive(to_bytes(from_a));
        a.receive(to_bytes(from_b));
    }
}

struct Pair {
    explicit Pair(Mode mode = Mode::cbc)
        : server(Role::server, server_options(mode)), client(Role::client, client_options()) {
        exchange(server, client);
        REQUIRE(server.established());
        REQUIRE(client.established());
        server.take_events();
        client.take_events();
    }
    Party server, client;
};

template <typename Kind>
std::optional<Kind> event_of(Party& party) {
    for (const Event& event : party.take_events()) {
        if (const Kind* found = std::get_if<Kind>(&event)) return *found;
    }
    return std::nullopt;
}

// What the party answers to that line; it must be the end of the chat.
nlohmann::json refusal(Party& party, const std::string& line) {
    party.run();
    party.take_output();
    party.receive(to_bytes(line + "\n"));
    party.run();
    CHECK(party.closed());
    const auto refused = event_of<Refused>(party);
    REQUIRE(refused);
    CHECK_FALSE(refused->by_peer);
    const auto answer = nlohmann::json::parse(party.take_output());
    CHECK(answer["type"] == "error");
    CHECK(answer["code"] == refused->code);
    return answer;
}

std::string message_line(std::uint64_t seq, const std::string& iv, const std::string& ciphertext) {
    return encode_frame(MessageFrame{seq, iv, ciphertext});
}

} // namespace

TEST_CASE("A server does one action at a time and bytes leave only when it sends", "[party]") {
    Party server(Role::server, server_options());
    const Action expected[] = {Action::choose, Action::send_params, Action::draw_private, Action::compute_public,
                               Action::send_public};
    for (const Action action : expected) {
        REQUIRE(server.next_action() == action);
        CHECK(server.output_size() == 0);
        server.perform();
        const bool sends = action == Action::send_params || action == Action::send_public;
        CHECK(server.take_output().empty() != sends);
    }
    CHECK_FALSE(server.next_action());
    server.receive(to_bytes("{\"type\":\"public_key\",\"y\":\"8\"}\n{\"type\":\"bye\"}\n"));
    CHECK(server.waiting().size() == 2);
    for (const Action action : {Action::receive_public, Action::check_public, Action::compute_shared, Action::derive,
                                Action::receive_bye, Action::send_bye}) {
        REQUIRE(server.next_action() == action);
        server.perform();
    }
    CHECK(server.closed());
    CHECK(server.take_output() == "{\"type\":\"bye\"}\n");
}

TEST_CASE("Both keys may cross, and a client's may come before the server's is sent", "[party]") {
    Party server(Role::server, server_options());
    server.perform();
    server.perform(); // params are out
    server.receive(to_bytes("{\"type\":\"public_key\",\"y\":\"8\"}\n"));
    server.run();
    CHECK(server.established());
}

TEST_CASE("Texts of every kind arrive in every mode, and each side records what it can know", "[party]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    Pair pair(mode);
    for (const std::string& text : {std::string("This is a message"), std::string(), std::string("grüß dich €𝄞"),
                                    std::string(max_text_bytes, 'x')}) {
        REQUIRE(pair.client.say(text));
        exchange(pair.server, pair.client);
        const auto arrived = event_of<TextArrived>(pair.server);
        REQUIRE(arrived);
        CHECK(arrived->text == text);
    }
    pair.server.say("answer");
    exchange(pair.server, pair.client);
    const Recording& own = pair.server.recording();
    const Recording& others = pair.client.recording();
    CHECK(own.party(Role::server).private_key);
    CHECK_FALSE(own.party(Role::client).private_key);
    CHECK(own.party(Role::server).shared == others.party(Role::client).shared);
    CHECK(session_key(own, Role::server) == session_key(others, Role::client));
    REQUIRE(own.messages.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        const MessageRecord& here = own.messages[i];
        const MessageRecord& there = others.messages[i];
        CHECK(here.sent.has_value() != here.received.has_value());
        CHECK((here.sent ? here.sent->frame : here.received->frame) ==
              (there.sent ? there.sent->frame : there.received->frame));
    }
    CHECK_NOTHROW(check_recording(own));
    CHECK_NOTHROW(check_recording(others));
}

TEST_CASE("What a side recorded can be saved and read again after every single action", "[party][recording]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    Party server(Role::server, server_options(mode)), client(Role::client, client_options());
    server.say("to the client");
    server.say("");
    client.say("to the server");
    std::size_t checked = 0, unframed = 0;
    const auto step = [&](Party& own, Party& peer) {
        if (!own.next_action()) return false;
        own.perform();
        peer.receive(to_bytes(own.take_output()));
        const Recording& recording = own.recording();
        CHECK_FALSE(is_overheard(recording));
        CHECK(recording_from_json(to_json(recording)) == recording);
        ++checked;
        if (!recording.messages.empty()) {
            const auto& sent = recording.messages.back().sent;
            unframed += sent && sent->frame.empty();
        }
        return true;
    };
    while (step(server, client) || step(client, server)) {
    }
    CHECK(server.established());
    CHECK(client.established());
    CHECK(server.recording().messages.size() == 3);
    CHECK(client.recording().messages.size() == 3);
    CHECK(unframed == 3);
    CHECK(checked > 30);
}

TEST_CASE("Texts that wait count with their line ends so that empty ones are not free", "[party]") {
    Party client(Role::client, client_options());
    for (int i = 0; i < 5; ++i) client.say("");
    client.say("four");
    CHECK(client.unsent_bytes() == 10);
    CHECK(client.unsent_texts() == 6);
    client.forget_unsent();
    CHECK(client.unsent_bytes() == 0);
    CHECK(client.unsent_texts() == 0);
}

TEST_CASE("A text of ours that cannot be sent is our mistake and the chat goes on", "[party]") {
    Pair pair;
    CHECK_THROWS_AS(pair.client.say(std::string(max_text_bytes + 1, 'x')), Error);
    CHECK_THROWS_AS(pair.client.say("\xFF"), Error);
    CHECK(pair.client.say("fine"));
    exchange(pair.server, pair.client);
    CHECK(event_of<TextArrived>(pair.server));
}

TEST_CASE("A bye is answered after everything that waits, and both close", "[party]") {
    Pair pair;
    pair.client.say("last words");
    pair.client.bye();
    pair.server.say("an answer on its way");
    exchange(pair.server, pair.client);
    CHECK(event_of<TextArrived>(pair.server));
    CHECK(event_of<TextArrived>(pair.client));
    CHECK(pair.server.closed());
    CHECK(pair.client.closed());
    CHECK_FALSE(pair.client.say("too late"));
}

TEST_CASE("A peer whose bytes end still gets what waits, and a bye", "[party]") {
    Pair pair;
    pair.server.say("before");
    pair.server.end_of_input();
    pair.server.run();
    const std::string output = pair.server.take_output();
    CHECK(output.find("message") != std::string::npos);
    CHECK(output.ends_with("{\"type\":\"bye\"}\n"));
    CHECK(pair.server.closed());
}

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
          "ciphertext: byte 5 of its base64 is '-', which is no sign of base64");
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

TEST_CASE("Time limits: the handshake, an hour without traffic, and a bye that is not answered", "[party]") {
    Party slow(Role::server, server_options());
    slow.tick(1000);
    slow.run();
    slow.take_output();
    slow.tick(600'999);
    slow.run();
    CHECK_FALSE(slow.closed());
    slow.tick(601'000);
    slow.run();
    CHECK(nlohmann::json::parse(slow.take_output())["code"] == "timeout");
    CHECK(slow.closed());

    Pair pair;
    pair.server.tick(0);
    pair.server.tick(3'599'999);
    pair.client.say("still here");
    exchange(pair.server, pair.client);
    pair.server.tick(3'600'001);
    pair.server.tick(7'200'000);
    pair.server.run();
    CHECK_FALSE(pair.server.closed());
    pair.server.tick(7'200'001);
    pair.server.run();
    CHECK(nlohmann::json::parse(pair.server.take_output())["code"] == "timeout");

    pair.client.bye();
    pair.client.run();
    pair.client.tick(0);
    pair.client.tick(4'999);
    pair.client.run();
    CHECK_FALSE(pair.client.closed());
    pair.client.tick(5'000);
    pair.client.run();
    CHECK(pair.client.closed());
}

TEST_CASE("A server that keeps no messages holds one", "[party]") {
    PartyOptions options = server_options();
    options.keep_messages = false;
    Party server(Role::server, options), client(Role::client, client_options());
    for (int i = 0; i < 10; ++i) {
        client.say("again");
        exchange(server, client);
    }
    CHECK(server.recording().messages.size() == 1);
    CHECK(client.recording().messages.size() == 10);
}

TEST_CASE("A server's own bad parameters are its user's mistake", "[party]") {
    const Group composite{.name = "custom", .source = {}, .p = 21, .g = 2};
    CHECK_THROWS_AS(make_offer(composite, dh::Kdf::sha256, Mode::cbc), Error);
}

TEST_CASE("No state and trigger have two rows, and every state but closed can be left", "[party]") {
    for (const Transition& row : transitions) CHECK(find_transition(row.state, row.trigger) == &row);
    for (int state = 0; state < static_cast<int>(State::closed); ++state) {
        CHECK(std::any_of(transitions.begin(), transitions.end(),
                          [&](const Transition& row) { return static_cast<int>(row.state) == state; }));
    }
}

TEST_CASE("docs/protocol.md prints the state machine's table", "[party][docs]") {
    std::string expected = "| state | when | it does | next state |\n|---|---|---|---|\n";
    for (const Transition& row : transitions) {
        const std::string next(name(row.next));
        expected += "| `" + std::string(name(row.state)) + "` | " + std::string(name(row.trigger)) + " | " +
                    std::string(name(row.action)) + " | " + (row.next == State::resume ? next : "`" + next + "`") +
                    " |\n";
    }
    const auto root = std::filesystem::path(KEYHOLE_SOURCE_DIR);
    const std::string text = read_file(root / "docs" / "protocol.md", 1 << 20);
    const std::string begin = "<!-- table: begin -->\n";
    const std::size_t from = text.find(begin);
    REQUIRE(from != std::string::npos);
    const std::size_t start = from + begin.size();
    CHECK(text.substr(start, text.find("<!-- table: end -->") - start) == expected);
}
