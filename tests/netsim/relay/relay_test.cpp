// The relay without sockets: two handshakes in the middle, an eavesdropper, alterations, goodbyes that arrive, and ends
// that break the rules.
#include "netsim/relay/relay.hpp"
#include "netsim/relay/flip_bit.hpp"

#include "core/base/error.hpp"
#include "core/recording/fingerprint.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

// A client, a relay and a server, joined by this struct alone.
struct Chain {
    explicit Chain(RelayOptions options, Mode mode = Mode::cbc)
        : server(Role::server, {.offer = make_offer(*find_group("modp768"), dh::Kdf::sha256, mode),
                                .random = Random::seeded("server")}),
          client(Role::client, {.offer = {}, .random = Random::seeded("client")}),
          relay(make_relay(std::move(options))) {
        run();
    }

    void run() {
        for (bool moved = true; moved;) {
            server.run();
            client.run();
            const std::string from_server = server.take_output(), from_client = client.take_output();
            if (!from_server.empty()) relay->receive(Role::server, to_bytes(from_server));
            if (!from_client.empty()) relay->receive(Role::client, to_bytes(from_client));
            relay->run();
            const std::string to_server = relay->take_output(Role::server),
                              to_client = relay->take_output(Role::client);
            server.receive(to_bytes(to_server));
            client.receive(to_bytes(to_client));
            relay->note_progress(Role::server, taken_by_server += to_server.size());
            relay->note_progress(Role::client, taken_by_client += to_client.size());
            if (relay->write_closed(Role::server)) server.end_of_input();
            if (relay->write_closed(Role::client)) client.end_of_input();
            moved = !(from_server + from_client + to_server + to_client).empty() || server.next_action() ||
                    client.next_action();
        }
        for (RelayEvent& event : relay->take_events()) events.push_back(std::move(event));
    }

    static std::vector<std::string> texts(Party& party) {
        std::vector<std::string> out;
        for (const Event& event : party.take_events()) {
            if (const auto* text = std::get_if<TextArrived>(&event)) out.push_back(text->text);
            if (const auto* refused = std::get_if<Refused>(&event)) out.push_back("refused " + refused->code);
        }
        return out;
    }

    Party server, client;
    std::unique_ptr<Relay> relay;
    std::uint64_t taken_by_server = 0, taken_by_client = 0; // bytes, ever
    std::vector<RelayEvent> events;
};

using Texts = std::vector<std::string>;

Alteration replace_first(Role from, std::string with) {
    return [from, with](const Passage& passage) -> std::optional<std::string> {
        return passage.from == from && passage.number == 1 ? with : passage.content;
    };
}

Alteration flip(BitPlace place) {
    return [place](const Passage& passage) -> std::optional<std::string> {
        const auto* message = std::get_if<MessageFrame>(&*passage.frame);
        return message && message->seq == 1 ? flip_bit(*message, place) : passage.content;
    };
}

} // namespace

TEST_CASE("In the middle the relay has two handshakes, reads everything, and the fingerprints differ", "[relay]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    Chain chain({}, mode);
    REQUIRE((chain.server.established() && chain.client.established()));
    chain.client.say("This is a message");
    chain.server.say("This is a response");
    chain.run();
    CHECK(chain.texts(chain.server) == Texts{"This is a message"});
    CHECK(chain.texts(chain.client) == Texts{"This is a response"});

    const Recording& with_client = chain.relay->recording(Role::client);
    const Recording& with_server = chain.relay->recording(Role::server);
    CHECK(with_client.parameters == chain.server.recording().parameters);
    CHECK(fingerprint(with_client) == fingerprint(chain.client.recording()));
    CHECK(fingerprint(with_server) == fingerprint(chain.server.recording()));
    CHECK(fingerprint(with_client) != fingerprint(with_server));
    CHECK(session_key(with_client, Role::server) == session_key(chain.client.recording(), Role::client));
    CHECK(session_key(with_client, Role::server) != session_key(chain.server.recording(), Role::server));
    for (const Recording* recording : {&with_client, &with_server}) {
        CHECK(recording->messages.size() == 2);
        CHECK(recording_from_json(to_json(*recording)) == *recording);
    }
}

TEST_CASE("In the middle a message can be altered, dropped or held, and the chat goes on", "[relay]") {
    Chain altered({.alter = replace_first(Role::client, "I owe you 1000")});
    altered.client.say("I owe you 10");
    altered.client.say("as I said");
    altered.run();
    CHECK(altered.texts(altered.server) == Texts{"I owe you 1000", "as I said"});

    Chain held({});
    held.relay->hold(true);
    for (const char* text : {"one", "two", "three"}) held.client.say(text);
    held.server.say("from the server");
    held.run();
    REQUIRE(held.relay->held().size() == 4);
    CHECK(held.texts(held.server).empty());
    while (!held.relay->held().empty()) {
        const Passage passage = held.relay->held().front();
        if (passage.content == "one") {
            held.relay->drop();
        } else if (passage.content == "two") {
            CHECK_THROWS_AS(held.relay->deliver("\xFF"), Error);
            CHECK_THROWS_AS(held.relay->deliver(std::string(max_text_bytes + 1, 'x')), Error);
            REQUIRE(held.relay->held().front().content == "two");
            held.relay->deliver("zwei");
        } else {
            held.relay->deliver();
        }
    }
    held.run();
    CHECK(held.texts(held.server) == Texts{"zwei", "three"});
    CHECK(held.texts(held.client) == Texts{"from the server"});
}

TEST_CASE("An alteration that cannot be sent leaves the message as it was and says so", "[relay]") {
    Chain chain({.alter = replace_first(Role::client, "\xFF")});
    chain.client.say("fine");
    chain.run();
    CHECK(chain.texts(chain.server) == Texts{"fine"});
    const auto passed = std::find_if(chain.events.begin(), chain.events.end(),
                                     [](const RelayEvent& e) { return std::holds_alternative<Passed>(e.what); });
    REQUIRE(passed != chain.events.end());
    CHECK_FALSE(std::get<Passed>(passed->what).trouble.empty());
}

TEST_CASE("Last words reach the other end through the relay, and both close", "[relay]") {
    const bool quiet = GENERATE(false, true);
    Chain chain({.quiet = quiet});
    chain.client.say("question");
    chain.client.bye();
    chain.server.say("answer");
    chain.run();
    CHECK(chain.texts(chain.server) == Texts{"question"});
    CHECK(chain.texts(chain.client) == Texts{"answer"});
    CHECK((chain.server.closed() && chain.client.closed()));
    if (!quiet) CHECK((chain.relay->write_closed(Role::client) && chain.relay->read_closed(Role::server)));
}

TEST_CASE("Last words that a person holds are not overtaken by the bye", "[relay]") {
    Chain chain({});
    chain.relay->hold(true);
    chain.client.say("last words");
    chain.client.bye();
    chain.run();
    REQUIRE(chain.relay->held().size() == 1);
    CHECK_FALSE(chain.server.closed());
    CHECK(chain.texts(chain.server).empty());
    chain.relay->deliver("other words");
    chain.run();
    CHECK(chain.texts(chain.server) == Texts{"other words"});
    CHECK((chain.server.closed() && chain.client.closed()));
}

TEST_CASE("A client that sends its last bytes and hangs up is passed on whole", "[relay]") {
    const bool quiet = GENERATE(false, true);
    Chain chain({.quiet = quiet});
    chain.client.say("last");
    chain.run();
    chain.relay->end_of_input(Role::client, {.how = Ending::closed});
    chain.run();
    CHECK(chain.texts(chain.server) == Texts{"last"});
    CHECK(chain.server.closed());
}

namespace {

std::vector<Passed> passed_of(std::vector<RelayEvent> events) {
    std::vector<Passed> out;
    for (RelayEvent& event : events) {
        if (auto* passed = std::get_if<Passed>(&event.what)) out.push_back(std::move(*passed));
    }
    return out;
}

} // namespace

TEST_CASE("A message counts as passed when its receiver's machine has it, and as lost when that is gone", "[relay]") {
    const bool quiet = GENERATE(false, true);
    Chain chain({.quiet = quiet});
    chain.client.say("arrives");
    chain.run();
    chain.events.clear();
    for (const char* text : {"on the way", "behind it"}) chain.client.say(text);
    chain.client.run();
    chain.relay->receive(Role::client, to_bytes(chain.client.take_output()));
    chain.relay->run();
    CHECK(passed_of(chain.relay->take_events()).empty());
    const std::string sent = chain.relay->take_output(Role::server);
    CHECK(std::ranges::count(sent, '\n') == 2);
    // All of the first line, and the second but for its end.
    chain.relay->note_progress(Role::server, chain.taken_by_server + sent.size() - 1);
    std::vector<Passed> passed = passed_of(chain.relay->take_events());
    REQUIRE(passed.size() == 1);
    CHECK_FALSE(passed[0].lost);
    chain.relay->end_of_input(Role::server, {.how = Ending::vanished});
    chain.relay->run();
    chain.relay->gone(Role::server);
    passed = passed_of(chain.relay->take_events());
    REQUIRE(passed.size() == 1);
    CHECK(passed[0].lost);
    CHECK(passed[0].delivered == passed[0].passage.content);
}

TEST_CASE("An end that died is no end that said bye: the other hears what it was", "[relay]") {
    const auto heard_by_client = [](Ending how, bool quiet) {
        Chain chain({.quiet = quiet});
        chain.relay->end_of_input(Role::server, {.how = how});
        chain.relay->run();
        CHECK(chain.relay->write_closed(Role::client));
        return chain.relay->take_output(Role::client);
    };
    for (const bool quiet : {false, true}) {
        CHECK(heard_by_client(Ending::closed, quiet).empty());
        CHECK(heard_by_client(Ending::reset, quiet).empty());
    }
    CHECK(heard_by_client(Ending::vanished, true).empty()); // it only forwards
    CHECK(heard_by_client(Ending::vanished, false) ==
          encode_frame(ErrorFrame{"timeout", "the other end is not heard any more"}) + "\n");
    CHECK(heard_by_client(Ending::stalled, false) ==
          encode_frame(ErrorFrame{"timeout", "the other end does not read"}) + "\n");

    const auto unreachable = make_relay({});
    unreachable->end_of_input(Role::server, {.how = Ending::failed, .detail = "cannot connect"});
    unreachable->run();
    CHECK(unreachable->take_output(Role::client) ==
          encode_frame(ErrorFrame{"timeout", "the other end cannot be reached"}) + "\n");
    CHECK(unreachable->write_closed(Role::client));
}

TEST_CASE("The quiet relay changes no byte and its recording holds what the wire shows", "[relay]") {
    const Mode mode = GENERATE(Mode::ecb, Mode::cbc, Mode::ctr);
    Chain chain({.quiet = true}, mode);
    chain.client.say("This is a message");
    chain.server.say("");
    chain.run();
    CHECK(chain.texts(chain.server) == Texts{"This is a message"});
    CHECK(chain.texts(chain.client) == Texts{""});
    const Recording& heard = chain.relay->recording(Role::client);
    CHECK(is_overheard(heard));
    CHECK(heard.messages.size() == 2);
    CHECK(fingerprint(heard) == fingerprint(chain.client.recording()));
    CHECK(fingerprint(heard) == fingerprint(chain.server.recording()));
    CHECK(recording_from_json(to_json(heard)) == heard);
    const Trace trace(heard);
    CHECK(trace.tree().find("message.1/frame"));
    CHECK_FALSE(trace.tree().find("message.1/decrypt"));
    CHECK_FALSE(trace.tree().find("secret"));
    CHECK(to_json(heard).find("private_key") == std::string::npos);
}

TEST_CASE("A turned bit is told by nobody: cbc and ctr change the text, ecb spoils a block", "[relay]") {
    // The text's first byte is turned in its lowest bit, through the IV in cbc and through the ciphertext in ctr.
    Chain cbc({.quiet = true, .alter = flip({.in_iv = true, .byte = 1, .bit = 8})}, Mode::cbc);
    cbc.client.say("bad text");
    cbc.run();
    CHECK(cbc.texts(cbc.server) == Texts{"cad text"});
    Chain ctr({.quiet = true, .alter = flip({.in_iv = false, .byte = 1, .bit = 8})}, Mode::ctr);
    ctr.client.say("bad text");
    ctr.run();
    CHECK(ctr.texts(ctr.server) == Texts{"cad text"});
    CHECK(ctr.relay->recording(Role::client).messages[0].received->frame ==
          ctr.client.recording().messages[0].sent->frame);
    Chain ecb({.quiet = true, .alter = flip({.in_iv = false, .byte = 1, .bit = 8})}, Mode::ecb);
    ecb.client.say("bad text");
    ecb.run();
    CHECK(ecb.texts(ecb.server) != Texts{"bad text"});

    const MessageFrame frame{.seq = 1, .iv = "AAAAAAAAAAA=", .ciphertext = "AAAAAAAAAAA="};
    CHECK_FALSE(flip_bit(frame, {.in_iv = false, .byte = 9, .bit = 8}));
    CHECK_FALSE(flip_bit(frame, {.in_iv = true, .byte = 0, .bit = 8}));
    CHECK_FALSE(flip_bit(frame, {.in_iv = true, .byte = 1, .bit = 9}));
    CHECK_FALSE(flip_bit({.seq = 1, .iv = {}, .ciphertext = "AAAA"}, {.in_iv = true, .byte = 1, .bit = 1}));
    CHECK_FALSE(flip_bit({.seq = 1, .iv = {}, .ciphertext = "!"}, {.in_iv = false, .byte = 1, .bit = 1}));
}

TEST_CASE("The relay does one action at a time and bytes leave only when it sends", "[relay]") {
    const auto relay = make_relay({});
    CHECK_FALSE(relay->next_action());
    relay->receive(Role::client, to_bytes("{\"type\":\"public_key\",\"y\":\"8\"}\n"));
    CHECK_FALSE(relay->next_action());
    relay->receive(Role::server,
                   to_bytes(encode_frame(ParamsFrame{"keyhole/1", "toy23", "17", "5", "sha256", "cbc"}) + "\n"));
    CHECK(relay->waiting(Role::server).size() == 1);
    std::vector<std::string> done;
    while (const auto action = relay->next_action()) {
        const std::size_t before = relay->output_size(Role::client) + relay->output_size(Role::server);
        relay->perform();
        const std::size_t after = relay->output_size(Role::client) + relay->output_size(Role::server);
        const bool sends = action->action == Action::send_params || action->action == Action::send_public;
        CHECK((after > before) == sends);
        done.push_back(describe(*action));
    }
    REQUIRE(done.size() > 8);
    CHECK(done[0] == "towards the server: receive the parameters");
    CHECK(done[2] == "towards the client: take over what the server offers");
    CHECK(done[3] == "towards the client: choose the parameters");
}

TEST_CASE("What one end refuses the other end hears of, and garbage passes a quiet relay unchanged",
          "[relay][hostile]") {
    const std::string busy = encode_frame(ErrorFrame{"busy", "come later"}) + "\n";
    for (const bool quiet : {false, true}) {
        const auto relay = make_relay({.quiet = quiet});
        relay->receive(Role::server, to_bytes(busy));
        relay->end_of_input(Role::server, {.how = Ending::closed});
        relay->run();
        CHECK(relay->take_output(Role::client) == busy);
        CHECK(relay->write_closed(Role::client));
    }
    Chain middle({});
    middle.client.say("before");
    middle.run();
    middle.relay->receive(Role::client, to_bytes("garbage\n"));
    middle.run();
    CHECK(middle.texts(middle.client) == Texts{"refused bad_frame"});
    CHECK(middle.server.closed());
    CHECK(middle.texts(middle.server) == Texts{"before"});

    const auto quiet = make_relay({.quiet = true});
    const std::string noise = "garbage\n\n{\"type\":\"bye\"}\n\r\n" + std::string("no end\0of line", 14);
    for (const char byte : noise) quiet->receive(Role::client, to_bytes(std::string(1, byte)));
    quiet->end_of_input(Role::client, {.how = Ending::closed});
    quiet->run();
    CHECK(quiet->take_output(Role::server) == noise);
    CHECK(quiet->write_closed(Role::server));
    const std::string long_line(3 * max_line_bytes / 2, 'x');
    const auto flooded = make_relay({.quiet = true});
    flooded->receive(Role::server, to_bytes(long_line));
    CHECK_FALSE(flooded->wants_input(Role::server));
    flooded->run();
    CHECK(flooded->take_output(Role::client) == long_line);
    CHECK(flooded->wants_input(Role::server));
}

TEST_CASE("An end that does not read makes the other wait, not the relay grow", "[relay][hostile]") {
    const bool quiet = GENERATE(false, true);
    Chain chain({.quiet = quiet});
    const std::string text(400'000, 'x');
    std::size_t taken = 0;
    for (int i = 0; i < 20; ++i) {
        chain.client.say(text);
        chain.client.run();
        if (!chain.relay->wants_input(Role::client)) break;
        chain.relay->receive(Role::client, to_bytes(chain.client.take_output()));
        chain.relay->run(); // nobody takes what it has for the server
        ++taken;
    }
    CHECK(taken < 15);
    CHECK(chain.relay->output_size(Role::server) < 3 * Relay::high_water);
}

TEST_CASE("A stopped relay says bye to both, whatever it was doing", "[relay]") {
    for (const bool quiet : {false, true}) {
        Chain chain({.quiet = quiet});
        chain.relay->stop();
        chain.run();
        CHECK((chain.server.closed() && chain.client.closed()));
        CHECK((chain.relay->write_closed(Role::client) && chain.relay->read_closed(Role::server)));
        const auto early = make_relay({.quiet = quiet});
        early->stop();
        early->run();
        CHECK(early->take_output(Role::client) == "{\"type\":\"bye\"}\n");
        CHECK((early->write_closed(Role::client) && early->write_closed(Role::server)));
    }
}

TEST_CASE("Time ends a relay between two that are gone", "[relay]") {
    const auto quiet = make_relay({.quiet = true});
    quiet->tick(0);
    quiet->end_of_input(Role::client, {.how = Ending::closed});
    quiet->tick(1);
    quiet->tick(60'000);
    CHECK_FALSE(quiet->read_closed(Role::server));
    quiet->tick(60'001);
    CHECK(quiet->read_closed(Role::server));

    const auto middle = make_relay({});
    middle->tick(0);
    middle->tick(600'000);
    middle->run();
    CHECK((middle->write_closed(Role::client) && middle->write_closed(Role::server)));
}
