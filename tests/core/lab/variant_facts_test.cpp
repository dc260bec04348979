// The facts of a variant: those that are known of DES and of its changes, found again with random keys.
#include "core/lab/variant_facts.hpp"

#include "tests/support/catch.hpp"

using namespace keyhole;
using des::parse_variant;

namespace {

lab::VariantFacts facts(std::string_view list, unsigned trials = 200) {
    return lab::find_facts(parse_variant(list), Random::seeded("variant_facts_test"), trials);
}

} // namespace

TEST_CASE("Only without the last swap does deciphering fail, and then the swapped order does it", "[lab][variant]") {
    for (const char* list : {"none", "rounds=1", "rounds=7", "no-ip", "no-p", "same-subkeys", "reversed-subkeys",
                             "no-shifts", "sbox1=linear", "sbox4[1,2]=3"}) {
        CAPTURE(list);
        CHECK(facts(list).deciphered == 200);
        CHECK(facts(list).deciphered_swapped == 0);
    }
    for (const char* list : {"no-swap", "no-swap,no-ip", "no-swap,rounds=3"}) {
        CAPTURE(list);
        CHECK(facts(list).deciphered == 0);
        CHECK(facts(list).deciphered_swapped == 200);
    }
    // With one subkey for all rounds even the wrong order is the right one turned round; the swap is still missing.
    CHECK(facts("no-swap,same-subkeys").deciphered == 0);
}

TEST_CASE("Complements make complements whatever the boxes are", "[lab][variant]") {
    for (const char* list : {"none", "rounds=5", "no-swap", "no-p", "sbox1=S5,sbox2=linear", "reversed-subkeys"})
        CHECK(facts(list).complemented == 200);
}

TEST_CASE("The avalanche fills half the bits in DES, and stays small without P or with few rounds", "[lab][variant]") {
    const lab::VariantFacts standard = facts("none", 400);
    REQUIRE(standard.rounds.size() == 17);
    CHECK(standard.rounds[0].text_mean == 1);
    CHECK(standard.rounds[0].text_deviation == 0);
    CHECK(standard.rounds[0].key_mean == 0);
    CHECK(standard.rounds[16].text_mean == Approx(32).margin(1));
    CHECK(standard.rounds[16].text_deviation == Approx(4).margin(1));
    CHECK(standard.rounds[16].key_mean == Approx(32).margin(1));
    const lab::VariantFacts still = facts("no-p", 400);
    CHECK(still.rounds[3].text_mean < standard.rounds[3].text_mean);
    CHECK(facts("rounds=2").rounds.size() == 3);
}

TEST_CASE("The steepest entries of the boxes are those that were published", "[lab][variant]") {
    // Biham and Shamir 1991 (differences), Matsui 1993 (S5 has the largest linear entry of all, -20).
    const auto boxes = facts("none", 2).boxes;
    CHECK(boxes[0] == lab::Steepest{16, 18});
    CHECK(boxes[4] == lab::Steepest{16, 20});
    for (const lab::Steepest& one : boxes) CHECK(one.differential == 16);
    for (std::size_t i = 0; i < 8; ++i)
        if (i != 4) CHECK(boxes[i].linear < 20);
    CHECK(lab::steepest(des::linear_box()) == lab::Steepest{64, 32});
}

TEST_CASE("Looking for facts stops when it is told to", "[lab][variant]") {
    const auto stopped = lab::find_facts(parse_variant("no-p"), Random::seeded("stop"), 1000,
                                         [](unsigned done, unsigned) { return done < 10; });
    CHECK(stopped.trials == 10);
    CHECK(stopped.deciphered == 10);
}
