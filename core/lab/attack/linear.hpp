// Linear cryptanalysis of 4, 6 and 8 rounds with known texts: Matsui's algorithm 2 (EUROCRYPT '93, section 5; CRYPTO
// '94), with the subkeys of both ends counted over, and the rest by search in the order of the counters.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/attack/key_search.hpp"
#include "core/fast/bitslice/bitslice.hpp"
#include "core/lab/attack/linear_trail.hpp"

namespace keyhole::lab {

/// How far the sum of an equation leans for one choice of the two ends' subkey bits.
struct EndsCount {
    unsigned first_six = 0, last_six = 0; // subkey bits of the first box in round 1 and of the last box in round n
    int lean = 0;                         // texts in which the sum without the key is 0, less those in which it is 1
};

/// One equation while texts are counted.
class EquationCounter {
  public:
    explicit EquationCounter(const LinearEquation& equation) : equation_(equation) {}

    const LinearEquation& equation() const { return equation_; }

    /// Texts after IP: L0 R0, and R_n L_n.
    void count(std::span<const KnownPair> permuted);

    /// All 2^12 choices, the one that leans most first.
    std::vector<EndsCount> ranking() const;

  private:
    LinearEquation equation_;
    std::array<std::array<int, 64>, 64> texts_{}; // by what enters the first and the last box, signed by the known sum
};

struct LinearState {
    std::size_t texts = 0;                       // counted so far
    std::vector<EquationCounter> equations;      // those that this many texts can decide
    std::vector<std::vector<EndsCount>> ranking; // of each, the best few of the texts counted so far
    std::uint64_t tried = 0;                     // keys searched
    double seconds_counting = 0;                 // how long the counting took
};

struct LinearOptions {
    bitslice::Level level = bitslice::Level::portable;
    /// Called now and then; false stops the attack. May be empty.
    std::function<bool(const LinearState&)> progress = {};
    std::uint64_t most_keys = std::uint64_t{1} << 34; // tried in all, then the attack gives up
};

struct LinearResult {
    std::optional<des::Block> key; // with odd parity, proven on texts by the classroom's DES
    LinearState state;
    bool stopped = false;
    std::string why_not; // where there is no key: what the counting showed
};

/// `texts`: enciphered with `rounds` (4, 6 or 8) rounds, at least texts_of_proof of them.
LinearResult linear_attack(std::span<const KnownPair> texts, unsigned rounds, const LinearOptions& options);

/// How many texts are enough as a rule.
std::size_t usual_texts(unsigned rounds);

/// Of how many texts Matsui's rule of thumb, 8 / bias^2, says that they decide an equation.
double texts_needed(const LinearEquation& equation);

} // namespace keyhole::lab
