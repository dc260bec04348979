// The key search: it finds the key wherever it lies, divides, stops, goes on, and says so when there is none.
#include "core/attack/key_search.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include "core/attack/key_search_run.hpp"
#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "core/des/des_keys.hpp"
#include "core/fast/bitslice/engine.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using bitslice::Level;
using des::Block;

namespace {

constexpr Block plain = 0x0123456789ABCDEF;

KnownPair pair_of(Block key, Block plaintext = plain) {
    return {plaintext, des::crypt(plaintext, des::key_schedule(key))};
}

// The bits of `value`, from the lowest, put where `mask` has ones.
Block spread(std::uint64_t value, Block mask) {
    Block result = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
        if ((mask >> bit & 1) == 0) continue;
        result |= Block{value & 1} << bit;
        value >>= 1;
    }
    return result;
}

std::vector<Block> search_all(const KeySearch& search, Level level, unsigned threads = 1) {
    return run_key_search(search, fresh_state(search),
                          {.threads = threads, .level = level, .interval_ms = 5, .progress = {}})
        .found;
}

KeySearchQuestion question(Block key, Block unknown) {
    KeySearchQuestion asked;
    asked.pair = pair_of(key);
    asked.known_key = key;
    asked.unknown = unknown;
    return asked;
}

} // namespace

TEST_CASE("The lowest key bits are the rightmost ones that are no parity bits", "[search]") {
    CHECK(lowest_key_bits(0) == 0);
    CHECK(lowest_key_bits(1) == 0x02);
    CHECK(lowest_key_bits(7) == 0xFE);
    CHECK(lowest_key_bits(8) == 0x2FE);
    CHECK(lowest_key_bits(56) == ~parity_mask);
}

TEST_CASE("A key is found wherever it lies, on every instruction set", "[search]") {
    Random random = Random::seeded("key_search_test");
    for (const Level level : bitslice::available_levels()) {
        for (const unsigned bits : {0U, 1U, 5U, 8U, 9U, 10U, 13U, 17U, 18U, 19U}) {
            const Block unknown = lowest_key_bits(bits);
            const std::uint64_t last = (std::uint64_t{1} << bits) - 1;
            for (const std::uint64_t place : {std::uint64_t{0}, last / 2, last / 3, last}) {
                const Block key = des::with_odd_parity((random.block() & ~unknown) | spread(place, unknown));
                CAPTURE(bitslice::name(level), bits, place, key);
                REQUIRE(search_all(KeySearch(question(key, unknown)), level) == std::vector<Block>{key});
            }
        }
    }
}

TEST_CASE("Any bits may be the unknown ones, and what the known key has there does not matter", "[search]") {
    Random random = Random::seeded("key_search_test masks");
    for (const Level level : bitslice::available_levels()) {
        for (int i = 0; i < 6; ++i) {
            Block unknown = 0;
            while (std::popcount(unknown) < 12 + i % 3) unknown |= Block{1} << random.block() % 64 & ~parity_mask;
            const Block key = des::with_odd_parity(random.block());
            KeySearchQuestion asked = question(key, unknown | parity_mask);
            asked.known_key = key ^ (random.block() & (unknown | parity_mask));
            CAPTURE(bitslice::name(level), key, unknown);
            REQUIRE(search_all(KeySearch(asked), level) == std::vector<Block>{key});
        }
    }
}

TEST_CASE("A search without a key ends and says so", "[search]") {
    for (const Level level : bitslice::available_levels()) {
        KeySearchQuestion asked = question(0x133457799BBCDFF1, lowest_key_bits(16));
        asked.known_key ^= Block{1} << 41;
        const KeySearch search(asked);
        const KeySearchState end = run_key_search(search, fresh_state(search),
                                                  {.threads = 2, .level = level, .interval_ms = 5, .progress = {}});
        CHECK(end.found.empty());
        CHECK(finished(search, end));
        CHECK(end.next_chunk == search.end_chunk());
    }
}

TEST_CASE("Parts are disjoint, cover everything, and one of them holds the key", "[search]") {
    const Block key = 0x133457799BBCDFF1;
    for (const std::uint64_t parts : {1U, 2U, 3U, 7U, 300U}) {
        std::uint64_t next = 0;
        unsigned holding = 0;
        for (std::uint64_t part = 1; part <= parts; ++part) {
            KeySearchQuestion asked = question(key, lowest_key_bits(17));
            asked.part = part;
            asked.parts = parts;
            const KeySearch search(asked);
            REQUIRE(search.first_chunk() == next);
            next = search.end_chunk();
            if (!search_all(search, bitslice::best_level()).empty()) ++holding;
        }
        CHECK(next * KeySearch(question(key, lowest_key_bits(17))).keys_per_chunk() == 1U << 17);
        CHECK(holding == 1);
    }
    for (const auto& [part, parts] : {std::pair{0U, 1U}, {2U, 1U}, {1U, 0U}}) {
        KeySearchQuestion asked = question(key, lowest_key_bits(17));
        asked.part = part;
        asked.parts = parts;
        CHECK_THROWS_AS(KeySearch(asked), Error);
    }
}

TEST_CASE("A stopped search goes on where it was and loses nothing", "[search]") {
    const Block unknown = lowest_key_bits(19);
    const Block key = des::with_odd_parity((0x133457799BBCDFF1 & ~unknown) | unknown); // the last one
    const KeySearch search(question(key, unknown));
    for (const unsigned threads : {1U, 3U}) {
        KeySearchState state = fresh_state(search);
        unsigned runs = 0;
        while (!finished(search, state)) {
            const std::uint64_t before = state.next_chunk;
            const auto stop_at_once = [](const KeySearchState&) { return false; };
            state = run_key_search(
                search, state,
                {.threads = threads, .level = Level::portable, .interval_ms = 1, .progress = stop_at_once});
            REQUIRE(state.next_chunk >= before);
            REQUIRE(++runs < 100000);
        }
        CHECK(state.found == std::vector<Block>{key});
    }
}

TEST_CASE("A chunk holds the same keys on every instruction set", "[search]") {
    const Block key = 0x0E329232EA6D0D73;
    const KeySearch search(question(key, lowest_key_bits(18)));
    std::set<std::uint64_t> holding;
    for (const Level level : bitslice::available_levels()) {
        for (std::uint64_t chunk = search.first_chunk(); chunk < search.end_chunk(); ++chunk) {
            if (!search.search_chunk(chunk, level).empty()) holding.insert(chunk);
        }
    }
    CHECK(holding.size() == 1);
}

TEST_CASE("With the complement's pair each trial decides two keys", "[search]") {
    const Block key = des::with_odd_parity(0x133457799BBCDFF1);
    for (const Level level : bitslice::available_levels()) {
        for (const Block wanted : {key, des::with_odd_parity(~key)}) {
            KeySearchQuestion asked = question(key, lowest_key_bits(14));
            asked.pair = pair_of(wanted);
            asked.second = pair_of(wanted, ~plain);
            const KeySearch search(asked);
            CAPTURE(bitslice::name(level), wanted);
            CHECK(search.decides_complements());
            CHECK(search_all(search, level) == std::vector<Block>{wanted});
        }
    }
    // All 56 bits: half the chunks, and between them the parts still hold every key.
    KeySearchQuestion all;
    all.pair = pair_of(key);
    all.second = pair_of(key, ~plain);
    KeySearchQuestion single = all;
    single.second.reset();
    CHECK(KeySearch(all).end_chunk() * 2 == KeySearch(single).end_chunk());
    CHECK(KeySearch(all).end_chunk() * KeySearch(all).keys_per_chunk() == std::uint64_t{1} << 56);
}

TEST_CASE("A candidate that fails the second pair is no key", "[search]") {
    const Block key = 0x133457799BBCDFF1;
    const Block unknown = lowest_key_bits(12);
    const Block other = des::with_odd_parity(key ^ 0x6A); // fits the second pair's complement, not the first pair
    for (const Level level : bitslice::available_levels()) {
        KeySearchQuestion asked = question(key, unknown);
        asked.second = pair_of(key, 0xFEDCBA9876543210 ^ 1);
        CHECK(search_all(KeySearch(asked), level) == std::vector<Block>{key});
        asked.second->ciphertext ^= 1;
        CHECK(search_all(KeySearch(asked), level).empty());
        // Two candidates in one chunk, both refused: each fits one pair only.
        asked.second = pair_of(des::with_odd_parity(~other), ~plain);
        CHECK(search_all(KeySearch(asked), level).empty());
    }
    KeySearchQuestion twice = question(key, unknown);
    twice.second = twice.pair;
    CHECK_THROWS_AS(KeySearch(twice), Error);
}

TEST_CASE("The engine tells every candidate of a chunk, with its index and its target", "[search]") {
    // Both targets are met, by different keys of the same walk.
    const Block key = 0;
    for (const Level level : bitslice::available_levels()) {
        bitslice::SearchChunk chunk;
        chunk.variable = 12;
        for (unsigned i = 0; i < 12; ++i) chunk.position[i] = static_cast<std::uint8_t>(3 * i + 2);
        chunk.input = des::initial_permutation(plain);
        const std::uint32_t wanted[2] = {0xABC, 0x123};
        for (unsigned t = 0; t < 2; ++t) {
            std::uint64_t cd = key;
            for (unsigned i = 0; i < 12; ++i) cd |= std::uint64_t{wanted[t] >> i & 1} << (55 - chunk.position[i]);
            // The classroom's rounds with the schedule of C and D.
            des::KeySchedule schedule;
            std::uint32_t c = static_cast<std::uint32_t>(cd >> 28), d = static_cast<std::uint32_t>(cd & 0xFFFFFFF);
            for (unsigned round = 1; round <= 16; ++round) {
                const unsigned shift = round == 1 || round == 2 || round == 9 || round == 16 ? 1 : 2;
                c = des::rotate_28(c, shift);
                d = des::rotate_28(d, shift);
                schedule.rounds[round - 1].subkey = des::permuted_choice_2(c, d);
            }
            chunk.target[t] = des::initial_permutation(des::crypt(plain, schedule));
        }
        chunk.targets = 2;
        std::set<std::pair<std::uint32_t, unsigned>> candidates;
        chunk.context = &candidates;
        chunk.candidate = [](void* context, std::uint32_t index, unsigned which) {
            static_cast<std::set<std::pair<std::uint32_t, unsigned>>*>(context)->emplace(index, which);
        };
        bitslice::engine(level).search(chunk);
        CHECK(candidates == std::set<std::pair<std::uint32_t, unsigned>>{{0xABC, 0}, {0x123, 1}});
    }
}
