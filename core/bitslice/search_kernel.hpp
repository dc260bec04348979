// One walk over the keys of a chunk: a word of keys at once, from one word to the next in Gray code, so that one key
// bit changes and only its places in the schedule are touched. Known from both ends: R1 (from the plaintext) and R14
// (from the ciphertext) change only with bits of K1 and K16, so the rounds 3 to 11 are all that is computed in full; in
// R13 both ends meet, box by box, and most words are abandoned after three boxes and what these take of round 12.
#pragma once

#include <algorithm>

#include "core/bitslice/rounds.hpp"

namespace keyhole::bitslice {

template <class Word>
class SearchWalk {
  public:
    explicit SearchWalk(const SearchChunk& chunk) : chunk_(chunk) {
        unsigned in_lanes = 0;
        while (in_lanes < SearchChunk::lane_bits && 1U << in_lanes < Word::bits) ++in_lanes;
        lanes_ = in_lanes < chunk.variable ? in_lanes : chunk.variable;
        // The walk flips the bits after the lanes' first, then those that would lie in the lanes of wider words.
        for (unsigned i = SearchChunk::lane_bits; i < chunk.variable; ++i) walked_[walk_++] = i;
        for (unsigned i = lanes_; i < SearchChunk::lane_bits && i < chunk.variable; ++i) walked_[walk_++] = i;
        set_key();
        for (unsigned i = 0; i < walk_; ++i) find_places(i);
    }

    void run() {
        const std::uint32_t words = 1U << walk_;
        for (std::uint32_t step = 1; step < words; ++step) test(static_cast<unsigned>(__builtin_ctz(step)));
        test(none);
    }

  private:
    static constexpr unsigned none = ~0U;
    static constexpr unsigned first_round = 3, last_round = 13;
    static constexpr unsigned boxes_without_test = 3; // 12 bits leave a word of 512 keys alive once in eight times

    void set_key() {
        for (unsigned q = 0; q < 56; ++q) key_[q] = Word::widen(mask(chunk_.key >> (55 - q) & 1));
        for (unsigned i = 0; i < lanes_; ++i) key_[chunk_.position[i]] = Word::lane_index_bit(i);
        for (unsigned j = 0; j < 32; ++j) {
            l1_[j] = Word::widen(mask(chunk_.input >> (31 - j) & 1)); // L1 = R0
            r1_[j] = Word::widen(mask(chunk_.input >> (63 - j) & 1)); // L0, until round 1 is added
        }
        for (unsigned t = 0; t < chunk_.targets; ++t) {
            for (unsigned j = 0; j < 32; ++j) {
                r16_[t][j] = Word::widen(mask(chunk_.target[t] >> (63 - j) & 1));
                r15_[t][j] = Word::widen(mask(chunk_.target[t] >> (31 - j) & 1)); // L16
            }
        }
        for (unsigned j = 0; j < 32; ++j) l0_[j] = r1_[j];
        for (unsigned box = 0; box < 8; ++box) {
            first_round_box(box);
            last_round_box(box);
        }
        for (unsigned box = 0; box < 8; ++box) second_round_box(box);
        for (unsigned j = 0; j < 32; ++j) words_[x2_at + j] = r1_[j] ^ key(2, own_slot(j));
        for (unsigned round = first_round; round <= last_round; ++round) {
            Word* const words = words_ + round_at(round);
            for (unsigned j = 0; j < 32; ++j) words[j] = key(round + 1, own_slot(j)) ^ key(round - 1, own_slot(j));
            for (unsigned box = 0; box < 8; ++box) {
                words[outer_left(box)] = key(round, 6 * box) ^ key(round, own_slot(left_neighbour(box)));
                words[outer_right(box)] = key(round, 6 * box + 5) ^ key(round, own_slot(right_neighbour(box)));
            }
        }
    }

    // What a walked key bit changes: words to complement, boxes of rounds 1, 2 and 16 to compute again.
    struct Places {
        unsigned short word[64];
        unsigned count = 0, front = 0; // X2 and X3 come first
        unsigned bit = 0;
        int box_1 = -1, box_2 = -1, box_16 = -1;
    };

    void find_places(unsigned i) {
        Places& places = places_[i];
        places.bit = chunk_.position[walked_[i]];
        for (unsigned round = 1; round <= 16; ++round) {
            const int slot = tables.slot[round][places.bit];
            if (slot < 0) continue;
            if (round == 1) places.box_1 = slot / 6;
            if (round == 2) places.box_2 = slot / 6;
            if (round == 16) places.box_16 = slot / 6;
            add_places(places, round, static_cast<unsigned>(slot));
        }
        unsigned short* const end = places.word + places.count;
        const auto* const rest =
            std::partition(places.word, end, [](unsigned short word) { return word < round_at(3); });
        places.front = static_cast<unsigned>(rest - places.word);
    }

    static void add_place(Places& places, unsigned round, unsigned word) {
        if (round < first_round || round > last_round || (round == last_round && word < 32)) return;
        places.word[places.count++] = static_cast<unsigned short>(round_at(round) + word);
    }

    static void add_places(Places& places, unsigned round, unsigned slot) {
        const unsigned box = slot / 6, place = slot % 6;
        if (place == 0) return add_place(places, round, outer_left(box));
        if (place == 5) return add_place(places, round, outer_right(box));
        const unsigned j = 4 * box + place - 1;
        add_place(places, round + 1, j);
        add_place(places, round - 1, j);
        if (place == 1) add_place(places, round, outer_right((box + 7) % 8)); // the box to the left borrows bit 4 box
        if (place == 4) add_place(places, round, outer_left((box + 1) % 8));
        if (round == 2) places.word[places.count++] = static_cast<unsigned short>(x2_at + j);
        if (round == 3) places.word[places.count++] = static_cast<unsigned short>(x3_at + j);
    }

    void flip_key_bit(const Places& places) { key_[places.bit] = ~key_[places.bit]; }

    // What comes before round 3.
    void flip_front(const Places& places) {
        for (unsigned k = 0; k < places.front; ++k) words_[places.word[k]] = ~words_[places.word[k]];
        if (places.box_1 >= 0) {
            first_round_box(static_cast<unsigned>(places.box_1));
            for (unsigned box = 0; box < 8; ++box) second_round_box(box);
        } else if (places.box_2 >= 0) {
            second_round_box(static_cast<unsigned>(places.box_2));
        }
    }

    void flip_rest(const Places& places) {
        for (unsigned k = places.front; k < places.count; ++k) words_[places.word[k]] = ~words_[places.word[k]];
        if (places.box_16 >= 0) last_round_box(static_cast<unsigned>(places.box_16));
    }

    const Word& key(unsigned round, unsigned slot) const { return key_[tables.key_bit[round][slot]]; }

    // f of a right half that holds no key.
    void plain_box(unsigned round, unsigned box, const Word* right, Word y[4]) const {
        Word x[6];
        for (unsigned i = 0; i < 6; ++i) x[i] = right[(4 * box + 31 + i) % 32] ^ key(round, 6 * box + i);
        select_box(box, x, y);
    }

    // R1 = L0 ^ f(R0, K1), and X2 of the bits that change.
    void first_round_box(unsigned box) {
        Word y[4];
        plain_box(1, box, l1_, y);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * box + i];
            r1_[j] = l0_[j] ^ y[i];
            words_[x2_at + j] = r1_[j] ^ key(2, own_slot(j));
        }
    }

    // X3 = R2 ^ K3 with R2 = L1 ^ f(R1, K2).
    void second_round_box(unsigned box) {
        Word y[4];
        plain_box(2, box, r1_, y);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * box + i];
            words_[x3_at + j] = Word::xor3(l1_[j], y[i], key(3, own_slot(j)));
        }
    }

    // R14 = L15 = R16 ^ f(L16, K16), from the ciphertext.
    void last_round_box(unsigned box) {
        for (unsigned t = 0; t < chunk_.targets; ++t) {
            Word y[4];
            plain_box(16, box, r15_[t], y);
            for (unsigned i = 0; i < 4; ++i) {
                const unsigned j = tables.goes_to[4 * box + i];
                r14_[t][j] = r16_[t][j] ^ y[i];
            }
        }
    }

    // Tests this word of keys and flips the walked bit `next`. X2 and X3 of the next word are computed as soon as these
    // of the present one are used up: its first round would wait for them.
    void test(unsigned next) {
        const Word* const k = words_;
        Word *const a = halves_, *const b = halves_ + 32;
        whole_round(k + x3_at, k + x2_at, a, k + round_at(3));
        whole_round(a, k + x3_at, b, k + round_at(4));
        if (next != none) {
            flip_key_bit(places_[next]);
            flip_front(places_[next]);
            flip_key_bit(places_[next]);
        }
        for (unsigned round = 5; round < last_round - 2; round += 2) {
            whole_round(b, a, a, k + round_at(round));
            whole_round(a, b, b, k + round_at(round + 1));
        }
        whole_round(b, a, a, k + round_at(11));
        part_of_round<taken_by_first_boxes>(a, b, b, k + round_at(12));
        meet(a, b);
        if (next != none) {
            index_ ^= 1U << walked_[next];
            flip_key_bit(places_[next]);
            flip_rest(places_[next]);
        }
    }

    // a = X12, b = X13, of this only what the first boxes take. Forwards R13 = R11 ^ f(R12, K13), backwards
    // R13 = R15 ^ f(R14, K15).
    void meet(const Word* a, Word* b) {
        const Word* const k = words_;
        bool whole = false;
        for (unsigned t = 0; t < chunk_.targets; ++t) {
            const Word differs = meet_box<0>(a, b, t) | meet_box<1>(a, b, t) | meet_box<2>(a, b, t);
            if (differs.all()) continue;
            if (!whole) part_of_round<~taken_by_first_boxes>(a, b, b, k + round_at(12));
            whole = true;
            meet_others(a, b, t, differs);
        }
    }

    // The right bits that enter the boxes without a test in between.
    static constexpr RightBits taken_by_first_boxes = [] {
        RightBits taken = 0;
        for (unsigned box = 0; box < boxes_without_test; ++box) {
            for (unsigned i = 0; i < 6; ++i) taken |= RightBits{1} << (4 * box + 31 + i) % 32;
        }
        return taken;
    }();

    void meet_others(const Word* a, const Word* b, unsigned t, Word differs) {
        for (unsigned box = boxes_without_test; box < 8; ++box) {
            switch (box) {
                case 3: differs = differs | meet_box<3>(a, b, t); break;
                case 4: differs = differs | meet_box<4>(a, b, t); break;
                case 5: differs = differs | meet_box<5>(a, b, t); break;
                case 6: differs = differs | meet_box<6>(a, b, t); break;
                default: differs = differs | meet_box<7>(a, b, t); break;
            }
            if (differs.all()) return;
        }
        report(differs, t);
    }

    template <unsigned Box>
    Word meet_box(const Word* a, const Word* b, unsigned t) const {
        const Word* const outer = words_ + round_at(last_round);
        Word forwards[4], backwards[4];
        Word::template select<Box>(b[left_neighbour(Box)] ^ outer[outer_left(Box)], b[4 * Box], b[4 * Box + 1],
                                   b[4 * Box + 2], b[4 * Box + 3], b[right_neighbour(Box)] ^ outer[outer_right(Box)],
                                   forwards[0], forwards[1], forwards[2], forwards[3]);
        const auto x = [&](unsigned i) { return r14_[t][(4 * Box + 31 + i) % 32] ^ key(15, 6 * Box + i); };
        Word::template select<Box>(x(0), x(1), x(2), x(3), x(4), x(5), backwards[0], backwards[1], backwards[2],
                                   backwards[3]);
        Word differs = Word::widen(0);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * Box + i];
            const Word known = Word::xor3(a[j], key(12, own_slot(j)), r15_[t][j]);
            differs = differs | Word::xor3(known, forwards[i], backwards[i]);
        }
        return differs;
    }

    void report(const Word& differs, unsigned t) const {
        const unsigned lanes = 1U << lanes_;
        for (unsigned lane = 0; lane < lanes; ++lane) {
            if ((differs.lane(lane / 64) >> lane % 64 & 1) == 0) chunk_.candidate(chunk_.context, index_ | lane, t);
        }
    }

    static std::uint64_t mask(std::uint64_t bit) { return std::uint64_t{0} - bit; }

    // words_: X2 and X3, then 48 key words for each of the rounds 3 to 13.
    static constexpr unsigned x2_at = 0, x3_at = 32;
    static constexpr unsigned round_at(unsigned round) { return 64 + 48 * (round - first_round); }

    const SearchChunk& chunk_;
    unsigned lanes_ = 0;                           // index bits in the lanes
    unsigned walk_ = 0;                            // index bits that the Gray code counts
    unsigned walked_[SearchChunk::max_variable]{}; // which
    std::uint32_t index_ = 0;
    Places places_[SearchChunk::max_variable];
    alignas(4096) Word halves_[64]; // on one page: no store to one half looks like a load from the other
    Word words_[64 + 48 * (last_round - first_round + 1)];
    Word key_[56], l0_[32], l1_[32], r1_[32], r14_[2][32], r15_[2][32], r16_[2][32];
};

template <class Word>
void search_chunk(const SearchChunk& chunk) {
    SearchWalk<Word>(chunk).run();
}

} // namespace keyhole::bitslice
