#include "core/lab/variant_facts.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "core/lab/ddt.hpp"
#include "core/lab/lat.hpp"

namespace keyhole::lab {
namespace {

using des::Block;

// Mean and deviation of numbers that come one by one.
class Sample {
  public:
    void add(double value) {
        ++count_;
        sum_ += value;
        squares_ += value * value;
    }
    double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
    double deviation() const {
        return count_ < 2 ? 0 : std::sqrt(std::max(0.0, (squares_ - sum_ * sum_ / count_) / (count_ - 1)));
    }

  private:
    double count_ = 0, sum_ = 0, squares_ = 0;
};

Block halves_before(const des::RoundTrace& round) { return Block{round.left_in} << 32 | round.right_in; }
Block halves_after(const des::RoundTrace& round) { return Block{round.left_out} << 32 | round.right_out; }

// By round, from 0 on: in how many bits the halves of two blocks differ.
void add_distances(std::vector<Sample>& samples, const des::BlockTrace& a, const des::BlockTrace& b) {
    samples[0].add(std::popcount(halves_before(a.rounds[0]) ^ halves_before(b.rounds[0])));
    for (std::size_t n = 1; n < samples.size(); ++n)
        samples[n].add(std::popcount(halves_after(a.rounds[n - 1]) ^ halves_after(b.rounds[n - 1])));
}

// A bit of the key that is no parity bit.
Block key_bit(std::uint64_t drawn) {
    const unsigned bit = static_cast<unsigned>(drawn % 56); // seven of each byte
    return Block{1} << (bit / 7 * 8 + 1 + bit % 7);
}

} // namespace

Block decipher_swapped(Block block, const des::KeySchedule& schedule, const des::Variant& variant) {
    des::Variant with_swap = variant;
    with_swap.final_swap = true;
    const Block entering = std::rotl(des::initial_permutation(block, variant), 32);
    return des::crypt(des::final_permutation(entering, variant), schedule, with_swap, Direction::decrypt);
}

Steepest steepest(const des::SBox& box) {
    Steepest out{.differential = 0, .linear = static_cast<unsigned>(largest_entry(approximation_table(box)))};
    const Ddt differences = difference_table(box);
    for (unsigned in = 1; in < 64; ++in)
        out.differential = std::max(out.differential, *std::ranges::max_element(differences[in]));
    return out;
}

VariantFacts find_facts(const des::Variant& variant, Random random, unsigned trials, const FactsProgress& progress) {
    VariantFacts out;
    std::vector<Sample> by_text(variant.rounds + 1), by_key(variant.rounds + 1);
    for (; out.trials < trials && (!progress || progress(out.trials, trials)); ++out.trials) {
        const Block key = random.block(), block = random.block(), choice = random.block();
        const des::KeySchedule schedule = des::key_schedule(key, variant);
        const des::BlockTrace own = des::trace(block, schedule, variant);
        out.deciphered += des::crypt(own.output, schedule, variant, Direction::decrypt) == block ? 1 : 0;
        out.deciphered_swapped += decipher_swapped(own.output, schedule, variant) == block ? 1 : 0;
        out.complemented += des::crypt(~block, des::key_schedule(~key, variant), variant) == ~own.output ? 1 : 0;
        add_distances(by_text, own, des::trace(block ^ Block{1} << (choice & 63), schedule, variant));
        add_distances(by_key, own, des::trace(block, des::key_schedule(key ^ key_bit(choice >> 6), variant), variant));
    }
    for (std::size_t n = 0; n < by_text.size(); ++n)
        out.rounds.push_back({.text_mean = by_text[n].mean(),
                              .text_deviation = by_text[n].deviation(),
                              .key_mean = by_key[n].mean(),
                              .key_deviation = by_key[n].deviation()});
    for (std::size_t i = 0; i < out.boxes.size(); ++i) out.boxes[i] = steepest(variant.boxes[i]);
    return out;
}

} // namespace keyhole::lab
