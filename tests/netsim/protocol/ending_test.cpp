// What people are told of a connection's end: each kind of end at each step, word for word, and what of their own texts
// was lost with it.
#include "netsim/protocol/ending.hpp"

#include <map>
#include <set>

#include "core/recording/recording_json.hpp"
#include "core/steps/trace.hpp"
#include "netsim/protocol/party.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

constexpr std::array endings = {Ending::closed, Ending::reset, Ending::vanished, Ending::stalled, Ending::failed};
constexpr std::array phases = {Phase::silent, Phase::handshake, Phase::chat};

Offer toy() { return make_offer(*find_group("toy23"), dh::Kdf::sha256, Mode::cbc); }

// Two parties whose bytes cross by hand.
struct Pair {
    Pair() { talk(); }
    void talk() {
        for (bool moved = true; moved;) {
            server.run();
            client.run();
            const std::string down = server.take_output(), up = client.take_output();
            sent_up += up.size();
            client.receive(to_bytes(down));
            server.receive(to_bytes(up));
            moved = !down.empty() || !up.empty();
        }
        client.take_events();
    }

    Party server{Role::server, {.offer = toy(), .random = Random::seeded("server")}};
    Party client{Role::client, {.offer = {}, .random = Random::seeded("client")}};
    std::uint64_t sent_up = 0; // bytes
};

} // namespace

TEST_CASE("Each end of a connection has words of its own at each step", "[ending]") {
    std::map<std::pair<Ending, Phase>, std::string> words;
    for (const Ending how : endings) {
        for (const Phase phase : phases)
            words[{how, phase}] = loss_words({.how = how, .detail = "Too many links"}, phase, "client#2").what;
    }
    const std::map<std::pair<Ending, Phase>, std::string> expected = {
        {{Ending::closed, Phase::silent}, "client#2 closed the connection before it said a word"},
        {{Ending::closed, Phase::handshake}, "client#2 closed the connection during the handshake"},
        {{Ending::closed, Phase::chat}, "client#2 closed the connection without a bye"},
        {{Ending::reset, Phase::silent}, "the connection to client#2 was reset before it said a word"},
        {{Ending::reset, Phase::handshake}, "the connection to client#2 was reset during the handshake"},
        {{Ending::reset, Phase::chat}, "the connection to client#2 was reset"},
        {{Ending::vanished, Phase::silent}, "client#2 is not heard any more"},
        {{Ending::vanished, Phase::handshake}, "client#2 is not heard any more"},
        {{Ending::vanished, Phase::chat}, "client#2 is not heard any more"},
        {{Ending::stalled, Phase::silent}, "client#2 is too slow"},
        {{Ending::stalled, Phase::handshake}, "client#2 is too slow"},
        {{Ending::stalled, Phase::chat}, "client#2 is too slow"},
        {{Ending::failed, Phase::silent}, "the connection to client#2 broke before it said a word"},
        {{Ending::failed, Phase::handshake}, "the connection to client#2 broke during the handshake"},
        {{Ending::failed, Phase::chat}, "the connection to client#2 broke"},
    };
    CHECK(words == expected);

    // Nothing that a program cannot know is told as a cause, and only a silent network is cut.
    for (const Ending how : endings) {
        for (const Phase phase : phases) {
            const std::string why = loss_words({.how = how, .detail = "Too many links"}, phase, "it").why;
            CHECK(why.find("another protocol") == std::string::npos);
            CHECK((why.find("the network between is cut") != std::string::npos) == (how == Ending::vanished));
            CHECK((why.find("does not read") != std::string::npos) == (how == Ending::stalled));
            CHECK((why == "Too many links") == (how == Ending::failed));
        }
    }
    CHECK(to_text({"it broke", "a reason"}) == "it broke (a reason)");
}

TEST_CASE("A party tells how far it had come when its peer's bytes ended", "[ending]") {
    const auto told = [](Party& client, const Loss& loss) {
        client.end_of_input(loss);
        client.run();
        for (const Event& event : client.take_events()) {
            if (const auto* left = std::get_if<PeerLeft>(&event)) return *left;
        }
        return PeerLeft{};
    };
    Party silent(Role::client, {.offer = {}});
    PeerLeft left = told(silent, {.how = Ending::closed});
    CHECK_FALSE(left.said_bye);
    CHECK(left.phase == Phase::silent);
    CHECK(left.loss.how == Ending::closed);

    Party shaking(Role::client, {.offer = {}});
    shaking.receive(to_bytes("{\"type\":"));
    left = told(shaking, {.how = Ending::vanished});
    CHECK(left.phase == Phase::handshake);
    CHECK(left.loss.how == Ending::vanished);

    Pair pair;
    left = told(pair.client, {.how = Ending::reset});
    CHECK(left.phase == Phase::chat);
    CHECK(left.loss.how == Ending::reset);
}

TEST_CASE("What the peer's machine never confirmed is told and marked in the recording", "[ending]") {
    Pair pair;
    pair.client.say("first");
    pair.talk();
    const std::uint64_t with_first = pair.sent_up;
    pair.client.say("second");
    pair.client.say("third");
    pair.talk();
    pair.client.note_progress(with_first);
    CHECK(pair.client.confirmed_messages() == 1);
    pair.client.note_progress(pair.sent_up - 1); // but for the last byte of the third
    CHECK(pair.client.confirmed_messages() == 2);
    pair.client.end_of_input({.how = Ending::vanished});
    pair.client.say("typed into the void");
    pair.client.run();
    pair.client.gone();
    CHECK(pair.client.closed());
    const Undelivered& lost = pair.client.undelivered();
    CHECK(lost.sent == 1);
    CHECK(lost.unsent == 1);
    CHECK(lost.first == "third");

    const UndeliveredWords words = undelivered_words(lost, "the server");
    CHECK(words.sent == "1 message may not have reached the server: its machine never confirmed it, the first: third");
    CHECK(words.unsent == "not sent to the server: 1 line");

    const Recording& recording = pair.client.recording();
    REQUIRE(recording.messages.size() == 3);
    CHECK_FALSE(recording.messages[0].sent->unconfirmed);
    CHECK_FALSE(recording.messages[1].sent->unconfirmed);
    CHECK(recording.messages[2].sent->unconfirmed);
    CHECK(recording_from_json(to_json(recording)) == recording);
    const Trace trace(recording);
    const Step frame = trace.step(trace.tree().at("message.3/frame"));
    CHECK(frame.explanation.find("it may not have arrived") != std::string::npos);
    CHECK(trace.step(trace.tree().at("message.2/frame")).explanation.find("may not") == std::string::npos);
}

TEST_CASE("A chat that ended well has lost nothing", "[ending]") {
    Pair pair;
    pair.client.say("question");
    pair.client.bye();
    pair.talk();
    pair.client.note_progress(pair.sent_up);
    pair.client.gone();
    CHECK(pair.client.closed());
    CHECK_FALSE(pair.client.undelivered().any());
    const UndeliveredWords words = undelivered_words(pair.client.undelivered(), "the server");
    CHECK((words.sent.empty() && words.unsent.empty()));
    CHECK(undelivered_words({.sent = 0, .unsent = 2, .first = "a\x1b"}, "client#2").unsent ==
          "not sent to client#2: 2 lines, the first: a\\x1B");
}

TEST_CASE("Who hangs up says no bye, sends what waits, and still hears the answer", "[ending]") {
    Pair pair;
    pair.client.say("last words");
    pair.client.hang_up();
    pair.client.run();
    const std::string up = pair.client.take_output();
    CHECK(up.find("\"bye\"") == std::string::npos);
    CHECK(pair.client.write_closed());
    CHECK_FALSE(pair.client.read_closed());
    pair.server.say("an answer");
    pair.server.receive(to_bytes(up));
    pair.server.end_of_input();
    pair.server.run();
    pair.client.receive(to_bytes(pair.server.take_output()));
    pair.client.run();
    std::set<std::string> texts;
    for (const Event& event : pair.client.take_events()) {
        if (const auto* text = std::get_if<TextArrived>(&event)) texts.insert(text->text);
    }
    CHECK(texts == std::set<std::string>{"an answer"});
    CHECK(pair.client.closed());
}
