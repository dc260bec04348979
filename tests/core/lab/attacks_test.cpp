// The attacks find the key of texts that another program enciphered, and say no where there is none.
#include <cmath>
#include <fstream>

#include "core/des/des_keys.hpp"
#include "core/lab/attack/differential.hpp"
#include "core/lab/attack/linear.hpp"
#include "core/lab/attack/meet.hpp"
#include "core/lab/attack/oracle.hpp"
#include "core/lab/attack/rest_search.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/words/plain_des.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

// As an oracle elsewhere does it: strings of digits and the standard's tables.
std::vector<KnownPair> enciphered_elsewhere(const std::vector<des::Block>& texts, des::Block key, unsigned rounds) {
    const PlainDes des(key, {.rounds = rounds});
    std::vector<KnownPair> out;
    for (const des::Block text : texts) out.push_back({text, number_of(des.block(bit_text(text, 64), false).output)});
    return out;
}

std::vector<KnownPair> with_random_ciphertexts(const std::vector<des::Block>& texts, Random random) {
    std::vector<KnownPair> out;
    for (const des::Block text : texts) out.push_back({text, random.block()});
    return out;
}

const bitslice::Level level = bitslice::chosen_level();

} // namespace

TEST_CASE("Texts by the engine of few rounds are those of an independent DES", "[lab][bitslice]") {
    const auto texts = lab::random_texts(70, Random::seeded("few rounds"));
    for (const bitslice::Level one : bitslice::available_levels()) {
        for (const unsigned rounds : {4U, 6U, 8U, 16U}) {
            CAPTURE(bitslice::name(one), rounds);
            CHECK(lab::encipher(texts, 0x133457799BBCDFF1, rounds, one) ==
                  enciphered_elsewhere(texts, 0x133457799BBCDFF1, rounds));
        }
    }
}

TEST_CASE("The rest of a key is found among what equations leave, on every instruction set", "[lab][bitslice]") {
    const des::Block key = lab::draw_key(Random::seeded("rest"));
    const std::uint64_t cd = des::permuted_choice_1(key);
    Random random = Random::seeded("equations");
    for (const unsigned rounds : {4U, 8U, 16U}) {
        const auto texts = enciphered_elsewhere(lab::random_texts(16, random.fork("texts")), key, rounds);
        for (const unsigned left : {0U, 3U, 13U, 21U}) {
            lab::KeyEquations known;
            while (known.unknown_bits() > left) {
                const std::uint64_t mask = random.block() >> 8;
                REQUIRE(known.add(mask, std::popcount(mask & cd) % 2 == 1));
            }
            for (const bitslice::Level one : bitslice::available_levels()) {
                CAPTURE(rounds, left, bitslice::name(one));
                lab::RestSearch search(rounds, texts, one, {});
                CHECK(search.find(known) == key);
                CHECK(search.tried() <= std::uint64_t{1} << left);
            }
        }
    }
}

TEST_CASE("Equations of a key know what contradicts them", "[lab]") {
    lab::KeyEquations known;
    REQUIRE(known.add(0b011, true));
    REQUIRE(known.add(0b110, false));
    CHECK(known.add(0b101, true)); // follows
    CHECK(known.unknown_bits() == 54);
    CHECK_FALSE(known.add(0b101, false));
    for (const std::uint64_t vector : known.freedom()) {
        const std::uint64_t key = known.solution() ^ vector;
        CHECK(std::popcount(key & 0b011) % 2 == 1);
        CHECK(std::popcount(key & 0b110) % 2 == 0);
    }
}

TEST_CASE("The key bits of a box in a round are those that its subkey shows", "[lab]") {
    for (const unsigned round : {1U, 2U, 8U, 16U}) {
        for (unsigned bit = 0; bit < 56; ++bit) {
            const std::uint64_t cd = std::uint64_t{1} << bit;
            const BitText subkey = PlainDes(des::undo_permuted_choice_1(cd)).subkeys[round];
            for (unsigned box = 1; box <= 8; ++box) {
                const auto six = static_cast<unsigned>(number_of(subkey.substr(6 * box - 6, 6)));
                CAPTURE(round, bit, box);
                REQUIRE(((lab::key_bits_of(round, box, 63) & cd) != 0) == (six != 0));
                REQUIRE((six == 0 || lab::key_bits_of(round, box, six) == cd));
            }
        }
    }
}

TEST_CASE("The linear equations lean as far as their trails say", "[lab]") {
    const des::Block key = lab::draw_key(Random::seeded("lean"));
    for (const unsigned rounds : {4U, 6U}) {
        const std::size_t count = rounds == 4 ? 1U << 14 : 1U << 20;
        const auto texts = lab::encipher(lab::random_texts(count, Random::seeded("texts")), key, rounds, level);
        std::vector<KnownPair> permuted;
        for (const KnownPair& text : texts)
            permuted.push_back({des::initial_permutation(text.plaintext), des::initial_permutation(text.ciphertext)});
        const PlainDes des(key);
        for (const lab::Trail& trail : lab::trails_of_attack(rounds)) {
            lab::EquationCounter counter(lab::equation_of(trail, des::s_boxes));
            counter.count(permuted);
            const lab::LinearEquation& equation = counter.equation();
            const auto six = [&](unsigned round, unsigned box) {
                return static_cast<unsigned>(number_of(des.subkeys[round].substr(6 * box - 6, 6)));
            };
            for (const lab::EndsCount& ends : counter.ranking()) {
                if (ends.first_six != six(1, equation.first_box) || ends.last_six != six(rounds, equation.last_box))
                    continue;
                const bool odd = std::popcount(des::permuted_choice_1(key) & equation.key_bits) % 2 == 1;
                const double expected = 2 * equation.bias * static_cast<double>(count) * (odd ? -1 : 1);
                CAPTURE(rounds, equation.first_box, equation.last_box, ends.lean, expected);
                // Other trails with the same ends add to it; six deviations and a third of it are room enough.
                CHECK(std::abs(ends.lean - expected) < 6 * std::sqrt(count) + std::abs(expected) / 3);
            }
        }
    }
}

TEST_CASE("Linear cryptanalysis finds the key of 4 and 6 rounds, and none where there is none", "[lab]") {
    const des::Block key = lab::draw_key(Random::seeded("linear"));
    const auto four = enciphered_elsewhere(lab::random_texts(512, Random::seeded("four")), key, 4);
    CHECK(lab::linear_attack(four, 4, {.level = level}).key == key);
    const auto six = lab::encipher(lab::random_texts(300000, Random::seeded("six")), key, 6, level);
    CHECK(lab::linear_attack(six, 6, {.level = level}).key == key);

    const auto nothing = with_random_ciphertexts(lab::random_texts(4096, Random::seeded("four")), Random::seeded("no"));
    const lab::LinearResult none = lab::linear_attack(nothing, 4, {.level = level});
    CHECK_FALSE(none.key);
    CHECK(none.why_not.starts_with("no subkey stands out: "));
}

TEST_CASE("Texts that are all alike end an attack, soon and without a key", "[lab]") {
    const KnownPair text{0x0123456789ABCDEF, 0x85E813540F0AB405};
    const lab::LinearResult linear = lab::linear_attack(std::vector(512, text), 4, {.level = level});
    CHECK_FALSE(linear.key);
    CHECK(linear.why_not.ends_with("; the next ones contradict one another"));

    std::size_t calls = 0;
    const auto stopped = lab::linear_attack(
        std::vector(512, text), 4, {.level = level, .progress = [&](const lab::LinearState&) { return ++calls < 3; }});
    CHECK(stopped.stopped);

    auto pairs = with_random_ciphertexts(lab::choose_texts(8, 4096, Random::seeded("alike")), Random::seeded("alike"));
    for (std::size_t i = 0; i < pairs.size(); i += 2) pairs[i + 1].ciphertext = pairs[i].ciphertext;
    CHECK_FALSE(lab::differential_attack(pairs, 8, {.level = level}).key);
}

TEST_CASE("An attack that is told to stop stops and finds nothing", "[lab]") {
    const des::Block key = lab::draw_key(Random::seeded("stop"));
    const auto texts = lab::encipher(lab::random_texts(200000, Random::seeded("stop")), key, 8, level);
    std::size_t calls = 0;
    const auto linear = lab::linear_attack(
        texts, 8, {.level = level, .progress = [&](const lab::LinearState&) { return ++calls < 2; }});
    CHECK(linear.stopped);
    CHECK_FALSE(linear.key);
    CHECK(linear.state.texts < texts.size());
}

TEST_CASE("Differential cryptanalysis finds the key of 4 and 6 rounds, and none where there is none", "[lab]") {
    const des::Block key = lab::draw_key(Random::seeded("differential"));
    for (const unsigned rounds : {4U, 6U}) {
        const std::size_t pairs = lab::usual_pairs(rounds);
        const auto chosen = lab::choose_texts(rounds, pairs, Random::seeded("chosen"));
        CAPTURE(rounds);
        CHECK(lab::differential_attack(enciphered_elsewhere(chosen, key, rounds), rounds, {.level = level}).key == key);
        const auto none =
            lab::differential_attack(with_random_ciphertexts(chosen, Random::seeded("no")), rounds, {.level = level});
        CHECK_FALSE(none.key);
        CHECK_FALSE(none.why_not.empty());
    }
}

TEST_CASE("Differential cryptanalysis finds the key of 8 rounds from 150000 pairs", "[lab]") {
    const des::Block key = lab::draw_key(Random::seeded("eight"));
    const auto texts = lab::encipher(lab::choose_texts(8, lab::usual_pairs(8), Random::seeded("eight")), key, 8, level);
    CHECK(lab::differential_attack(texts, 8, {.level = level}).key == key);
}

TEST_CASE("A pair without the wanted difference is named", "[lab]") {
    auto texts = lab::encipher(lab::choose_texts(6, 16, Random::seeded("odd")), 0x133457799BBCDFF1, 6, level);
    texts[7].plaintext ^= 1;
    const std::string why = refusal_of([&] { lab::differential_attack(texts, 6, {.level = level}); });
    CHECK(
        why.starts_with("pair 4 (texts 7 and 8) differs by 0x0000080100100001 (the attack on 6 rounds needs "
                        "0x0000801000004000 or 0x0000080100100000; "));
}

TEST_CASE("The classical characteristics have their published chances, and about so many pairs follow", "[lab]") {
    const auto tables = lab::difference_tables(des::s_boxes);
    const double published[] = {1, 1 / 234.057, 1 / 16.0, 1 / 16.0, 1 / 10485.76};
    std::size_t n = 0;
    for (const lab::NamedCharacteristic& named : lab::classical_characteristics()) {
        const double chance = lab::chance(named.characteristic, tables);
        CAPTURE(named.name);
        CHECK(chance == Approx(published[n++]).epsilon(0.0001));
        if (chance < 0.001) continue;
        std::size_t pairs = 4000;
        const auto followers = lab::count_followers(named.characteristic, {}, pairs, Random::seeded("pairs"));
        double expected = static_cast<double>(pairs);
        REQUIRE(followers.size() == named.characteristic.outputs.size());
        for (std::size_t round = 0; round < followers.size(); ++round) {
            expected *=
                lab::chance(named.characteristic.after(round).right, named.characteristic.outputs[round], tables);
            CHECK(std::abs(static_cast<double>(followers[round]) - expected) <= 5 * std::sqrt(expected));
        }
        // Where the difference is after the last round, the halves say.
        CHECK(named.characteristic.after(0) == named.characteristic.input);
    }
    CHECK(n == 5);
}

TEST_CASE("Meeting in the middle finds both keys of double DES, and says no to other texts", "[lab]") {
    lab::MeetQuestion question;
    const des::Block first = lab::draw_key(Random::seeded("first")), second = lab::draw_key(Random::seeded("second"));
    for (const des::Block text : lab::random_texts(2, Random::seeded("pairs"))) {
        const BitText middle = PlainDes(first).block(bit_text(text, 64), false).output;
        question.pairs.push_back({text, number_of(PlainDes(second).block(middle, false).output)});
    }
    question.first_known = first;
    question.second_known = second;
    for (const bitslice::Level one : bitslice::available_levels()) {
        for (const unsigned unknown : {1U, 5U, 8U, 9U, 12U}) {
            question.unknown_bits = unknown;
            CAPTURE(bitslice::name(one), unknown);
            const lab::MeetResult found = lab::meet_in_the_middle(question, one);
            CHECK(found.keys == std::vector<lab::KeyPair>{{first, second}});
            CHECK(found.state.enciphered == std::uint64_t{1} << unknown);
            CHECK(found.state.left == std::vector<std::uint64_t>{1, 1});
        }
    }
    question.pairs[1].ciphertext ^= 1;
    const lab::MeetResult none = lab::meet_in_the_middle(question, level);
    CHECK(none.keys.empty());
    CHECK(none.state.left == std::vector<std::uint64_t>{1, 0}); // the first pair is still theirs
}

TEST_CASE("What is drawn for meeting in the middle hides the unknown bits, and is the seed's own", "[lab]") {
    const lab::DrawnMeet drawn = lab::draw_meet(Random::seeded("1"), 12, 3);
    REQUIRE(drawn.question.pairs.size() == 3);
    for (const KnownPair& pair : drawn.question.pairs)
        CHECK(lab::double_encipher(pair.plaintext, drawn.keys.first, drawn.keys.second) == pair.ciphertext);
    CHECK((drawn.question.first_known & lowest_key_bits(12)) == 0);
    CHECK((drawn.question.second_known & lowest_key_bits(12)) == 0);
    CHECK(lab::draw_meet(Random::seeded("1"), 12).keys == drawn.keys);
    CHECK_FALSE(lab::draw_meet(Random::seeded("2"), 12).keys == drawn.keys);
    CHECK(lab::meet_memory_words(4) == "1 KiB");
    CHECK(lab::meet_memory_words(20) == "12 MiB");
    CHECK_FALSE(lab::meet_rate({.enciphered = 1000, .deciphered = 1000, .left = {}, .seconds = 0.01}));
    CHECK(lab::meet_rate({.enciphered = 1000, .deciphered = 1000, .left = {}, .seconds = 2}) == 1000.0);
}
