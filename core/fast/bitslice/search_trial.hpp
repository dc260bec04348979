// One word of keys under trial: a key in each lane. Known from both ends: R2 follows from the plaintext, R14 from the
// ciphertext, and a walk that flips one key bit changes one box of each. Rounds 3 to 11 are computed in full; in R13
// both ends meet, box by box, and most words are abandoned after three boxes and what these take of round 12.
#pragma once

#include "core/fast/bitslice/key_lanes.hpp"

namespace keyhole::bitslice {

/// What all keys of a chunk are tried on: one bit a mask of all zeros or all ones.
struct SearchData {
    std::uint64_t l0[32], r0[32];         // the plaintext after IP
    std::uint64_t r16[2][32], r15[2][32]; // each target; R15 = L16
    unsigned targets;

    explicit SearchData(const SearchChunk& chunk) : targets(chunk.targets) {
        for (unsigned j = 0; j < 32; ++j) {
            l0[j] = all_or_none(chunk.input >> (63 - j) & 1);
            r0[j] = all_or_none(chunk.input >> (31 - j) & 1);
            for (unsigned t = 0; t < targets; ++t) {
                r16[t][j] = all_or_none(chunk.target[t] >> (63 - j) & 1);
                r15[t][j] = all_or_none(chunk.target[t] >> (31 - j) & 1);
            }
        }
    }
};

template <class Word>
class Trial {
  public:
    /// Key bit `bit` of C0 D0 in all lanes; `compute_ends` once all are set.
    void set_key_bit(unsigned bit, const Word& value) { key_.set(bit, value); }

    void compute_ends(const SearchData& data) {
        for (unsigned box = 0; box < 8; ++box) {
            first_round_box(data, box);
            last_round_box(data, box);
        }
        for (unsigned box = 0; box < 8; ++box) second_round_box(data, box);
    }

    /// Rounds 3 and 4.
    void begin() {
        part_of_round<all_right_bits>(r2_, r1_, a_, subkey(3));
        part_of_round<all_right_bits>(a_, r2_, b_, subkey(4));
    }

    /// Rounds `round` and `round` + 1, after an even number of them.
    void continue_with(unsigned round) {
        part_of_round<all_right_bits>(b_, a_, a_, subkey(round));
        part_of_round<all_right_bits>(a_, b_, b_, subkey(round + 1));
    }

    /// Round 11, and of round 12 what the first boxes take.
    void end() {
        part_of_round<all_right_bits>(b_, a_, a_, subkey(11));
        part_of_round<taken_by_first_boxes>(a_, b_, b_, subkey(12));
    }

    /// Tells found(t, differs) where lanes (bits 0 in `differs`) agree with target t.
    template <class Found>
    void meet(const SearchData& data, Found found) {
        bool whole = false;
        for (unsigned t = 0; t < data.targets; ++t) {
            const Word differs = meet_box<0>(data, t) | meet_box<1>(data, t) | meet_box<2>(data, t);
            if (differs.all()) continue;
            if (!whole) part_of_round<~taken_by_first_boxes>(a_, b_, b_, subkey(12));
            whole = true;
            meet_others(data, t, differs, found);
        }
    }

    /// R1 and R2 of the word whose key bit `bit` is the other way round: wanted early, because its rounds wait for
    /// them.
    void flip_front(const SearchData& data, unsigned bit) {
        flip(bit);
        if (const int first = tables.slot[1][bit]; first >= 0) {
            first_round_box(data, static_cast<unsigned>(first) / 6);
            for (unsigned box = 0; box < 8; ++box) second_round_box(data, box);
        } else if (const int second = tables.slot[2][bit]; second >= 0) {
            second_round_box(data, static_cast<unsigned>(second) / 6);
        }
        flip(bit);
    }

    /// The bit itself, and R14.
    void flip_rest(const SearchData& data, unsigned bit) {
        flip(bit);
        if (const int last = tables.slot[16][bit]; last >= 0) last_round_box(data, static_cast<unsigned>(last) / 6);
    }

  private:
    auto subkey(unsigned round) const { return key_.subkey(round); }

    void flip(unsigned bit) { key_.flip(bit); }

    void first_round_box(const SearchData& data, unsigned box) { single_box(box, data.r0, data.l0, r1_, subkey(1)); }
    void second_round_box(const SearchData& data, unsigned box) { single_box(box, r1_, data.r0, r2_, subkey(2)); }
    void last_round_box(const SearchData& data, unsigned box) { // R14 = L15 = R16 ^ f(L16, K16)
        for (unsigned t = 0; t < data.targets; ++t) single_box(box, data.r15[t], data.r16[t], r14_[t], subkey(16));
    }

    template <class Found>
    void meet_others(const SearchData& data, unsigned t, Word differs, Found found) const {
        for (unsigned box = boxes_without_test; box < 8; ++box) {
            for_box(box, [&](auto number) {
                if constexpr (number() >= boxes_without_test) differs = differs | meet_box<number()>(data, t);
            });
            if (differs.all()) return;
        }
        found(t, differs);
    }

    // a_ = R11, b_ = R12. Forwards R13 = R11 ^ f(R12, K13), backwards R13 = R15 ^ f(R14, K15).
    template <unsigned Box>
    Word meet_box(const SearchData& data, unsigned t) const {
        Word forwards[4], backwards[4];
        box_output<Box>(b_, forwards, subkey(13));
        box_output<Box>(r14_[t], backwards, subkey(15));
        Word differs = Word::widen(0);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * Box + i];
            differs = differs | (Word::xor3(a_[j], forwards[i], Word::widen(data.r15[t][j])) ^ backwards[i]);
        }
        return differs;
    }

    static constexpr unsigned boxes_without_test = 3; // 12 bits leave a word of 512 keys alive once in eight times

    static constexpr RightBits taken_by_first_boxes = [] {
        RightBits taken = 0;
        for (unsigned box = 0; box < boxes_without_test; ++box) {
            for (unsigned i = 0; i < 6; ++i) taken |= RightBits{1} << enters(box, i);
        }
        return taken;
    }();

    Word a_[32], b_[32]; // the halves, by turns
    Word r1_[32], r2_[32], r14_[2][32];
    KeyLanes<Word> key_;
};

} // namespace keyhole::bitslice
