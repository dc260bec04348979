// Characters that a reader sees, and those that hide.
#include "core/base/utf8.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("All of a text's characters are told apart", "[utf8]") {
    const auto found = characters("a\u00E9\xFF\U0001F600");
    REQUIRE(found.size() == 4);
    CHECK(found[0] == Character{0, 1, U'a', true});
    CHECK(found[1] == Character{1, 2, U'\u00E9', true});
    CHECK(found[2] == Character{3, 1, 0xFF, false});
    CHECK(found[3] == Character{4, 4, U'\U0001F600', true});
    CHECK(characters("").empty());
}

TEST_CASE("A text is visible when something in it leaves a mark and nothing in it hides", "[utf8]") {
    for (const char* text : {"Ann", "a b", "\u00C9", "\u5F20\u4F1F", "\u2764\uFE0F", "\U0001F469\u200D\U0001F4BB",
                             "\u0645\u06CC\u200C\u062E", "\u00A0x", "\u845B\U000E0100"})
        CHECK(is_visible(text));
    for (const char* text : {"", " ", "\u00A0", "\u3000\u2003", "\u2800", "\u200D", "\uFE0F", "Ann\u2060", "A\u00ADnn",
                             "\u3164", "\u115F", "a\uFEFF", "a\U000E0041", "\u200E", "a\xFF"})
        CHECK_FALSE(is_visible(text));
}
