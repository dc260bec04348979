// The classroom DES against published vectors, against OpenSSL, and against its own definition.
#define OPENSSL_SUPPRESS_DEPRECATED // DES_* is what is compared with
#include "core/des/des.hpp"

#include <openssl/des.h>

#include <algorithm>
#include <set>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/resources.hpp"
#include "core/des/des_keys.hpp"
#include "core/des/des_tables.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using des::Block;
using enum Direction;

namespace {

Block openssl_des(Block block, Block key, int direction) {
    DES_cblock key_bytes, in, out;
    store_block(key, key_bytes);
    store_block(block, in);
    DES_key_schedule schedule;
    DES_set_key_unchecked(&key_bytes, &schedule);
    DES_ecb_encrypt(&in, &out, &schedule, direction);
    return load_block(out);
}

// All keys of that class among those whose C0 and D0 repeat every four bits.
std::set<Block> keys_of_class(des::KeyClass wanted) {
    // PC-1 takes seven bits of each byte into a row of C and D; these are the bytes whose rows are all zeros or ones.
    constexpr std::uint8_t high[] = {0x01, 0x1F, 0xE0, 0xFE};
    constexpr std::uint8_t low[] = {0x01, 0x0E, 0xF1, 0xFE};
    std::set<Block> found;
    for (unsigned choice = 0; choice < 65536; ++choice) {
        Block key = 0;
        for (unsigned i = 0; i < 8; ++i) {
            const unsigned which = choice >> 2 * i & 3;
            key = key << 8 | (i < 4 ? high[which] : low[which]);
        }
        if (des::inspect_key(key).key_class == wanted) found.insert(key);
    }
    return found;
}

} // namespace

TEST_CASE("DES reproduces every SP 800-17 vector", "[des][kat]") {
    std::size_t records = 0;
    for (const char* table : {"vartext", "invperm", "varkey", "permop", "subtab"}) {
        for (const char* mode : {"ecb", "cbc"}) {
            const std::string name = std::string("sp800-17_") + mode + "_" + table + ".rsp";
            const auto file = run_kat_file(resources::asset_dir() / "kat" / name);
            CAPTURE(name);
            CHECK(file->failed() == 0);
            records += file->passed();
        }
    }
    CHECK(records == 2 * (64 + 64 + 56 + 32 + 19) * 2);
}

TEST_CASE("Grabbe's worked example comes out with every intermediate value", "[des][kat]") {
    const des::KeySchedule schedule = des::key_schedule(0x133457799BBCDFF1);
    CHECK(schedule.c0 == 0xF0CCAAF);
    CHECK(schedule.d0 == 0x556678F);
    CHECK(schedule.rounds[0] == des::ScheduleRound{1, 0xE19955F, 0xAACCF1E, 0x1B02EFFC7072});
    CHECK(schedule.rounds[2] == des::ScheduleRound{2, 0x0CCAAFF, 0x56678F5, 0x55FC8A42CF99});
    CHECK(schedule.rounds[15] == des::ScheduleRound{1, 0xF0CCAAF, 0x556678F, 0xCB3D8B0E17F5});

    const des::BlockTrace trace = des::trace(0x0123456789ABCDEF, schedule);
    CHECK(trace.input == 0x0123456789ABCDEF);
    CHECK(trace.after_ip == 0xCC00CCFFF0AAF0AA);
    const des::RoundTrace& round = trace.rounds[0];
    CHECK(round.left_in == 0xCC00CCFF);
    CHECK(round.right_in == 0xF0AAF0AA);
    CHECK(round.expanded == 0x7A15557A1555);
    CHECK(round.subkey == 0x1B02EFFC7072);
    CHECK(round.mixed == 0x6117BA866527);
    // The paper's S-box table of round 1: B1 = 011000 -> 5, B2 = 010001 -> 12, .. B8 = 100111 -> 7.
    const des::SboxTrace boxes[] = {{0b011000, 0, 12, 5}, {0b010001, 1, 8, 12}, {0b011110, 0, 15, 8},
                                    {0b111010, 2, 13, 2}, {0b100001, 3, 0, 11}, {0b100110, 2, 3, 5},
                                    {0b010100, 0, 10, 9}, {0b100111, 3, 3, 7}};
    CHECK(std::equal(round.sboxes.begin(), round.sboxes.end(), std::begin(boxes), std::end(boxes)));
    CHECK(round.s_out == 0x5C82B597);
    CHECK(round.p_out == 0x234AA9BB);
    CHECK(round.left_out == 0xF0AAF0AA);
    CHECK(round.right_out == 0xEF4A6544);
    CHECK(trace.rounds[15].left_out == 0x43423234);
    CHECK(trace.rounds[15].right_out == 0x0A4CD995);
    CHECK(trace.preoutput == 0x0A4CD99543423234);
    CHECK(trace.output == 0x85E813540F0AB405);

    // The fifteen rounds in between, with C, D, K, E, X, S and P of each, are records of this file.
    CHECK(run_kat_file(resources::asset_dir() / "kat/grabbe_rounds.rsp")->failed() == 0);
}

TEST_CASE("DES agrees with OpenSSL for random keys and blocks, both ways, traced and untraced", "[des][oracle]") {
    Random random = Random::seeded("des_test");
    for (int i = 0; i < 5000; ++i) {
        const Block key = random.block();
        const Block block = random.block();
        const des::KeySchedule schedule = des::key_schedule(key);
        CAPTURE(key, block);
        const Block enciphered = openssl_des(block, key, DES_ENCRYPT);
        const Block deciphered = openssl_des(block, key, DES_DECRYPT);
        REQUIRE(des::crypt(block, schedule, encrypt) == enciphered);
        REQUIRE(des::crypt(block, schedule, decrypt) == deciphered);
        REQUIRE(des::trace(block, schedule, encrypt).output == enciphered);
        REQUIRE(des::trace(block, schedule, decrypt).output == deciphered);
    }
}

TEST_CASE("A trace's values follow from each other as FIPS 46-3 says", "[des]") {
    Random random = Random::seeded("des_test consistency");
    for (const Direction direction : {encrypt, decrypt}) {
        const des::KeySchedule schedule = des::key_schedule(random.block());
        const des::BlockTrace trace = des::trace(random.block(), schedule, direction);
        CHECK(trace.after_ip == des::initial_permutation(trace.input));
        CHECK(trace.output == des::final_permutation(trace.preoutput));
        for (unsigned n = 1; n <= 16; ++n) {
            const des::RoundTrace& r = trace.rounds[n - 1];
            CAPTURE(n);
            CHECK(r.subkey == schedule.rounds[(direction == encrypt ? n : 17 - n) - 1].subkey);
            CHECK(r.expanded == des::expansion(r.right_in));
            CHECK(r.mixed == (r.expanded ^ r.subkey));
            std::uint64_t inputs = 0;
            std::uint32_t outputs = 0;
            for (const des::SboxTrace& box : r.sboxes) {
                inputs = inputs << 6 | box.input;
                outputs = outputs << 4 | box.output;
            }
            CHECK(inputs == r.mixed);
            CHECK(outputs == r.s_out);
            CHECK(r.p_out == des::permutation(r.s_out));
            CHECK(r.left_out == r.right_in);
            CHECK(r.right_out == (r.left_in ^ r.p_out));
            if (n > 1) CHECK(r.left_in == trace.rounds[n - 2].left_out);
            if (n > 1) CHECK(r.right_in == trace.rounds[n - 2].right_out);
        }
        CHECK(trace.preoutput >> 32 == trace.rounds[15].right_out);
        CHECK((trace.preoutput & 0xFFFFFFFF) == trace.rounds[15].left_out);
    }
}

TEST_CASE("DES of complemented key and block is the complement", "[des]") {
    Random random = Random::seeded("des_test complement");
    for (int i = 0; i < 500; ++i) {
        const Block key = random.block();
        const Block block = random.block();
        REQUIRE(des::crypt(~block, des::key_schedule(~key)) == ~des::crypt(block, des::key_schedule(key)));
    }
}

TEST_CASE("The parity bits of a key change nothing but the parity report", "[des]") {
    const Block block = 0x0123456789ABCDEF;
    const Block key = 0x133457799BBCDFF1;
    for (unsigned byte = 0; byte < 8; ++byte) {
        const Block other = key ^ Block { 1 } << 8 * byte;
        CHECK(des::crypt(block, des::key_schedule(other)) == des::crypt(block, des::key_schedule(key)));
        CHECK_FALSE(des::inspect_key(other).odd_parity);
        CHECK(des::with_odd_parity(other) == key);
    }
    CHECK(des::inspect_key(key).odd_parity);
    CHECK(des::with_odd_parity(0) == 0x0101010101010101);
    CHECK(des::with_odd_parity(~Block{0}) == 0xFEFEFEFEFEFEFEFE);
}

TEST_CASE("The permutations are what their names say", "[des]") {
    for (unsigned i = 0; i < 64; ++i) {
        const Block bit = Block{1} << i;
        CHECK(des::final_permutation(des::initial_permutation(bit)) == bit);
    }
    for (const auto& box : des::s_boxes) {
        for (const auto& row : box) {
            CHECK(std::set<int>(row.begin(), row.end()).size() == 16); // each row is a permutation of 0..15
        }
    }
    std::uint32_t half = 0x8000001;
    for (int i = 0; i < 28; ++i) half = des::rotate_28(half, 1);
    CHECK(half == 0x8000001);
}

TEST_CASE("Exactly four keys are weak: they undo themselves", "[des][keys]") {
    const std::set<Block> weak = keys_of_class(des::KeyClass::weak);
    CHECK(weak == std::set<Block>{0x0101010101010101, 0xFEFEFEFEFEFEFEFE, 0xE0E0E0E0F1F1F1F1, 0x1F1F1F1F0E0E0E0E});
    for (const Block key : weak) {
        const des::KeySchedule schedule = des::key_schedule(key);
        CHECK(des::crypt(des::crypt(0x0123456789ABCDEF, schedule), schedule) == 0x0123456789ABCDEF);
    }
}

TEST_CASE("Twelve keys are semi-weak: six pairs that undo each other", "[des][keys]") {
    const std::set<Block> semi_weak = keys_of_class(des::KeyClass::semi_weak);
    CHECK(semi_weak.size() == 12);
    for (const Block key : semi_weak) {
        const des::KeyReport report = des::inspect_key(key);
        CAPTURE(key);
        REQUIRE(report.dual);
        CHECK(*report.dual != key);
        CHECK(semi_weak.count(*report.dual) == 1);
        CHECK(des::inspect_key(*report.dual).dual == key);
        const Block enciphered = des::crypt(0x0123456789ABCDEF, des::key_schedule(key));
        CHECK(des::crypt(enciphered, des::key_schedule(*report.dual)) == 0x0123456789ABCDEF);
    }
    CHECK(des::inspect_key(0x011F011F010E010E).dual == 0x1F011F010E010E01);
}

TEST_CASE("240 keys have four subkeys, and 48 of them are NIST's possibly weak keys", "[des][keys]") {
    const std::set<Block> found = keys_of_class(des::KeyClass::possibly_weak);
    CHECK(found.size() == 240);
    std::set<Block> listed;
    for (const Block key : found) {
        CHECK(des::inspect_key(key).distinct_subkeys == 4);
        const des::KeySchedule schedule = des::key_schedule(key);
        const auto even = [](std::uint32_t half) {
            const std::uint32_t shifted = des::rotate_28(half, 2);
            return shifted == half || shifted == (~half & 0xFFFFFFF);
        };
        if (even(schedule.c0) && even(schedule.d0)) listed.insert(key);
    }
    CHECK(listed.size() == 48);
    // The first, the ninth and the last of the list in NIST SP 800-67, section 3.3.2.
    CHECK(listed.count(0x01011F1F01010E0E) == 1);
    CHECK(listed.count(0xE0FE011FF1FE010E) == 1);
    CHECK(listed.count(0xFEFEE0E0FEFEF1F1) == 1);
}

TEST_CASE("A found key is told from the known one by its parity bits", "[des][keys]") {
    const Block found = 0x133457799BBCDFF1;
    CHECK(des::parity_words(found, found) == "it is the known key itself");
    CHECK(des::parity_words(found, found ^ 1) ==
          "it is the known key 0x133457799BBCDFF0 but for its parity bit 64; DES ignores these bits");
    CHECK(des::parity_words(found, found ^ 0x0100010000000001) ==
          "it is the known key 0x123456799BBCDFF0 but for its parity bits 8, 24, 64; DES ignores these bits");
    CHECK(des::parity_words(found, std::nullopt) ==
          "its parity bits (8, 16, .. 64) make every byte odd; DES ignores these bits");
    CHECK(des::parity_words(found, found ^ 0x0100000000000030) ==
          "its parity bits (8, 16, .. 64) make every byte odd; DES ignores these bits, of which the known key has "
          "others at 8");
    for (unsigned bit = 0; bit < 64; bit += 8) {
        const Block plain = 0x0123456789ABCDEF;
        CHECK(des::crypt(plain, des::key_schedule(found)) ==
              des::crypt(plain, des::key_schedule(found ^ Block{1} << bit)));
    }
}

TEST_CASE("What is said about a key names its weakness and its parity", "[des][keys]") {
    CHECK(des::describe(des::inspect_key(0x133457799BBCDFF1)).empty());
    CHECK_THAT(des::describe(des::inspect_key(0x0101010101010101)), Catch::StartsWith("weak key"));
    CHECK_THAT(des::describe(des::inspect_key(0x011F011F010E010E)), Catch::Contains("0x1F011F010E010E01"));
    CHECK_THAT(des::describe(des::inspect_key(0x01011F1F01010E0E)), Catch::StartsWith("possibly weak key"));
    CHECK_THAT(des::describe(des::inspect_key(0)), Catch::StartsWith("weak key") && Catch::Contains("bad parity"));
}
