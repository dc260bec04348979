// The search with gates of two inputs (and, or, xor, and-not, not), Kwan's method: an entry, one gate over two entries,
// a gate over an entry and one or two new ones, and failing that a split by a selector s: f = f0 ^ (f1 & s), where
// f0 need be right only where s is 0.
#include <algorithm>

#include "core/fast/bitslice/generate/circuit.hpp"

namespace keyhole::bitslice::generate {
namespace {

int add_two(Circuit& circuit, std::uint8_t function, int a, int b) { return add(circuit, function, a, b, a); }

std::optional<int> one_gate(Circuit& circuit, Table target, Table care, const std::vector<int>& order) {
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Table a = table_of(circuit, order[i]);
        if (((~a ^ target) & care) == 0) return add_two(circuit, not_gate, order[i], order[i]);
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            const Table b = table_of(circuit, order[j]);
            const Table conjunction = ((a & b) ^ target) & care, disjunction = ((a | b) ^ target) & care;
            const Table sum = (a ^ b ^ target) & care, a_only = ((a & ~b) ^ target) & care,
                        b_only = ((b & ~a) ^ target) & care;
            if (conjunction == 0) return add_two(circuit, and_gate, order[i], order[j]);
            if (disjunction == 0) return add_two(circuit, or_gate, order[i], order[j]);
            if (sum == 0) return add_two(circuit, xor_gate, order[i], order[j]);
            if (a_only == 0) return add_two(circuit, and_not_gate, order[i], order[j]);
            if (b_only == 0) return add_two(circuit, and_not_gate, order[j], order[i]);
        }
    }
    return std::nullopt;
}

// A last gate over the entry d and a new one, g: what g must be, and where.
struct Ending {
    std::uint8_t function = 0;
    bool entry_first = true; // only and-not cares
    Table target = 0, care = 0;
};

// All last gates that are possible with the entry's table d; how many.
std::size_t endings(Table target, Table care, Table d, std::array<Ending, 5>& out) {
    std::size_t count = 0;
    out[count++] = {xor_gate, true, target ^ d, care};
    if ((target & ~d & care) == 0) {
        out[count++] = {and_gate, true, target, care & d};
        out[count++] = {and_not_gate, true, ~target, care & d};
    }
    if ((~target & d & care) == 0) out[count++] = {or_gate, true, target, care & ~d};
    if ((target & d & care) == 0) out[count++] = {and_not_gate, false, target, care & ~d};
    return count;
}

int add_ending(Circuit& circuit, const Ending& ending, int d, int g) {
    return ending.entry_first ? add_two(circuit, ending.function, d, g) : add_two(circuit, ending.function, g, d);
}

class Search {
  public:
    Search(Rng& random, int effort) : random_(random), effort_(effort) {}

    std::optional<int> solve(Circuit& circuit, Table target, Table care, int budget, int depth) {
        if (const auto entry = existing(circuit, target, care)) return entry;
        if (budget < 1 || circuit.size + budget > Circuit::capacity) return std::nullopt;
        const std::vector<int> order = shuffled_entries(circuit, random_);
        for (int more = 1; more <= std::min(budget, 3); ++more) {
            if (more == 3) --effort_;
            if (const auto entry = chain(circuit, target, care, order, more)) return entry;
        }
        if (budget < 4) return std::nullopt;
        return divide(circuit, target, care, budget, depth);
    }

  private:
    // `more` new gates, each after the first over one entry and the gate before it.
    static std::optional<int> chain(Circuit& circuit, Table target, Table care, const std::vector<int>& order,
                                    int more) {
        if (more == 1) return one_gate(circuit, target, care, order);
        std::array<Ending, 5> possible;
        for (const int d : order) {
            const std::size_t count = endings(target, care, table_of(circuit, d), possible);
            for (std::size_t k = 0; k < count; ++k) {
                const auto g = chain(circuit, possible[k].target, possible[k].care, order, more - 1);
                if (g) return add_ending(circuit, possible[k], d, *g);
            }
        }
        return std::nullopt;
    }

    std::optional<int> divide(Circuit& circuit, Table target, Table care, int budget, int depth) {
        Best best{circuit, std::nullopt, budget};
        const int moves = depth == 0 ? 12 : depth == 1 ? 6 : 3;
        for (int move = 0; move < moves && best.budget >= 4; ++move) {
            if (effort_ < 0 && best.entry) break;
            if (random_() % 3 == 0) {
                by_ending(circuit, target, care, best, depth);
            } else {
                by_selector(circuit, target, care, best, depth);
            }
        }
        circuit = best.circuit;
        return best.entry;
    }

    void by_ending(const Circuit& start, Table target, Table care, Best& best, int depth) {
        if (depth > 2) return;
        const int d = static_cast<int>(random_() % static_cast<unsigned>(start.size));
        std::array<Ending, 5> possible;
        const std::size_t count = endings(target, care, table_of(start, d), possible);
        const Ending& ending = possible[count - 1]; // the later, the fewer cares
        if (count == 1 && depth > 0) return;
        Circuit whole = start;
        const auto g = solve(whole, ending.target, ending.care, best.budget - 1, depth + 1);
        if (!g) return;
        best.offer(whole, start.size, add_ending(whole, ending, d, *g));
    }

    void by_selector(const Circuit& start, Table target, Table care, Best& best, int depth) {
        const int s = static_cast<int>(random_() % 6);
        const bool direct = random_() % 2 != 0;
        const Table side = direct ? table_of(start, s) : ~table_of(start, s); // where f1 matters
        if ((care & side) == 0 || (care & ~side) == 0) return;
        Circuit whole = start;
        const auto f0 = solve(whole, target, care & ~side, best.budget - 2, depth + 1);
        if (!f0) return;
        const int left = best.budget - 2 - (whole.size - start.size);
        const auto f1 = solve(whole, target ^ table_of(whole, *f0), care & side, left, depth + 1);
        if (!f1) return;
        const int chosen = add_two(whole, direct ? and_gate : and_not_gate, *f1, s);
        best.offer(whole, start.size, add_two(whole, xor_gate, *f0, chosen));
    }

    Rng& random_;
    int effort_; // how many more searches for three gates
};

} // namespace

std::optional<int> solve_two_input(Circuit& circuit, Table target, Table care, int budget, Rng& random) {
    // All zeros give zero in every gate but not: a circuit that has none cannot say one there.
    bool has_not = false;
    for (int i = 0; i < circuit.size; ++i) has_not = has_not || (table_of(circuit, i) & 1) != 0;
    if (!has_not && (target & 1) != 0) {
        const int input = static_cast<int>(random() % 6);
        add_two(circuit, not_gate, input, input);
        --budget;
    }
    return Search(random, 120).solve(circuit, target, care, budget, 0);
}

} // namespace keyhole::bitslice::generate
