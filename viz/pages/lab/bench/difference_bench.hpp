// A characteristic while it is being looked at or built: its rounds with their boxes and chances, and what was
// measured. No ImGui.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/lab/characteristic.hpp"
#include "viz/pages/lab/bench/watched_job.hpp"

namespace keyhole::viz {

/// What becomes of the difference in one S-box.
struct DifferenceBox {
    unsigned input = 0, output = 0; // six bits, four bits
    unsigned entry = 64;            // of the box's 64 inputs, those for which it is so
    std::size_t choices = 1;        // outputs that are possible for that input

    bool active() const { return input != 0; }
};

struct DifferenceRound {
    lab::HalvesDifference before; // of L and R that enter the round
    std::uint32_t output = 0;     // of f
    std::array<DifferenceBox, 8> boxes;
    double chance = 1, so_far = 1; // of this round; of all rounds up to this one, as if they were independent
};

/// Pairs that were tried, and how many of them followed the first round, the first two, and so on.
struct Followers {
    std::size_t pairs = 0;
    std::vector<std::size_t> after;
};

class DifferenceBench {
  public:
    DifferenceBench();

    /// One of the classical ones, from 0.
    void choose(std::size_t classical);
    /// Empty once something of it was changed.
    std::optional<std::size_t> classical() const { return classical_; }
    const std::string& words() const { return words_; }

    /// Another difference enters: both halves in hex, `40080000 04000000`. Where f's outputs are not said they are the
    /// likeliest ones.
    std::string input;
    const std::string& fault() const { return fault_; }
    void refresh();
    /// The same with one bit turned over: 1 to 32 of L, 33 to 64 of R.
    void flip(unsigned bit);
    void set_rounds(std::size_t rounds); // 1 to 8; new ones take the likeliest output
    /// The next output that is possible in a box (1 to 8) of a round (from 0), by falling chance; after the last the
    /// likeliest. The rounds after it take the likeliest again.
    void turn_box(std::size_t round, unsigned box);

    const std::vector<DifferenceRound>& rounds() const { return rounds_; }
    lab::HalvesDifference after() const { return characteristic_.after(rounds_.size()); }
    double chance() const { return rounds_.back().so_far; }

    /// Counts, beside the window, how many random pairs follow.
    void measure();
    bool measuring() const { return job_.running(); }
    double share() const { return job_.share(); }
    bool poll() { return job_.poll(); }
    const Followers& followers() const { return job_.state(); } // those up to now, while it measures
    const std::string& measured() const { return job_.outcome().words; }

    static constexpr std::size_t most_rounds = 8, pairs = 1 << 17;

  private:
    void enter(lab::HalvesDifference halves);
    /// What was changed has as many rounds again, and is a classical one no more.
    void fill(std::size_t rounds);
    /// A measurement that runs was of another one, and ends.
    void compute();

    std::array<lab::Ddt, 8> tables_;
    lab::Characteristic characteristic_;
    std::optional<std::size_t> classical_;
    std::vector<DifferenceRound> rounds_;
    std::string words_, fault_, read_;
    WatchedJob<Followers> job_;
};

/// "always", "never", "1 in 16", "1 in 2^23.4".
std::string chance_words(double chance);

/// What f does to the difference in a round: one or two sentences.
std::string words_about(const DifferenceRound& round);

/// The active boxes of a round and what they come to: "S2 16/64 · S3 8/64 = 1 in 32".
std::string product_words(const DifferenceRound& round);

} // namespace keyhole::viz
