#include "viz/base/key_script.hpp"
#include "core/base/error.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::viz;

TEST_CASE("Keys to be pressed before a picture are read as they are labelled", "[viz][keys]") {
    const auto script = parse_key_script(" n  2s Ctrl+G =Hello! Page-Down Alt+Left M = s");
    REQUIRE(script.size() == 9);
    CHECK(std::get<KeyPress>(script[0]) == KeyPress{.key = key_of('n')});
    CHECK(std::get<ScriptedPause>(script[1]).seconds == 2);
    CHECK(std::get<KeyPress>(script[2]) == KeyPress{.key = key_of('g'), .ctrl = true});
    CHECK(std::get<ScriptedText>(script[3]).text == "Hello!");
    CHECK(std::get<KeyPress>(script[4]) == KeyPress{.key = Key::page_down});
    CHECK(std::get<KeyPress>(script[5]) == KeyPress{.key = Key::left, .alt = true});
    CHECK(std::get<KeyPress>(script[6]) == KeyPress{.key = key_of('m')});
    CHECK(std::get<KeyPress>(script[7]) == KeyPress{.key = key_of('=')});
    CHECK(std::get<KeyPress>(script[8]) == KeyPress{.key = key_of('s')});
    CHECK(parse_key_script("").empty());
}

TEST_CASE("A word that is no key is said", "[viz][keys]") {
    for (const char* bad : {"Return", "61s", "-1s", "Ctrl+", "nn", "Ctrl+Foo", "\x01", "=\xff", "99999999999s"}) {
        INFO(bad);
        CHECK_THROWS_AS(parse_key_script(std::string("n ") + bad), Error);
    }
}
