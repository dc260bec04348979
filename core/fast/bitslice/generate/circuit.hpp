// A Boolean circuit under construction: inputs x1..x6 (the box's six bits, x1 the leftmost), then gates, each with its
// truth table over all 64 inputs in one word. The truth table is the meaning; printing and reading are in circuit.cpp.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace keyhole::bitslice::generate {

using Table = std::uint64_t; // bit i: the value when the six inputs read i, x1 being the most significant bit of i
using Rng = std::mt19937_64;

/// A gate of up to three inputs: `function` bit (4a + 2b + c) is its output, as vpternlog has it. Gates of two inputs
/// ignore c.
struct Gate {
    std::uint8_t function = 0;
    std::uint8_t a = 0, b = 0, c = 0; // positions of earlier entries

    std::array<std::uint8_t, 3> inputs() const { return {a, b, c}; }
    bool operator==(const Gate&) const = default;
};

/// What gates there are: any function of three inputs, or these of two (c is a again).
enum class Family { lut, two_input };
inline constexpr std::uint8_t and_gate = 0xC0, or_gate = 0xFC, xor_gate = 0x3C, and_not_gate = 0x30, not_gate = 0x0F;
/// Those with two different inputs.
inline constexpr std::array<std::uint8_t, 4> two_input_gates = {and_gate, or_gate, xor_gate, and_not_gate};

struct Circuit {
    static constexpr int capacity = 128;
    int size = 0; // inputs and gates
    std::array<Table, capacity> table{};
    std::array<Gate, capacity> gate{};
    std::array<int, 4> output{-1, -1, -1, -1};

    int gates() const { return size - 6; }
};

inline Table table_of(const Circuit& circuit, int entry) { return circuit.table[static_cast<std::size_t>(entry)]; }

/// Only the six inputs.
Circuit empty_circuit();

/// What bit `output` (0 to 3, 0 the leftmost) of S-box `box` (1 to 8) is for each input.
Table wanted_table(int box, int output);

/// The gate's truth table from its inputs' tables.
Table evaluate(std::uint8_t function, Table a, Table b, Table c);

/// Adds the gate, or finds the entry that is equal to it already.
int add(Circuit& circuit, std::uint8_t function, int a, int b, int c);

/// The gates that the set outputs need, each after its inputs, with their tables: whatever the order was before.
Circuit pruned(const Circuit& circuit);

/// True when all outputs are there and right.
bool proven(const Circuit& circuit, int box);

/// The same gates (of three inputs) in an order, and with the operands in an order, that needs few copies where a gate
/// overwrites its first operand.
Circuit arranged(const Circuit& circuit);

/// The best circuit found for the box by replacing gates one by one, until none better is found for that long.
Circuit walk(const Circuit& start, Family family, int box, std::chrono::seconds patience, Rng& random);

/// A search with one family of gates: adds gates to `circuit` until one entry equals `target` wherever `care` has a
/// one, at most `budget` of them. The entry's position, or empty when none was found.
using Solver = std::optional<int> (*)(Circuit& circuit, Table target, Table care, int budget, Rng& random);

std::optional<int> solve_lut(Circuit& circuit, Table target, Table care, int budget, Rng& random);
std::optional<int> solve_two_input(Circuit& circuit, Table target, Table care, int budget, Rng& random);

/// What a search has found so far. Its budget, the gates that may be added, falls below what the best one took.
struct Best {
    Circuit circuit;
    std::optional<int> entry;
    int budget;

    /// `candidate` was made of a circuit of size `start` and has the target at `found`.
    void offer(const Circuit& candidate, int start, int found);
};

/// The first entry that is the target (or perhaps its complement) wherever `care` has a one.
std::optional<int> existing(const Circuit& circuit, Table target, Table care, bool or_complement = false);

/// The circuit's entries in random order.
std::vector<int> shuffled_entries(const Circuit& circuit, Rng& random);

/// The generated header: a function template a box.
std::string print_header(const std::array<Circuit, 8>& boxes, Family family);

/// Reads what print_header wrote; boxes that are missing stay without outputs.
std::array<Circuit, 8> read_header(const std::string& text);

} // namespace keyhole::bitslice::generate
