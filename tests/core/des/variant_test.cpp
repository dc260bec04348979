// DES with something changed, against DES on strings of digits with the same switches, and the lists that name it.
#include "core/des/variant.hpp"

#include <vector>

#include "core/base/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/words/plain_des.hpp"

using namespace keyhole;
using des::parse_variant;
using des::Variant;
using testing::refusal_of;
using testing::Switches;

namespace {

struct Change {
    const char* list;
    void (*make)(Switches&);
};

const std::vector<Change> changes = {
    {"rounds=1", [](Switches& s) { s.rounds = 1; }},
    {"rounds=7", [](Switches& s) { s.rounds = 7; }},
    {"no-swap", [](Switches& s) { s.swap = false; }},
    {"no-ip", [](Switches& s) { s.ip = false; }},
    {"no-p", [](Switches& s) { s.p = false; }},
    {"same-subkeys", [](Switches& s) { s.same_subkeys = true; }},
    {"reversed-subkeys", [](Switches& s) { s.reversed_subkeys = true; }},
    {"no-shifts", [](Switches& s) { s.shifts = false; }},
    {"sbox1=S5", [](Switches& s) { s.boxes[0] = s.boxes[4]; }},
    {"sbox8=linear",
     [](Switches& s) {
         for (auto& row : s.boxes[7])
             for (std::size_t i = 0; i < 16; ++i) row[i] = static_cast<std::uint8_t>(i);
     }},
    {"sbox4[3,15]=1", [](Switches& s) { s.boxes[3][3][15] = 1; }},
};

// Every cell of a traced block, both ways, and of the schedule.
void agrees(const Variant& variant, const Switches& switches, Random& random) {
    const des::Block key = random.block(), block = random.block();
    const des::KeySchedule schedule = des::key_schedule(key, variant);
    const testing::PlainDes plain(key, switches);
    using testing::number_of;
    for (unsigned n = 1; n <= 16; ++n) {
        REQUIRE(schedule.rounds[n - 1].c == number_of(plain.c[n]));
        REQUIRE(schedule.rounds[n - 1].d == number_of(plain.d[n]));
        REQUIRE(schedule.rounds[n - 1].subkey == number_of(plain.subkeys[n]));
    }
    for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
        const des::BlockTrace got = des::trace(block, schedule, variant, direction);
        const testing::PlainBlock want = plain.block(testing::bit_text(block, 64), direction == Direction::decrypt);
        REQUIRE(got.after_ip == number_of(want.after_ip));
        for (unsigned n = 1; n <= switches.rounds; ++n) {
            const des::RoundTrace& g = got.rounds[n - 1];
            const testing::PlainRound& w = want.rounds[n];
            CAPTURE(n);
            REQUIRE(g.left_in == number_of(w.left_in));
            REQUIRE(g.right_in == number_of(w.right_in));
            REQUIRE(g.expanded == number_of(w.expanded));
            REQUIRE(g.subkey == number_of(w.subkey));
            REQUIRE(g.mixed == number_of(w.mixed));
            REQUIRE(g.s_out == number_of(w.s_out));
            REQUIRE(g.p_out == number_of(w.p_out));
            REQUIRE(g.left_out == number_of(w.left_out));
            REQUIRE(g.right_out == number_of(w.right_out));
        }
        REQUIRE(got.preoutput == number_of(want.preoutput));
        REQUIRE(got.output == number_of(want.output));
        REQUIRE(des::crypt(block, schedule, variant, direction) == got.output);
    }
}

} // namespace

TEST_CASE("Every variant, and every two of them together, agree with the standard's text cell by cell", "[variant]") {
    Random random = Random::seeded("variant_test");
    for (const Change& first : changes) {
        for (const Change& second : changes) {
            Switches switches;
            second.make(switches);
            if (&first != &second) first.make(switches);
            const std::string list = &first == &second ? first.list : fmt::format("{},{}", second.list, first.list);
            CAPTURE(list);
            const Variant variant = parse_variant(list);
            CHECK_FALSE(variant.is_des());
            for (int i = 0; i < 3; ++i) agrees(variant, switches, random);
            CHECK(parse_variant(variant.list()) == variant);
        }
    }
}

TEST_CASE("The variant none is DES bit for bit", "[variant]") {
    Random random = Random::seeded("variant none");
    const Variant none = parse_variant("none");
    CHECK(none.is_des());
    CHECK(none.list() == "none");
    CHECK(none.mark().empty());
    for (int i = 0; i < 100; ++i) {
        const des::KeySchedule schedule = des::key_schedule(random.block());
        const des::Block block = random.block();
        CHECK(des::key_schedule(schedule.key, none) == schedule);
        for (const Direction direction : {Direction::encrypt, Direction::decrypt})
            CHECK(des::trace(block, schedule, none, direction) == des::trace(block, schedule, direction));
    }
}

TEST_CASE("A list is written in one order, as short as it can be", "[variant]") {
    const auto canonical = [](std::string_view list) { return parse_variant(list).list(); };
    CHECK(canonical("no-p,rounds=8") == "rounds=8,no-p");
    CHECK(canonical("ROUNDS=16, No-IP") == "no-ip");
    CHECK(canonical("sbox1=S1,sbox2[0,0]=15") == "none");
    CHECK(canonical("sbox3[1,2]=5,sbox3[1,2]=6") == "sbox3[1,2]=6");
    CHECK(canonical("sbox3=linear,sbox3[0,0]=7") == "sbox3=linear,sbox3[0,0]=7");
    CHECK(canonical("no-shifts,reversed-subkeys") == "no-shifts");
    CHECK(canonical("reversed-subkeys,same-subkeys") == "same-subkeys");
    CHECK(canonical("no-shifts , same-subkeys, no-swap,rounds=3, no-ip ,no-p") ==
          "rounds=3,no-swap,no-ip,no-p,no-shifts");
}

TEST_CASE("A box from a file becomes entries that rebuild it", "[variant]") {
    std::string text;
    for (unsigned i = 0; i < 64; ++i) text += fmt::format("{}{}", (7 * i + 3) % 16, i % 16 == 15 ? "\n" : ", ");
    std::string asked;
    const Variant variant = parse_variant("sbox6=my box.txt,no-p", [&](const std::string& path) {
        asked = path;
        return text;
    });
    CHECK(asked == "my box.txt");
    CHECK(variant.boxes[5][0][1] == 10);
    CHECK(variant.boxes[5][3][15] == (7 * 63 + 3) % 16);
    CHECK(variant.list().find("my box") == std::string::npos);
    CHECK(parse_variant(variant.list()) == variant);
    CHECK(variant.list().size() > 300);
    CHECK(variant.short_list().size() < 40);
    CHECK(variant.mark() == "not DES: " + variant.short_list());

    std::string s5;
    for (const auto& row : des::s_boxes[4])
        for (const unsigned value : row) s5 += fmt::format("{};", value);
    CHECK(parse_variant("sbox2=x", [&](const std::string&) { return s5; }).list() == "sbox2=S5");
}

TEST_CASE("A list that says nothing sensible is refused with what is allowed", "[variant]") {
    const auto refused = [](std::string_view list) { return refusal_of([&] { parse_variant(list); }); };
    using Catch::Contains;
    for (const char* list : {"", "rounds", "no-e", "no-p,", ",", "no-p no-ip", "xbox1=S1"}) {
        CAPTURE(list);
        CHECK_THAT(refused(list), Contains("a variant is a list, with commas, of none, rounds=N, no-swap"));
    }
    CHECK_THAT(refused("no-swp"), Contains("did you mean no-swap?"));
    CHECK_THAT(refused("rouds=3"), Contains("did you mean rounds?"));
    for (const char* list : {"rounds=0", "rounds=17", "rounds=", "rounds=8x", "rounds=-1", "rounds=99999999999"})
        CHECK_THAT(refused(list), Contains("rounds are 1 to 16"));
    for (const char* list : {"sbox=S1", "sbox0=S1", "sbox9=linear", "sbox12[0,0]=1", "sboxS1", "sbox1x"})
        CHECK_THAT(refused(list), Contains("the boxes are sbox1 to sbox8"));
    for (const char* list : {"sbox1[4,0]=1", "sbox1[0,16]=1", "sbox1[0,0]=16", "sbox1[0]=1", "sbox1[0,0]",
                             "sbox1[,]=", "sbox1[0,0]=1=2", "sbox1[0,0]1=2", "sbox1[-1,0]=1"})
        CHECK_THAT(refused(list), Contains("the row is 0 to 3, the column and the value are 0 to 15"));
    for (const char* list : {"sbox1", "sbox1="}) CHECK_THAT(refused(list), Contains("say what takes its place"));
    CHECK_THAT(refused("none,no-p"), Contains("stands alone"));
    CHECK_THAT(refused("sbox1=S9"), Contains("cannot come from a file"));
    CHECK_THAT(refused(std::string(9000, ',')), Contains("9000 characters"));

    const auto box = [](std::string_view text) { return refusal_of([&] { des::parse_box(text, "box.txt"); }); };
    CHECK_THAT(box("1 2 3"), Contains("box.txt has 3 numbers"));
    CHECK_THAT(box("1 2 16"), Contains("'16' in the S-box box.txt"));
    CHECK_THAT(box("14 4 x"), Contains("'x' in the S-box box.txt"));
    CHECK_THAT(box(""), Contains("has 0 numbers"));
}
