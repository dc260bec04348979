// A characteristic while it is being looked at or built: its rounds with their chances, and what was measured. No
// ImGui.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/lab/characteristic.hpp"
#include "viz/base/job.hpp"

namespace keyhole::viz {

struct DifferenceRound {
    lab::HalvesDifference before; // of L and R that enter the round
    std::uint32_t output = 0;     // of f
    double chance = 1;
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
    void set_rounds(std::size_t rounds); // 1 to 8; new ones take the likeliest output
    /// The next output of the round's f, from 0, that is possible at all, by falling chance.
    void turn_output(std::size_t round);

    const std::vector<DifferenceRound>& rounds() const { return rounds_; }
    lab::HalvesDifference after() const { return characteristic_.after(rounds_.size()); }
    double chance() const;

    /// Counts, beside the window, how many random pairs follow.
    void measure();
    bool measuring() const { return job_ != nullptr; }
    double share() const { return job_ ? job_->share() : 0; }
    bool poll();
    const std::string& measured() const { return measured_; }

    static constexpr std::size_t most_rounds = 8, pairs = 1 << 17;

  private:
    /// What was changed has as many rounds again, and is a classical one no more.
    void fill(std::size_t rounds);
    /// A measurement that runs was of another one, and ends.
    void compute();

    std::array<lab::Ddt, 8> tables_;
    lab::Characteristic characteristic_;
    std::optional<std::size_t> classical_;
    std::vector<DifferenceRound> rounds_;
    std::string words_, fault_, read_, measured_;
    std::unique_ptr<Job> job_;
};

} // namespace keyhole::viz
