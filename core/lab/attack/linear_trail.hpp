// Linear approximations of several rounds: in each round one box, or none, whose chosen input bits and output bits
// agree more or less often than not (Matsui, EUROCRYPT '93 and CRYPTO '94). Their biases multiply by his piling-up
// lemma.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/des/des_tables.hpp"

namespace keyhole::lab {

struct TrailRound {
    unsigned box = 0;         // 1 to 8; 0: nothing of this round's f is in the sum
    unsigned input_mask = 0;  // six bits, as in the linear approximation table
    unsigned output_mask = 0; // four bits
};

/// The rounds 2 to n-1 of n rounds: what lies before and behind them is counted over the subkeys of the ends.
using Trail = std::vector<TrailRound>;

/// A trail as a sum over what is known at both ends. The sum of the bits of L0, R0, L_n and R_n in the four masks, of
/// what f of round 1 gives in `left_in` and f of round n in `right_out`, and of the key bits is 0 with a chance of
/// 1/2 + bias.
struct LinearEquation {
    std::uint32_t left_in = 0, right_in = 0, left_out = 0, right_out = 0;
    unsigned first_box = 0, last_box = 0;   // that give left_in in round 1 and right_out in round n
    unsigned first_mask = 0, last_mask = 0; // of these boxes' outputs
    std::uint64_t key_bits = 0;             // of C0 D0: what rounds 2 to n-1 add
    double bias = 0;
};

/// Throws nothing: asserts that the rounds fit one another and that either end lies in one box.
LinearEquation equation_of(const Trail& trail, const std::array<des::SBox, 8>& boxes);

/// The trails of the attack on 4, 6 or 8 rounds, the strongest first, each followed by itself backwards. For 8 rounds
/// these are the last six rounds, -DCA-A, of Matsui's 14; the others were found by trying all with one box a round.
std::vector<Trail> trails_of_attack(unsigned rounds);

} // namespace keyhole::lab
