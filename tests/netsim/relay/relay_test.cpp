// The relay without sockets: two handshakes in the middle, an eavesdropper, and alterations.
#include "core/base/error.hpp"
#include "core/recording/fingerprint.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/trace.hpp"
#include "tests/netsim/relay/relay_chain.hpp"

using namespace keyhole;
using namespace keyhole::testing;

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
