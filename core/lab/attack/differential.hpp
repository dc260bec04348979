// Differential cryptanalysis of 4, 6 and 8 rounds with chosen pairs (Biham and Shamir, Journal of Cryptology 4, 1991,
// sections 4 and 5). The characteristic covers all rounds but the last three; the boxes that it leaves without a
// difference in the round after it tell what the same boxes of the last round gave. Each pair suggests subkeys for
// them, and the right ones are suggested most often. What is left is searched.
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
#include "core/lab/characteristic.hpp"

namespace keyhole::lab {

/// Subkey bits of several boxes of the last round that pairs suggest together.
struct JointCount {
    std::uint32_t subkey = 0; // six bits a box, in the order of `joint_boxes`
    unsigned count = 0;
};

struct DifferentialState {
    std::size_t pairs = 0, kept = 0; // looked at; and of them those that may have followed a characteristic
    double expected = 0;             // of those looked at, how many follow one, by its chance
    std::array<bool, 8> counted{};   // the boxes (S1 is 0) that are counted
    std::array<std::array<unsigned, 64>, 8> counts{}; // by box and six subkey bits: 4 and 6 rounds
    std::vector<unsigned> joint_boxes;                // 8 rounds: boxes counted together, the last one afterwards
    std::vector<JointCount> joint;                    // of all of them, the most frequent first
    std::uint64_t tried = 0;                          // keys searched
};

struct DifferentialOptions {
    bitslice::Level level = bitslice::Level::portable;
    /// Called now and then; false stops the attack. May be empty.
    std::function<bool(const DifferentialState&)> progress = {};
    std::uint64_t most_keys = std::uint64_t{1} << 31; // tried in all, then the attack gives up
};

struct DifferentialResult {
    std::optional<des::Block> key; // with odd parity, proven on texts by the classroom's DES
    DifferentialState state;
    bool stopped = false;
    std::string why_not; // where there is no key: what the counting showed
};

/// Differences of plaintexts that the attack wants, in 16 hex digits before IP.
std::vector<des::Block> wanted_differences(unsigned rounds);

/// Chosen plaintexts: two a pair, the differences by turns.
std::vector<des::Block> choose_texts(unsigned rounds, std::size_t pairs, Random random);

/// `texts`: two a pair, enciphered with `rounds` (4, 6 or 8) rounds; at least one pair. Throws Error (bad_input) that
/// names the first pair without a wanted difference.
DifferentialResult differential_attack(std::span<const KnownPair> texts, unsigned rounds,
                                       const DifferentialOptions& options);

/// How many pairs are enough as a rule.
std::size_t usual_pairs(unsigned rounds);

} // namespace keyhole::lab
