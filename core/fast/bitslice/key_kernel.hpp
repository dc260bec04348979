// Many keys on one block, all rounds for each: the preoutputs of a batch of keys, and the search in DES of fewer
// rounds, where the short cuts of search_kernel.hpp are not there. For the lab.
#pragma once

#include "core/fast/bitslice/bulk_kernel.hpp"
#include "core/fast/bitslice/key_lanes.hpp"

namespace keyhole::bitslice {

/// A block in all lanes.
template <class Word>
inline void widen_halves(std::uint64_t block, Word* left, Word* right) {
    for (unsigned j = 0; j < 32; ++j) {
        left[j] = Word::widen(all_or_none(block >> (63 - j) & 1));
        right[j] = Word::widen(all_or_none(block >> (31 - j) & 1));
    }
}

template <class Word>
void crypt_keys(const KeyBatch& keys, std::uint64_t* out) {
    KeyLanes<Word> key;
    key.set_all(keys.key);
    for (unsigned i = 0; 1U << i < Word::bits; ++i) key.set(keys.position[i], Word::lane_index_bit(i));
    Word left[32], right[32], bits[64];
    widen_halves(keys.input, left, right);
    const auto subkey = [&](unsigned round) { return key.subkey(keys.decrypt ? 17 - round : round); };
    for (unsigned round = 1; round < 16; round += 2) {
        part_of_round<all_right_bits>(right, left, left, subkey(round));
        part_of_round<all_right_bits>(left, right, right, subkey(round + 1));
    }
    // Row n of `bits` becomes bit n of each lane's number.
    for (unsigned j = 0; j < 32; ++j) {
        bits[63 - j] = right[j];
        bits[31 - j] = left[j];
    }
    transpose(bits);
    for (unsigned k = 0; k < 64; ++k) {
        for (unsigned lane = 0; lane < Word::bits / 64; ++lane) out[64 * lane + k] = bits[k].lane(lane);
    }
}

/// The walk over a span: R_(n-2) from both ends, compared box by box.
template <class Word>
class SpanSearch {
  public:
    explicit SpanSearch(const KeySpan& span) : span_(span) {
        while (lanes_ < SearchChunk::lane_bits && lanes_ < span.variable && 1U << lanes_ < Word::bits) ++lanes_;
        key_.set_all(span.key);
        for (unsigned i = 0; i < lanes_; ++i) turn(i, Word::lane_index_bit(i));
        widen_halves(span.target, last_right_, last_left_);
    }

    /// In Gray code over the bits of the index that do not lie in the lanes.
    void run() {
        const std::uint32_t steps = 1U << (span_.variable - lanes_);
        for (std::uint32_t step = 1; step <= steps; ++step) {
            test();
            if (step == steps) return;
            const unsigned walked = lanes_ + static_cast<unsigned>(__builtin_ctz(step));
            turn(walked, Word::widen(~std::uint64_t{0}));
            index_ ^= 1U << walked;
        }
    }

  private:
    // The bits of a vector, in the chosen lanes.
    void turn(unsigned vector, const Word& lanes) {
        for (unsigned bit = 0; bit < 56; ++bit) {
            if ((span_.vector[vector] >> (55 - bit) & 1) != 0) key_.set(bit, key_.get(bit) ^ lanes);
        }
    }

    void test() {
        Word half[2][32];
        Word *left = half[0], *right = half[1];
        widen_halves(span_.input, left, right);
        for (unsigned round = 1; round + 2 < span_.rounds; ++round) {
            part_of_round<all_right_bits>(right, left, left, key_.subkey(round));
            Word* const used = left;
            left = right;
            right = used;
        }
        Word differs = Word::widen(0);
        for (unsigned box = 0; box < 8; ++box) {
            for_box(box, [&](auto number) { differs = differs | meet_box<number()>(left, right); });
            if (differs.all()) return;
        }
        for (unsigned lane = 0; lane < 1U << lanes_; ++lane) {
            if ((differs.lane(lane / 64) >> lane % 64 & 1) == 0) span_.candidate(span_.context, index_ | lane);
        }
    }

    // Forwards R_(n-2) = L_(n-3) ^ f(R_(n-3), K_(n-2)), backwards R_(n-2) = L_(n-1) = R_n ^ f(L_n, K_n).
    template <unsigned Box>
    Word meet_box(const Word* left, const Word* right) const {
        Word forwards[4], backwards[4];
        box_output<Box>(right, forwards, key_.subkey(span_.rounds - 2));
        box_output<Box>(last_left_, backwards, key_.subkey(span_.rounds));
        Word differs = Word::widen(0);
        for (unsigned i = 0; i < 4; ++i) {
            const unsigned j = tables.goes_to[4 * Box + i];
            differs = differs | (Word::xor3(left[j], forwards[i], last_right_[j]) ^ backwards[i]);
        }
        return differs;
    }

    const KeySpan& span_;
    unsigned lanes_ = 0;
    std::uint32_t index_ = 0; // of lane 0
    Word last_left_[32], last_right_[32];
    KeyLanes<Word> key_;
};

template <class Word>
void search_span(const KeySpan& span) {
    SpanSearch<Word>(span).run();
}

} // namespace keyhole::bitslice
