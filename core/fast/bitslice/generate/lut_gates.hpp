// What one or two new three-input gates can do: a target that is one gate over three entries, or a gate over two
// entries and one new gate.
#pragma once

#include "core/fast/bitslice/generate/circuit.hpp"

namespace keyhole::bitslice::generate {

/// What a new entry g must be so that a gate over d, e and g is the target: only where d and e leave it open, and there
/// the target, or its complement in some of the cells that d and e make.
struct Residue {
    Table care = 0;
    std::array<Table, 4> open{};
    unsigned cells = 0;

    Residue(Table target, Table all_care, Table d, Table e) {
        for (unsigned cell = 0; cell < 4; ++cell) {
            const Table here = all_care & (cell & 2 ? d : ~d) & (cell & 1 ? e : ~e);
            if ((here & target) == 0 || (here & ~target) == 0) continue;
            open[cells++] = here;
            care |= here;
        }
    }
    unsigned choices() const { return cells == 0 ? 1 : 1U << (cells - 1); }
    Table target(Table all, unsigned choice) const {
        for (unsigned cell = 1; cell < cells; ++cell) {
            if (choice >> (cell - 1) & 1) all ^= open[cell];
        }
        return all;
    }
};

/// Adds the gate over a, b and c that is the target, when there is one.
std::optional<int> add_fitting(Circuit& circuit, Table target, Table care, int a, int b, int c);

/// The same over any three entries, tried in that order.
std::optional<int> add_one_gate(Circuit& circuit, Table target, Table care, const std::vector<int>& order);

/// Adds a gate over three entries and a last one over it and two more.
std::optional<int> add_two_gates(Circuit& circuit, Table target, Table care, const std::vector<int>& order);

} // namespace keyhole::bitslice::generate
