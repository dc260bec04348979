// How a relay's chats end: last words that arrive, ends that die, refuse or do not read, and what counts as passed.
#include "core/base/error.hpp"
#include "tests/netsim/relay/relay_chain.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

std::vector<Passed> passed_of(std::vector<RelayEvent> events) {
    std::vector<Passed> out;
    for (RelayEvent& event : events) {
        if (auto* passed = std::get_if<Passed>(&event.what)) out.push_back(std::move(*passed));
    }
    return out;
}

} // namespace

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
