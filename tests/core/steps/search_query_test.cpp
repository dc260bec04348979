// What is typed into the go-to field: quick and slow comparison of a value find the same.
#include "core/steps/search/search_query.hpp"

#include "core/base/error.hpp"
#include "core/steps/search/named_step.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

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

TEST_CASE("Words in place of an address are refused, with the step that they find", "[steps][search]") {
    const Recording recording = samples::exchange();
    const Trace trace(recording);
    CHECK(named_step(trace, "message.1/pad") == trace.tree().at("message.1/pad"));
    CHECK_THROWS_WITH(named_step(trace, "message 1 encrypt round 5 sbox 3"),
                      Catch::Contains("did you mean message.1/encrypt/block.1/round.5/sbox.3?"));
    CHECK_THROWS_WITH(named_step(trace, "no such words"), Catch::Contains("name one of the steps it holds"));
    CHECK_THROWS_AS(named_step(trace, std::string(100'000, ' ')), Error);
}
