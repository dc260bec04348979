// One walk over the keys of a chunk: two words of keys at once, from one pair to the next in Gray code, so that one key
// bit changes and only its place in the schedule is touched. The words of a pair differ in one key bit; they take their
// rounds by turns, so that the processor has one to compute while the other's stores and loads are on their way.
#pragma once

#include "core/fast/bitslice/search_trial.hpp"

namespace keyhole::bitslice {

// Two trials have memory pages of their own, and so a gap before them.
template <class Word>
class SearchWalk { // NOLINT(clang-analyzer-optin.performance.Padding)
  public:
    explicit SearchWalk(const SearchChunk& chunk) : chunk_(chunk), data_(chunk) {
        unsigned in_lanes = 0;
        while (in_lanes < SearchChunk::lane_bits && 1U << in_lanes < Word::bits) ++in_lanes;
        lanes_ = in_lanes < chunk.variable ? in_lanes : chunk.variable;
        // The walk flips the bits after the lanes' first, then those that would lie in the lanes of wider words.
        for (unsigned i = SearchChunk::lane_bits; i < chunk.variable; ++i) walked_[walk_++] = i;
        for (unsigned i = lanes_; i < SearchChunk::lane_bits && i < chunk.variable; ++i) walked_[walk_++] = i;
        paired_ = walk_ > 0;
        if (paired_) difference_ = 1U << walked_[--walk_];
        set_keys();
    }

    void run() {
        const std::uint32_t steps = 1U << walk_;
        for (std::uint32_t step = 1; step < steps; ++step) test(static_cast<unsigned>(__builtin_ctz(step)));
        test(none);
    }

  private:
    static constexpr unsigned none = ~0U;

    void set_keys() {
        for (Trial<Word>& trial : trial_) {
            for (unsigned bit = 0; bit < 56; ++bit) {
                trial.set_key_bit(bit, Word::widen(all_or_none(chunk_.key >> (55 - bit) & 1)));
            }
            for (unsigned i = 0; i < lanes_; ++i) {
                trial.set_key_bit(chunk_.position[i], Word::lane_index_bit(i));
            }
        }
        if (paired_) trial_[1].set_key_bit(chunk_.position[walked_[walk_]], Word::widen(all_or_none(1)));
        for (Trial<Word>& trial : trial_) trial.compute_ends(data_);
    }

    // Tests this pair of words and flips the walked bit `next`.
    void test(unsigned next) {
        Trial<Word>&one = trial_[0], &two = trial_[1];
        const unsigned bit = next == none ? 0 : chunk_.position[walked_[next]];
        one.begin();
        two.begin();
        if (next != none) {
            one.flip_front(data_, bit);
            two.flip_front(data_, bit);
        }
        for (unsigned round = 5; round < 11; round += 2) {
            one.continue_with(round);
            two.continue_with(round);
        }
        one.end();
        two.end();
        one.meet(data_, [&](unsigned t, const Word& differs) { report(index_, t, differs); });
        if (paired_)
            two.meet(data_, [&](unsigned t, const Word& differs) { report(index_ | difference_, t, differs); });
        if (next != none) {
            index_ ^= 1U << walked_[next];
            one.flip_rest(data_, bit);
            two.flip_rest(data_, bit);
        }
    }

    void report(std::uint32_t index, unsigned t, const Word& differs) const {
        const unsigned lanes = 1U << lanes_;
        for (unsigned lane = 0; lane < lanes; ++lane) {
            if ((differs.lane(lane / 64) >> lane % 64 & 1) == 0) chunk_.candidate(chunk_.context, index | lane, t);
        }
    }

    const SearchChunk& chunk_;
    const SearchData data_;
    unsigned lanes_ = 0;                           // index bits in the lanes
    unsigned walk_ = 0;                            // index bits that the Gray code counts
    unsigned walked_[SearchChunk::max_variable]{}; // which; after them the one in which the pair differs
    bool paired_ = false;                          // a search that fits into one word has no second
    std::uint32_t difference_ = 0;
    std::uint32_t index_ = 0; // of the first word's lane 0
    alignas(4096) Trial<Word> trial_[2];
};

template <class Word>
void search_chunk(const SearchChunk& chunk) {
    SearchWalk<Word>(chunk).run();
}

} // namespace keyhole::bitslice
