// The digits that two people read to each other: a pure function of public numbers, the same at both ends.
#include "core/recording/fingerprint.hpp"

#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"

using namespace keyhole;
using keyhole::testing::exchange;
using keyhole::testing::seen_by;

TEST_CASE("The fingerprint is what its definition says", "[fingerprint]") {
    // Computed with Python's hashlib from the words in core/recording/fingerprint.hpp.
    CHECK(fingerprint(23, 5, 8, 19) == "69497 55413 73176 43210 82630");
    CHECK(fingerprint(23, 5, 19, 8) == "43828 85061 27321 25112 44211");
    CHECK(fingerprint(2039, 4, 5, 1000) == "05890 35701 11320 98927 02259");
}

TEST_CASE("In a recording the server's key comes first", "[fingerprint]") {
    Recording recording;
    recording.parameters = Parameters{.group = "toy23", .p = 23, .g = 5};
    recording.party(Role::server).public_key = 8;
    recording.party(Role::client).public_key = 19;
    CHECK(fingerprint(recording) == "69497 55413 73176 43210 82630");
}

TEST_CASE("Every number in it counts", "[fingerprint]") {
    const std::string digits = fingerprint(2039, 4, 5, 1000);
    CHECK(digits != fingerprint(2027, 4, 5, 1000));
    CHECK(digits != fingerprint(2039, 9, 5, 1000));
    CHECK(digits != fingerprint(2039, 4, 6, 1000));
    CHECK(digits != fingerprint(2039, 4, 5, 1001));
    CHECK(digits != fingerprint(2039, 4, 1000, 5));
}

TEST_CASE("Both ends and whoever listens compute the same fingerprint, and it needs both keys", "[fingerprint]") {
    Recording both = exchange("modp768", dh::Kdf::sha256, Mode::cbc, {{Role::client, "x"}});
    const auto digits = fingerprint(both);
    REQUIRE(digits);
    CHECK(fingerprint(seen_by(Role::client, both)) == digits);
    CHECK(fingerprint(seen_by(Role::server, both)) == digits);
    CHECK(fingerprint(testing::overheard(both)) == digits);
    const Trace trace(both);
    for (const char* address : {"secret/server.derive", "secret/client.derive"}) {
        const Step step = trace.step(trace.tree().at(address));
        REQUIRE(step.values.back().name == "fingerprint");
        CHECK(full_text(step.values.back().datum) == *digits);
        CHECK(step.explanation.find(*digits) != std::string::npos);
    }
    both.party(Role::client).public_key.reset();
    CHECK_FALSE(fingerprint(both));
}
