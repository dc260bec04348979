// The circuits of the S-boxes as lists of gates, noted while the CPU's own circuits (core/fast/bitslice/sboxes_*.hpp)
// run on symbols: what a card computes is made of the very same gates, and a better circuit there is one here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace keyhole::cards {

/// Which circuits: of gates with three inputs, or with two.
enum class GateFamily { three_input, two_input };

/// A gate of entries before it. `function` bit (4a + 2b + c) is its output; one of two inputs has c = a.
struct CardGate {
    std::uint8_t function = 0;
    std::uint8_t a = 0, b = 0, c = 0;
};

/// Entries 0 to 5 are the box's six inputs, x1 first; gate g is entry 6 + g.
struct CardCircuit {
    std::vector<CardGate> gates;
    std::array<std::uint8_t, 4> outputs{};

    /// For each gate whether one of these outputs (bit 3 - i of `outputs_wanted`: output i) needs it.
    std::vector<bool> needed(unsigned outputs_wanted) const;
};

using CardCircuits = std::array<CardCircuit, 8>;

CardCircuits circuits_of(GateFamily family);

/// The function of a, b and c as an expression of OpenCL C, of as few operations as it takes with `bitselect`.
std::string expression(std::uint8_t function, const std::string& a, const std::string& b, const std::string& c);

} // namespace keyhole::cards
