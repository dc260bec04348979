// What goes into a text field comes out as it was: stand-ins for characters that ImGui's 16 bits do not hold.
#include "viz/base/wide_characters.hpp"

#include <random>

#include "core/base/bytes.hpp"
#include "core/base/utf8.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::viz;

TEST_CASE("Any text comes out of a field as it went in, and within it all characters have 16 bits", "[viz][input]") {
    WideCharacters wide;
    std::mt19937 random(5);
    for (int i = 0; i < 500; ++i) {
        std::string text;
        for (int n = 0; n < 12; ++n) {
            constexpr std::array kinds = {0x41U,   0xE9U,   0x4F60U, 0xA000U,  0xA480U,
                                          0xE000U, 0xF8F0U, 0xFFF0U, 0x1F600U, 0x10FFF0U};
            text += utf8_of(kinds[random() % kinds.size()] + static_cast<char32_t>(random() % 16));
        }
        const auto field = wide.into_field(text);
        REQUIRE(field);
        REQUIRE(wide.out_of_field(*field) == text);
        REQUIRE(wide_characters_in(*field).empty());
    }
}

TEST_CASE("Where the stand-ins are used up a text is refused, and those that have one are not lost", "[viz][input]") {
    WideCharacters wide;
    constexpr char32_t room = WideCharacters::last_stand_in - WideCharacters::first_stand_in + 1;
    for (char32_t i = 0; i < room; ++i) REQUIRE(wide.into_field(utf8_of(0x20000 + i)));
    CHECK_FALSE(wide.into_field("a" + utf8_of(0x1F600)));
    CHECK_FALSE(wide.into_field(utf8_of(0xE000)));
    CHECK_FALSE(wide.into_field(utf8_of(0xA000)));
    CHECK(wide.into_field("plain") == "plain");
    CHECK(wide.out_of_field(*wide.into_field(utf8_of(0x20000 + room - 1))) == utf8_of(0x20000 + room - 1));
}

TEST_CASE("A character's bytes are those of RFC 3629, and a number that is none gives no bad bytes", "[viz][input]") {
    CHECK(utf8_of(0x24) == "$");
    CHECK(utf8_of(0x20AC) == "\xE2\x82\xAC");
    CHECK(utf8_of(0x1F600) == "\xF0\x9F\x98\x80");
    for (const char32_t none : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) CHECK(utf8_of(none) == "\xEF\xBF\xBD");
}

TEST_CASE("Wide characters are named once each, the first few", "[viz][input]") {
    CHECK(wide_characters_in("plain \xC3\xA9").empty());
    CHECK(wide_characters_in("a\xF0\x9F\x98\x80\xF0\x9F\x98\x80") == "U+1F600");
    std::string many;
    for (char32_t i = 0; i < 9; ++i) many += utf8_of(0x1F600 + i);
    CHECK(wide_characters_in(many) == "U+1F600, U+1F601, U+1F602, U+1F603 ..");
}
