// What is typed into the go-to field: quick and slow comparison of a value find the same.
#include "core/steps/search/search_query.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;

TEST_CASE("A short value is found whatever its leading zeros", "[steps][search]") {
    for (const char* typed : {"0xF", "0x0F", "0x00f", "0x0 f", "0x0:f", "0x0-F"}) {
        CAPTURE(typed);
        const SearchQuery query(typed);
        CHECK(query.matches(0xF, 4));
        CHECK(query.match({"output", Bits{0xF, 4}}) == "output 0xF");
        CHECK_FALSE(query.matches(0xF0, 8));
        CHECK(query.match({"output", Bits{0xF0, 8}}).empty());
    }
    for (const char* typed : {"0x", "0x:", "0x-F", "0x "}) {
        CAPTURE(typed);
        CHECK_FALSE(SearchQuery(typed).matches(0xF, 4));
    }
    const SearchQuery four("0x000F"); // four digits are looked for as they stand
    CHECK_FALSE(four.matches(0xF, 4));
    CHECK(four.match({"output", Bits{0xF, 4}}).empty());
    CHECK(four.matches(0x12000F, 32));
}
