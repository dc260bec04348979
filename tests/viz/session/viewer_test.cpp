// The same exchange as the server, the client or an eavesdropper has it.
#include <fmt/format.h>

#include "core/recording/recording_check.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/viewer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using namespace keyhole::viz::testing;

TEST_CASE("The comparison shows no key to whoever knows none", "[viz][compare]") {
    viz::testing::NullWindow window(samples::exchange());
    window.app.go_to("message.1/encrypt/block.1/round.3");
    window.frame();
    const std::string key = fmt::format("{:016X}", *session_key(samples::exchange(), Role::client));
    CHECK(window.press(key_of('5')).find(key) != std::string::npos);
    for (int i = 0; i < 3; ++i) window.press(key_of('m'));
    REQUIRE(window.app.session().viewer == Viewer::eavesdropper);
    window.frame();
    const std::string text = window.frame();
    CHECK(text.find(key) == std::string::npos);
    CHECK(text.find("the textbook's example") != std::string::npos);
}

TEST_CASE("M shows the same trace as server, client and eavesdropper and names what is unknown", "[viz][live]") {
    viz::testing::NullWindow window(samples::exchange());
    const std::uint64_t whole = window.app.session().id;
    const auto press_m = [&] {
        window.app.press({.key = key_of('m')});
        window.frame();
        return window.frame();
    };
    window.app.go_to("keys/client.private");
    window.frame();
    std::string text = press_m();
    CHECK(window.app.session().viewer == Viewer::server);
    CHECK(window.address() == "keys");
    CHECK(text.find("keys/client.private is unknown here") != std::string::npos);
    CHECK(text.find("never sends it") != std::string::npos);
    CHECK_FALSE(window.app.session().recording.party(Role::client).private_key);
    press_m();
    CHECK(window.app.session().viewer == Viewer::client);
    CHECK(window.address() == "keys/client.private");
    press_m();
    CHECK(window.app.session().viewer == Viewer::eavesdropper);
    CHECK(window.address() == "keys");
    CHECK(is_overheard(window.app.session().recording));
    press_m();
    CHECK(window.app.session().id == whole);
    CHECK(window.address() == "keys/client.private");
    CHECK_THROWS_WITH(StepTree(seen_by(samples::exchange(), Viewer::client)).at("keys/server.private"),
                      Catch::Contains("is not known here"));
}

TEST_CASE("M leads to the step before where a viewer has nothing of the step", "[viz][live]") {
    viz::testing::NullWindow window(samples::exchange());
    window.app.go_to("secret/client.derive");
    window.frame();
    for (int i = 0; i < 3; ++i) {
        window.app.press({.key = key_of('m')});
        window.frame();
    }
    CHECK(window.app.session().viewer == Viewer::eavesdropper);
    CHECK(window.address() == "keys");
    window.app.press({.key = key_of('m')});
    window.frame();
    CHECK(window.address() == "secret/client.derive");
}

TEST_CASE("What each viewer has of a recording holds against itself, and every missing step has its reason",
          "[core][viewer]") {
    const Recording whole = samples::exchange();
    const StepTree all(whole);
    for (const Viewer viewer : {Viewer::server, Viewer::client, Viewer::eavesdropper}) {
        const Recording recording = seen_by(whole, viewer);
        CHECK_NOTHROW(check_recording(recording));
        CHECK(seen_by(recording, viewer) == recording);
        const StepTree tree(recording);
        for (std::uint64_t i = 1; i <= all.total(); ++i) {
            const Node node = all.at_number(i);
            const bool below = node.depth() > 2;
            if (!tree.contains(node) && !below) {
                INFO(name(viewer));
                CHECK_FALSE(why_unknown(recording, node).empty());
            }
            if (tree.contains(node)) CHECK(why_unknown(recording, node).empty());
        }
    }
}
