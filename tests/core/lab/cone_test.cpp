// The cone of a bit against an independent DES: what the wiring allows covers what really changes, and what changes is
// found by turning bits over there, too.
#include "core/lab/cone/cone.hpp"

#include <map>

#include "core/lab/cone/cone_address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/words/plain_des.hpp"

using namespace keyhole;
using namespace keyhole::testing;
using lab::ConeBit;
using Place = ConeBit::Value;

namespace {

constexpr des::Block key = 0x133457799BBCDFF1, input = 0x0123456789ABCDEF;

char plain_bit(const PlainBlock& block, const ConeBit& bit) {
    const PlainRound& round = block.rounds[bit.round];
    switch (bit.value) {
        case Place::after_ip: return block.after_ip[bit.bit - 1];
        case Place::halves: return (round.left_out + round.right_out)[bit.bit - 1];
        case Place::expanded: return round.expanded[bit.bit - 1];
        case Place::mixed: return round.mixed[bit.bit - 1];
        case Place::sbox: return round.s_out[4 * (bit.box - 1) + bit.bit - 1];
        case Place::p_out: return round.p_out[bit.bit - 1];
        case Place::preoutput: return block.preoutput[bit.bit - 1];
        default: return block.output[bit.bit - 1];
    }
}

char plain_bit(des::Block text, des::Block under, const ConeBit& bit) {
    return plain_bit(PlainDes(under).block(bit_text(text, 64), false), bit);
}

unsigned value(const std::vector<lab::ConeRow>& rows, std::string_view kind, unsigned number, bool does) {
    for (const lab::ConeRow& row : rows) {
        if (row.kind == kind && row.number == number) return does ? row.does : row.can;
    }
    return ~0U;
}

} // namespace

TEST_CASE("Which bits of text and key change a bit is what an independent DES says", "[lab]") {
    const ConeBit bits[] = {{Place::after_ip, 0, 0, 5}, {Place::expanded, 2, 0, 7},  {Place::mixed, 1, 0, 48},
                            {Place::sbox, 3, 5, 2},     {Place::p_out, 2, 0, 32},    {Place::halves, 4, 0, 3},
                            {Place::halves, 2, 0, 40},  {Place::preoutput, 0, 0, 1}, {Place::output, 0, 0, 64},
                            {Place::expanded, 16, 0, 1}};
    for (const ConeBit& bit : bits) {
        const auto rows = lab::cone_of(bit, input, key, {}, Direction::encrypt);
        const char is = plain_bit(input, key, bit);
        for (unsigned i = 1; i <= 64; ++i) {
            const des::Block flipped = des::Block{1} << (64 - i);
            CAPTURE(static_cast<int>(bit.value), bit.round, bit.bit, i);
            CHECK(value(rows, "text", i, true) == (plain_bit(input ^ flipped, key, bit) != is ? 1U : 0U));
            CHECK(value(rows, "text", i, true) <= value(rows, "text", i, false));
            if (i % 8 == 0) continue;
            CHECK(value(rows, "key", i, true) == (plain_bit(input, key ^ flipped, bit) != is ? 1U : 0U));
            CHECK(value(rows, "key", i, true) <= value(rows, "key", i, false));
        }
    }
}

TEST_CASE("Nothing that changes lies outside the wiring, in whichever text", "[lab]") {
    Random random = Random::seeded("wiring");
    const ConeBit bit{Place::sbox, 3, 2, 1};
    const auto rows = lab::cone_of(bit, input, key, {}, Direction::encrypt);
    std::map<unsigned, bool> ever;
    for (int text = 0; text < 40; ++text) {
        const des::Block block = random.block();
        const char is = plain_bit(block, key, bit);
        for (unsigned i = 1; i <= 64; ++i)
            ever[i] = ever[i] || plain_bit(block ^ des::Block{1} << (64 - i), key, bit) != is;
    }
    for (unsigned i = 1; i <= 64; ++i) {
        CAPTURE(i);
        CHECK(value(rows, "text", i, false) == (ever[i] ? 1U : 0U)); // and all that can, sometimes does
    }
}

TEST_CASE("A bit depends on everything after five rounds, and its own rounds are counted", "[lab]") {
    const auto rows = lab::cone_of({Place::output, 0, 0, 1}, input, key, {}, Direction::encrypt);
    CHECK(value(rows, "back", 16, false) == 1);
    CHECK(value(rows, "back", 15, false) <= 7);
    CHECK(value(rows, "back", 11, false) == 64);
    CHECK(value(rows, "back_key", 16, false) == 0);
    CHECK(value(rows, "back_key", 0, false) == 56);
    const auto forward = lab::cone_of({Place::halves, 1, 0, 33}, input, key, {}, Direction::encrypt);
    CHECK(value(forward, "forward", 1, true) == 1);
    CHECK(value(forward, "forward", 16, false) == 64);
    CHECK(value(forward, "forward", 16, true) > 16);
}

TEST_CASE("A variant's cone is its own", "[lab]") {
    const des::Variant no_p{.has_p = false};
    // Without P an S-box feeds itself and its neighbours: after two rounds a bit has not come far.
    const auto rows = lab::cone_of({Place::halves, 3, 0, 33}, input, key, no_p, Direction::encrypt);
    const auto of_des = lab::cone_of({Place::halves, 3, 0, 33}, input, key, {}, Direction::encrypt);
    CHECK(value(rows, "back", 0, false) < value(of_des, "back", 0, false));
    const auto first = lab::cone_of({Place::sbox, 1, 1, 1}, input, key, {}, Direction::decrypt);
    CHECK(value(first, "back_key", 0, false) == 6);
}

TEST_CASE("A bit is named by its step's address, and what is no such bit is refused", "[lab]") {
    const Recording recording = samples::variant("none");
    const Trace trace(recording);
    const std::string block = "message.1/encrypt/block.1/";
    CHECK(lab::cone_step(trace, block + "round.5/sbox.3#2").bit == ConeBit{Place::sbox, 5, 3, 2});
    CHECK(lab::cone_step(trace, block + "round.5/join#2").bit == ConeBit{Place::halves, 5, 0, 34});
    CHECK(lab::cone_of(trace, lab::cone_step(trace, block + "fp#1")) ==
          lab::cone_of({Place::output, 0, 0, 1}, input, key, {}, Direction::encrypt));
    CHECK(refusal_of([&] { lab::cone_step(trace, block + "round.5"); }).starts_with("no bit in \""));
    CHECK(refusal_of([&] { lab::cone_step(trace, block + "round.5#65"); }).starts_with("no bit \"65\" of "));
    CHECK(refusal_of([&] { lab::cone_step(trace, block + "round.5/sbox.3#0"); }).starts_with("no bit \"0\" of "));
    CHECK(refusal_of([&] { lab::cone_step(trace, "message.1#1"); }).starts_with("no cone of message.1 "));
    CHECK_FALSE(refusal_of([&] { lab::cone_step(trace, "nowhere#1"); }).empty());
}
