// A walk among circuits that compute the same. One gate is taken at a time: wherever an output sees it, another gate
// over other entries must say what it said, and anywhere else it is free. New gates are let in while there is room for
// them; what nobody needs any more falls away.
#include <algorithm>

#include "core/fast/bitslice/generate/circuit.hpp"

namespace keyhole::bitslice::generate {
namespace {

constexpr int steps_a_look = 500;

class Walk {
  public:
    Walk(const Circuit& circuit, Family family, Rng& random) : circuit_(circuit), family_(family), random_(random) {}

    const Circuit& circuit() const { return circuit_; }

    /// One attempt; the circuit has at most `most` gates afterwards, or as many as before.
    void step(int most) {
        if (circuit_.gates() == 0) return;
        const int gate = 6 + pick(circuit_.gates());
        const Seen seen = look_at(gate);
        std::vector<int> others;
        for (int i = 0; i < circuit_.size; ++i) {
            if (!seen.above[static_cast<std::size_t>(i)]) others.push_back(i);
        }
        std::shuffle(others.begin(), others.end(), random_);
        Circuit next = circuit_;
        const bool room = circuit_.gates() < most && circuit_.size < Circuit::capacity && pick(8) == 0;
        if (room) insert_at_random(next, others);
        if (!put_entry(next, gate, seen.care, others) && !put_gate(next, gate, seen.care, others, room)) return;
        next = pruned(next);
        if (next.gates() <= std::max(most, circuit_.gates())) circuit_ = next;
    }

  private:
    struct Seen {
        Table care = 0;                              // where an output would change with the gate
        std::array<bool, Circuit::capacity> above{}; // the gate, and the entries that depend on it
    };

    int pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

    Seen look_at(int gate) const {
        Seen seen;
        std::array<Table, Circuit::capacity> flipped = circuit_.table;
        const auto at = static_cast<std::size_t>(gate);
        seen.above[at] = true;
        flipped[at] = ~flipped[at];
        for (auto i = at + 1; i < static_cast<std::size_t>(circuit_.size); ++i) {
            const Gate& g = circuit_.gate[i];
            seen.above[i] = seen.above[g.a] || seen.above[g.b] || seen.above[g.c];
            if (seen.above[i]) flipped[i] = evaluate(g.function, flipped[g.a], flipped[g.b], flipped[g.c]);
        }
        for (const int output : circuit_.output) {
            const auto o = static_cast<std::size_t>(output);
            seen.care |= flipped[o] ^ circuit_.table[o];
        }
        return seen;
    }

    void insert_at_random(Circuit& circuit, std::vector<int>& others) {
        const bool lut = family_ == Family::lut;
        const std::uint8_t function =
            lut ? static_cast<std::uint8_t>(random_()) : two_input_gates[random_() % two_input_gates.size()];
        const int before = circuit.size, entry = add(circuit, function, others[0], others[1], others[lut ? 2 : 0]);
        if (entry != before) return;
        others.push_back(entry);
        std::swap(others.front(), others.back());
    }

    // An entry that is the gate, or (where gates can make up for it) its complement, wherever it is seen.
    bool put_entry(Circuit& circuit, int gate, Table care, const std::vector<int>& others) const {
        const Table wanted = table_of(circuit, gate);
        const bool is_output = std::find(circuit.output.begin(), circuit.output.end(), gate) != circuit.output.end();
        for (const int entry : others) {
            const Table differs = (table_of(circuit, entry) ^ wanted) & care;
            if (differs != 0 && (differs != care || is_output || family_ == Family::two_input)) continue;
            for (int i = 6; i < circuit.size; ++i)
                redirect(circuit.gate[static_cast<std::size_t>(i)], gate, entry, differs != 0);
            std::replace(circuit.output.begin(), circuit.output.end(), gate, entry);
            return true;
        }
        return false;
    }

    static void redirect(Gate& g, int from, int to, bool complement) {
        const auto swapped = [&](unsigned high, unsigned by) {
            return static_cast<std::uint8_t>((g.function & high) >> by | (unsigned{g.function} << by & high));
        };
        if (g.a == from) g.function = complement ? swapped(0xF0, 4) : g.function;
        if (g.b == from) g.function = complement ? swapped(0xCC, 2) : g.function;
        if (g.c == from) g.function = complement ? swapped(0xAA, 1) : g.function;
        for (std::uint8_t* input : {&g.a, &g.b, &g.c}) {
            if (*input == from) *input = static_cast<std::uint8_t>(to);
        }
    }

    // Another gate over the others; over the first of them, when that is new.
    bool put_gate(Circuit& circuit, int gate, Table care, const std::vector<int>& others, bool with_first) {
        return family_ == Family::lut ? put_lut(circuit, gate, care, others, with_first)
                                      : put_two_input(circuit, gate, care, others, with_first);
    }

    bool put_two_input(Circuit& circuit, int gate, Table care, const std::vector<int>& others, bool with_first) {
        const auto at = static_cast<std::size_t>(gate);
        const Table wanted = circuit.table[at];
        const auto put = [&](std::uint8_t function, int a, int b) {
            const Gate found{function, static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b),
                             static_cast<std::uint8_t>(a)};
            if (found == circuit.gate[at] && pick(4) != 0) return false;
            circuit.gate[at] = found;
            return true;
        };
        const std::size_t count = others.size();
        for (std::size_t i = 0; i < (with_first ? 1 : count); ++i) {
            const Table a = table_of(circuit, others[i]);
            if (((~a ^ wanted) & care) == 0 && put(not_gate, others[i], others[i])) return true;
            for (std::size_t j = i + 1; j < count; ++j) {
                const Table b = table_of(circuit, others[j]);
                const auto is = [&](Table table) { return ((table ^ wanted) & care) == 0; };
                if (is(a & b) && put(and_gate, others[i], others[j])) return true;
                if (is(a | b) && put(or_gate, others[i], others[j])) return true;
                if (is(a ^ b) && put(xor_gate, others[i], others[j])) return true;
                if (is(a & ~b) && put(and_not_gate, others[i], others[j])) return true;
                if (is(b & ~a) && put(and_not_gate, others[j], others[i])) return true;
            }
        }
        return false;
    }

    // Over three of the others.
    bool put_lut(Circuit& circuit, int gate, Table care, const std::vector<int>& others, bool with_first) {
        const auto at = static_cast<std::size_t>(gate);
        const Table wanted = circuit.table[at];
        const std::size_t count = others.size();
        for (std::size_t i = 0; i < (with_first ? 1 : count); ++i) {
            for (std::size_t j = i + 1; j < count; ++j) {
                const Quarters quarters(wanted, care, table_of(circuit, others[i]), table_of(circuit, others[j]));
                for (std::size_t k = j + 1; k < count; ++k) {
                    const auto fit = quarters.fit(table_of(circuit, others[k]));
                    if (!fit) continue;
                    const Gate found{static_cast<std::uint8_t>(fit->function | (random_() & fit->free)),
                                     static_cast<std::uint8_t>(others[i]), static_cast<std::uint8_t>(others[j]),
                                     static_cast<std::uint8_t>(others[k])};
                    if (sorted_inputs(found) == sorted_inputs(circuit.gate[at]) && pick(4) != 0) continue;
                    circuit.gate[at] = found;
                    return true;
                }
            }
        }
        return false;
    }

    static std::array<std::uint8_t, 3> sorted_inputs(const Gate& g) {
        auto sorted = g.inputs();
        std::sort(sorted.begin(), sorted.end());
        return sorted;
    }

    struct Fit {
        unsigned function = 0, free = 0; // bits that must be set, bits that do not matter
    };

    // Where the target must be one and where zero, in the four quarters that two entries make.
    struct Quarters {
        std::array<Table, 4> one, zero;

        Quarters(Table target, Table care, Table a, Table b) {
            for (unsigned q = 0; q < 4; ++q) {
                const Table here = care & (q & 2 ? a : ~a) & (q & 1 ? b : ~b);
                one[q] = here & target;
                zero[q] = here & ~target;
            }
        }

        std::optional<Fit> fit(Table c) const {
            for (unsigned q = 0; q < 4; ++q) {
                if ((one[q] & c) != 0 && (zero[q] & c) != 0) return std::nullopt;
                if ((one[q] & ~c) != 0 && (zero[q] & ~c) != 0) return std::nullopt;
            }
            Fit result;
            for (unsigned row = 0; row < 8; ++row) {
                const Table here = row & 1 ? c : ~c;
                if ((one[row / 2] & here) != 0) {
                    result.function |= 1U << row;
                } else if ((zero[row / 2] & here) == 0) {
                    result.free |= 1U << row;
                }
            }
            return result;
        }
    };

    Circuit circuit_;
    Family family_;
    Rng& random_;
};

} // namespace

Circuit walk(const Circuit& start, Family family, int box, std::chrono::seconds patience, Rng& random) {
    constexpr int headroom = 2; // gates more than the best, on the way
    Circuit best = start;
    Walk walk(start, family, random);
    auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        for (int i = 0; i < steps_a_look; ++i) {
            walk.step(best.gates() + headroom);
            if (walk.circuit().gates() >= best.gates() || !proven(walk.circuit(), box)) continue;
            best = walk.circuit();
            end = std::chrono::steady_clock::now() + patience;
        }
    }
    return best;
}

} // namespace keyhole::bitslice::generate
