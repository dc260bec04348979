// Circuits: their meaning, and their form as a C++ header that the engine includes and this program reads again.
#include "core/fast/bitslice/generate/circuit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <regex>
#include <sstream>

#include "core/des/des_tables.hpp"

namespace keyhole::bitslice::generate {
namespace {

std::string entry_name(int position) {
    return position < 6 ? fmt::format("x{}", position + 1) : fmt::format("g{}", position - 5);
}

std::string print_gate(const Gate& gate, bool two_input) {
    const std::string a = entry_name(gate.a), b = entry_name(gate.b), c = entry_name(gate.c);
    if (!two_input) return fmt::format("lut<0x{:02X}>({}, {}, {})", gate.function, a, b, c);
    switch (gate.function) {
        case and_gate: return fmt::format("{} & {}", a, b);
        case or_gate: return fmt::format("{} | {}", a, b);
        case xor_gate: return fmt::format("{} ^ {}", a, b);
        case and_not_gate: return fmt::format("and_not({}, {})", a, b);
        default: return fmt::format("~{}", a);
    }
}

Gate read_gate(const std::string& text) {
    Gate gate;
    const auto position = [](const std::smatch& match, std::size_t letter, std::size_t number) {
        return static_cast<std::uint8_t>(std::stoi(match[number]) + (match[letter] == "x" ? -1 : 5));
    };
    std::smatch match;
    if (std::regex_match(text, match, std::regex(R"(lut<0x(..)>\(([xg])(\d+), ([xg])(\d+), ([xg])(\d+)\))"))) {
        return {static_cast<std::uint8_t>(std::stoi(match[1], nullptr, 16)), position(match, 2, 3),
                position(match, 4, 5), position(match, 6, 7)};
    }
    if (std::regex_match(text, match, std::regex(R"(([xg])(\d+) ([&|^]) ([xg])(\d+))"))) {
        const char sign = match[3].str()[0];
        gate.function = sign == '&' ? and_gate : sign == '|' ? or_gate : xor_gate;
        gate.a = position(match, 1, 2);
        gate.b = position(match, 4, 5);
    } else if (std::regex_match(text, match, std::regex(R"(and_not\(([xg])(\d+), ([xg])(\d+)\))"))) {
        gate.function = and_not_gate;
        gate.a = position(match, 1, 2);
        gate.b = position(match, 3, 4);
    } else if (std::regex_match(text, match, std::regex(R"(~([xg])(\d+))"))) {
        gate.function = not_gate;
        gate.a = gate.b = position(match, 1, 2);
    }
    gate.c = gate.a;
    return gate;
}

} // namespace

Circuit empty_circuit() {
    Circuit circuit;
    for (int input = 0; input < 6; ++input) {
        for (unsigned i = 0; i < 64; ++i)
            circuit.table[static_cast<std::size_t>(input)] |= Table{i >> (5 - input) & 1} << i;
    }
    circuit.size = 6;
    return circuit;
}

Table wanted_table(int box, int output) {
    Table table = 0;
    for (unsigned i = 0; i < 64; ++i) {
        const unsigned value = des::output_of(des::s_boxes[static_cast<std::size_t>(box - 1)], i);
        table |= Table{value >> (3 - output) & 1} << i;
    }
    return table;
}

Table evaluate(std::uint8_t function, Table a, Table b, Table c) {
    const auto row = [&](unsigned i) { return Table{0} - (function >> i & 1U); };
    const auto choose = [](Table by, Table one, Table zero) { return (by & one) | (~by & zero); };
    return choose(a, choose(b, choose(c, row(7), row(6)), choose(c, row(5), row(4))),
                  choose(b, choose(c, row(3), row(2)), choose(c, row(1), row(0))));
}

int add(Circuit& circuit, std::uint8_t function, int a, int b, int c) {
    const auto at = [&](int i) { return circuit.table[static_cast<std::size_t>(i)]; };
    const Table table = evaluate(function, at(a), at(b), at(c));
    for (int i = 0; i < circuit.size; ++i) {
        if (at(i) == table) return i;
    }
    const auto end = static_cast<std::size_t>(circuit.size);
    circuit.table[end] = table;
    circuit.gate[end] = {function, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                         static_cast<std::uint8_t>(c)};
    return circuit.size++;
}

std::optional<int> existing(const Circuit& circuit, Table target, Table care, bool or_complement) {
    for (int i = 0; i < circuit.size; ++i) {
        const Table difference = (table_of(circuit, i) ^ target) & care;
        if (difference == 0 || (or_complement && difference == care)) return i;
    }
    return std::nullopt;
}

std::vector<int> shuffled_entries(const Circuit& circuit, Rng& random) {
    std::vector<int> entries(static_cast<std::size_t>(circuit.size));
    std::iota(entries.begin(), entries.end(), 0);
    std::shuffle(entries.begin(), entries.end(), random);
    return entries;
}

void Best::offer(const Circuit& candidate, int start, int found) {
    if (candidate.size - start > budget) return;
    circuit = candidate;
    entry = found;
    budget = candidate.size - start - 1;
}

Circuit pruned(const Circuit& circuit) {
    Circuit result = empty_circuit();
    std::array<int, Circuit::capacity> moved;
    moved.fill(-1);
    std::iota(moved.begin(), moved.begin() + 6, 0);
    const std::function<int(int)> move = [&](int entry) {
        int& to = moved[static_cast<std::size_t>(entry)];
        if (to >= 0) return to;
        const Gate& gate = circuit.gate[static_cast<std::size_t>(entry)];
        const int a = move(gate.a), b = move(gate.b), c = move(gate.c);
        return to = add(result, gate.function, a, b, c);
    };
    for (std::size_t k = 0; k < 4; ++k) {
        if (circuit.output[k] >= 0) result.output[k] = move(circuit.output[k]);
    }
    return result;
}

bool proven(const Circuit& circuit, int box) {
    for (int k = 0; k < 4; ++k) {
        const int output = circuit.output[static_cast<std::size_t>(k)];
        if (output < 0 || circuit.table[static_cast<std::size_t>(output)] != wanted_table(box, k)) return false;
    }
    return true;
}

std::string print_header(const std::array<Circuit, 8>& boxes, Family family) {
    const bool two_input = family == Family::two_input;
    std::string counts;
    int total = 0;
    for (const Circuit& box : boxes) {
        counts += fmt::format("{}{}", counts.empty() ? "" : " ", box.gates());
        total += box.gates();
    }
    std::string text = fmt::format(
        "// Generated by keyhole_sbox_circuits (core/fast/bitslice/generate); do not edit. The selection functions S1 "
        ".. S8 "
        "as\n"
        "// circuits of {}. x1 is the leftmost input bit, y1 the leftmost output bit.\n"
        "// Gates: {}, together {}.\n"
        "#pragma once\n\nnamespace keyhole::bitslice::{} {{\n\n// clang-format off\n",
        two_input ? "two-input gates (and, or, xor, and-not, not)" : "three-input gates, as vpternlog computes them",
        counts, total, two_input ? "two_input" : "three_input");
    for (std::size_t k = 0; k < 8; ++k) {
        const Circuit box = two_input ? boxes[k] : arranged(boxes[k]);
        text += fmt::format(
            "\n/// S{}: {} gates.\ntemplate <class W>\n"
            "inline void s{}(W x1, W x2, W x3, W x4, W x5, W x6, W& y1, W& y2, W& y3, W& y4) {{\n",
            k + 1, box.gates(), k + 1);
        for (int i = 6; i < box.size; ++i) {
            text += fmt::format("    const W {} = {};\n", entry_name(i),
                                print_gate(box.gate[static_cast<std::size_t>(i)], two_input));
        }
        for (std::size_t y = 0; y < 4; ++y) text += fmt::format("    y{} = {};\n", y + 1, entry_name(box.output[y]));
        text += "}\n";
    }
    text +=
        "\n/// Box `Box`, 0 for S1 to 7 for S8.\ntemplate <unsigned Box, class W>\n"
        "inline void select(W x1, W x2, W x3, W x4, W x5, W x6, W& y1, W& y2, W& y3, W& y4) {\n"
        "    static_assert(Box < 8);\n";
    for (int k = 0; k < 8; ++k) {
        text += fmt::format("    if constexpr (Box == {}) s{}(x1, x2, x3, x4, x5, x6, y1, y2, y3, y4);\n", k, k + 1);
    }
    text += "}\n";
    return text + fmt::format("\n// clang-format on\n\n}} // namespace keyhole::bitslice::{}\n",
                              two_input ? "two_input" : "three_input");
}

std::array<Circuit, 8> read_header(const std::string& text) {
    std::array<Circuit, 8> boxes;
    Circuit* box = nullptr;
    std::istringstream lines(text);
    const std::regex head(R"(inline void s(\d)\(.*)"), gate_line(R"(    const W g\d+ = (.*);)"),
        output_line(R"(    y(\d) = ([xg])(\d+);)");
    std::smatch match;
    for (std::string line; std::getline(lines, line);) {
        if (std::regex_match(line, match, head)) {
            box = &boxes[static_cast<std::size_t>(std::stoi(match[1]) - 1)];
            *box = empty_circuit();
        } else if (box != nullptr && std::regex_match(line, match, gate_line)) {
            const Gate gate = read_gate(match[1]);
            const auto end = static_cast<std::size_t>(box->size++);
            box->gate[end] = gate;
            box->table[end] = evaluate(gate.function, box->table[gate.a], box->table[gate.b], box->table[gate.c]);
        } else if (box != nullptr && std::regex_match(line, match, output_line)) {
            box->output[static_cast<std::size_t>(std::stoi(match[1]) - 1)] =
                std::stoi(match[3]) + (match[2] == "x" ? -1 : 5);
        }
    }
    return boxes;
}

} // namespace keyhole::bitslice::generate
