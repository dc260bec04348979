#include "netsim/protocol/offer.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;

TEST_CASE("A chat partner offers what the exchange beside it shows", "[party]") {
    const Recording shown = samples::exchange(Mode::ctr, dh::Kdf::low64, "ffdhe2048");
    const Offer offer = offer_like(shown);
    CHECK(offer.group.name == "ffdhe2048");
    CHECK(offer.group.p == shown.parameters->p);
    CHECK(offer.group.exponent_bits == find_group("ffdhe2048")->exponent_bits);
    CHECK(offer.kdf == dh::Kdf::low64);
    CHECK(offer.mode == Mode::ctr);
    CHECK(offer.report.ok());
}

TEST_CASE("Where nothing is shown that a peer would take, a chat partner offers toy23", "[party]") {
    CHECK(offer_like(Recording{}).group.name == "toy23");
    Recording composite = samples::exchange();
    composite.parameters->p = Number(21);
    CHECK(offer_like(composite).group.name == "toy23");
}

TEST_CASE("A group goes by its numbers, whatever a recording calls it", "[party]") {
    Recording shown = samples::exchange();
    shown.parameters->group = "ffdhe2048";
    CHECK(offer_like(shown).group.name == "toy23");
    shown.parameters->p = Number(47);
    CHECK(offer_like(shown).group.name == "custom");
}
