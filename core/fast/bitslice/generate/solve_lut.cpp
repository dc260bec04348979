// The search with three-input gates: Kwan's method ("Reducing the gate count of bitslice DES", 2000) widened. A
// function is an entry, or what one or two new gates can do (lut_gates.hpp); failing that, it is split: by a selector
// into two functions with fewer cares, or by two entries into one function with fewer cares.
#include <algorithm>
#include <bit>
#include <tuple>

#include "core/fast/bitslice/generate/lut_gates.hpp"

namespace keyhole::bitslice::generate {
namespace {

class Search {
  public:
    Search(Rng& random, bool first_only) : random_(random), first_only_(first_only) {}

    std::optional<int> solve(Circuit& circuit, Table target, Table care, int budget, int depth) {
        if (const auto entry = existing(circuit, target, care, depth > 0)) return entry;
        if (budget < 1 || circuit.size + budget > Circuit::capacity) return std::nullopt;
        const std::vector<int> order = shuffled_entries(circuit, random_);
        if (const auto entry = add_one_gate(circuit, target, care, order)) return entry;
        if (budget < 2) return std::nullopt;
        --effort_;
        if (const auto entry = add_two_gates(circuit, target, care, order)) return entry;
        if (budget < 3) return std::nullopt;
        return divide(circuit, target, care, budget, depth);
    }

  private:
    static constexpr int effort_limit = 150;

    std::optional<int> divide(Circuit& circuit, Table target, Table care, int budget, int depth) {
        Best best{circuit, std::nullopt, budget};
        const int moves = depth == 0 ? 16 : depth == 1 ? 8 : 4;
        for (int move = 0; move < moves && best.budget >= 3; ++move) {
            if ((first_only_ || effort_ < 0) && best.entry) break;
            if (effort_ < -effort_limit) break;
            if (random_() % 2 != 0) {
                by_selector(circuit, target, care, best, depth);
            } else {
                by_pair(circuit, target, care, best, depth);
            }
        }
        circuit = best.circuit;
        return best.entry;
    }

    // One side of a selector first, then what is still open on the other side, one gate over both.
    void by_selector(const Circuit& start, Table target, Table care, Best& best, int depth) {
        const bool an_input = random_() % 4 != 0;
        const int selector = static_cast<int>(random_() % static_cast<unsigned>(an_input ? 6 : start.size));
        const Table side = random_() % 2 != 0 ? table_of(start, selector) : ~table_of(start, selector);
        if ((care & side) == 0 || (care & ~side) == 0) return;
        Circuit half = start;
        const auto first = solve(half, target, care & side, best.budget - 1, depth + 1);
        if (!first) return;
        finish(half, target, care, selector, *first, start.size, best, depth);
    }

    // Two entries that leave little open, and one new entry for the rest.
    void by_pair(const Circuit& start, Table target, Table care, Best& best, int depth) {
        std::vector<std::tuple<int, int, int>> pairs;
        for (int i = 0; i < start.size; ++i) {
            for (int j = i + 1; j < start.size; ++j) {
                const Residue residue(target, care, table_of(start, i), table_of(start, j));
                const int noise = static_cast<int>(random_() % 6);
                pairs.emplace_back(std::popcount(residue.care) + noise, i, j);
            }
        }
        const auto [open, d, e] = *std::min_element(pairs.begin(), pairs.end());
        finish(start, target, care, d, e, start.size, best, depth);
    }

    void finish(const Circuit& half, Table target, Table care, int d, int e, int start, Best& best, int depth) {
        const Residue residue(target, care, table_of(half, d), table_of(half, e));
        const unsigned offset = static_cast<unsigned>(random_());
        for (unsigned k = 0; k < std::min(residue.choices(), 2U); ++k) {
            const unsigned choice = (k + offset) % residue.choices();
            Circuit whole = half;
            const int left = best.budget - (whole.size - start) - 1;
            const auto g = solve(whole, residue.target(target, choice), residue.care, left, depth + 1);
            if (!g) continue;
            if (const auto entry = add_fitting(whole, target, care, d, e, *g)) best.offer(whole, start, *entry);
        }
    }

    Rng& random_;
    const bool first_only_;     // take what is found first: quick, for walking among equals
    int effort_ = effort_limit; // how many more searches for two gates
};

} // namespace

std::optional<int> solve_lut(Circuit& circuit, Table target, Table care, int budget, Rng& random) {
    return Search(random, budget < 20 && random() % 4 != 0).solve(circuit, target, care, budget, 0);
}

} // namespace keyhole::bitslice::generate
