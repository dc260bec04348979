// The search with three-input gates: Kwan's method ("Reducing the gate count of bitslice DES", 2000) widened. A
// function is an entry, or one gate over three entries, or a gate over two entries and one new gate; failing that, it
// is split: by a selector into two functions with fewer cares, or by two entries into one function with fewer cares.
#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>

#include "core/fast/bitslice/generate/circuit.hpp"

namespace keyhole::bitslice::generate {
namespace {

// Three entries give the target when some entry tells each position with a one from each with a zero. `Apart` holds,
// for three chosen distances, which positions an entry tells from the position that far away: a cheap first sieve.
struct Apart {
    static constexpr int words = 3;
    std::array<Table, words> wanted{};
    std::array<std::array<Table, Circuit::capacity>, words> of{};

    Apart(const Circuit& circuit, Table target, Table care) {
        std::array<std::pair<int, int>, 63> distances;
        for (int d = 1; d < 64; ++d) {
            const Table differ = (target ^ std::rotl(target, d)) & care & std::rotl(care, d);
            distances[static_cast<std::size_t>(d - 1)] = {-std::popcount(differ), d};
        }
        std::partial_sort(distances.begin(), distances.begin() + words, distances.end());
        for (std::size_t w = 0; w < words; ++w) {
            const int d = distances[w].second;
            wanted[w] = (target ^ std::rotl(target, d)) & care & std::rotl(care, d);
            for (std::size_t i = 0; i < static_cast<std::size_t>(circuit.size); ++i) {
                of[w][i] = circuit.table[i] ^ std::rotl(circuit.table[i], d);
            }
        }
    }
};

// The function that makes the target of a, b and c, when there is one.
std::optional<std::uint8_t> fit(Table target, Table care, Table a, Table b, Table c) {
    std::uint8_t function = 0;
    for (unsigned row = 0; row < 8; ++row) {
        const Table here = care & (row & 4 ? a : ~a) & (row & 2 ? b : ~b) & (row & 1 ? c : ~c);
        if ((here & target) == 0) continue;
        if ((here & ~target) != 0) return std::nullopt;
        function = static_cast<std::uint8_t>(function | 1U << row);
    }
    return function;
}

std::optional<int> add_fitting(Circuit& circuit, Table target, Table care, int a, int b, int c) {
    const auto function = fit(target, care, table_of(circuit, a), table_of(circuit, b), table_of(circuit, c));
    if (!function) return std::nullopt;
    return add(circuit, *function, a, b, c);
}

std::optional<int> one_gate(Circuit& circuit, Table target, Table care, const std::vector<int>& order) {
    const Apart apart(circuit, target, care);
    const auto n = order.size();
    for (std::size_t i = 0; i < n; ++i) {
        const auto a = static_cast<std::size_t>(order[i]);
        for (std::size_t j = i + 1; j < n; ++j) {
            const auto b = static_cast<std::size_t>(order[j]);
            const Table need_0 = apart.wanted[0] & ~(apart.of[0][a] | apart.of[0][b]);
            const Table need_1 = apart.wanted[1] & ~(apart.of[1][a] | apart.of[1][b]);
            const Table need_2 = apart.wanted[2] & ~(apart.of[2][a] | apart.of[2][b]);
            for (std::size_t k = j + 1; k < n; ++k) {
                const auto c = static_cast<std::size_t>(order[k]);
                const Table lacking =
                    (need_0 & ~apart.of[0][c]) | (need_1 & ~apart.of[1][c]) | (need_2 & ~apart.of[2][c]);
                if (lacking != 0) continue;
                const auto found = add_fitting(circuit, target, care, order[i], order[j], order[k]);
                if (found) return found;
            }
        }
    }
    return std::nullopt;
}

// What a new entry g must be so that a gate over d, e and g is the target: only where d and e leave it open, and there
// the target, or its complement in some of the cells that d and e make.
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

// Five entries, one gate over three of them and a last gate over that and the other two. The five are found as a
// hitting set: for a position that is not yet told apart, one of the entries that do so must be among them.
class TwoGates {
  public:
    TwoGates(Circuit& circuit, Table target, Table care, const std::vector<int>& order)
        : circuit_(circuit), target_(target), care_(care), order_(order), apart_(circuit, target, care) {
        for (std::size_t i = 0; i < entries(); ++i) {
            for (std::size_t w = 0; w < Apart::words; ++w) {
                for (Table told = of(w, i) & apart_.wanted[w]; told != 0; told &= told - 1) {
                    tellers_[w][static_cast<std::size_t>(std::countr_zero(told))] |= Table{1} << i;
                }
            }
        }
    }

    std::optional<int> find() {
        if (entries() < 5) return std::nullopt;
        return choose(0, entries() == 64 ? ~Table{0} : (Table{1} << entries()) - 1, apart_.wanted);
    }

  private:
    using Words = std::array<Table, Apart::words>;

    // Sets of entries are words here, so that no more than 64 take part.
    std::size_t entries() const { return std::min<std::size_t>(order_.size(), 64); }
    Table of(std::size_t word, std::size_t i) const { return apart_.of[word][static_cast<std::size_t>(order_[i])]; }

    // Chooses entry number `depth` among `allowed`; `need` is what the chosen ones do not yet tell apart.
    std::optional<int> choose(std::size_t depth, Table allowed, const Words& need) {
        Table candidates = allowed;
        for (std::size_t w = 0; w < Apart::words; ++w) {
            for (Table left = need[w]; left != 0 && candidates != 0; left &= left - 1) {
                candidates &= tellers_[w][static_cast<std::size_t>(std::countr_zero(left))];
                if (depth < 4) break;
            }
            if (depth < 4 && need[w] != 0) break;
        }
        for (; candidates != 0; candidates &= candidates - 1) {
            const auto i = static_cast<std::size_t>(std::countr_zero(candidates));
            allowed &= ~(Table{1} << i); // sets with this entry end here
            chosen_[depth] = order_[i];
            const auto found = depth == 4 ? split()
                                          : choose(depth + 1, allowed,
                                                   {need[0] & ~of(0, i), need[1] & ~of(1, i), need[2] & ~of(2, i)});
            if (found) return found;
        }
        return std::nullopt;
    }

    // The five chosen: is there a pair of them for the last gate?
    std::optional<int> split() {
        std::uint32_t ones = 0, zeros = 0;
        if (!cells(ones, zeros)) return std::nullopt;
        for (unsigned d = 0; d < 5; ++d) {
            for (unsigned e = d + 1; e < 5; ++e) {
                if (!last_gate_fits(ones, zeros, d, e)) continue;
                std::array<int, 3> inner{};
                std::size_t count = 0;
                for (unsigned k = 0; k < 5; ++k) {
                    if (k != d && k != e) inner[count++] = chosen_[k];
                }
                return add_both(inner, chosen_[d], chosen_[e]);
            }
        }
        return std::nullopt;
    }

    // Which of the 32 combinations of the five call for a one, which for a zero; false when one calls for both.
    bool cells(std::uint32_t& ones, std::uint32_t& zeros) const {
        std::array<Table, 32> cell{care_};
        for (std::size_t k = 0; k < 5; ++k) {
            const Table entry = table_of(circuit_, chosen_[k]);
            for (std::size_t i = std::size_t{1} << k; i-- > 0;) {
                cell[2 * i + 1] = cell[i] & entry;
                cell[2 * i] = cell[i] & ~entry;
            }
        }
        for (std::size_t i = 0; i < 32; ++i) {
            const bool one = (cell[i] & target_) != 0, zero = (cell[i] & ~target_) != 0;
            if (one && zero) return false;
            ones |= std::uint32_t{one} << i;
            zeros |= std::uint32_t{zero} << i;
        }
        return true;
    }

    // Entry k is bit 4 - k of a combination's number. For each value of d and e the rest is a function of three
    // entries; where it is not constant it must be one function, or its complement.
    static bool last_gate_fits(std::uint32_t ones, std::uint32_t zeros, unsigned d, unsigned e) {
        std::array<std::pair<unsigned, unsigned>, 4> open;
        std::size_t count = 0;
        for (unsigned pair = 0; pair < 4; ++pair) {
            unsigned one = 0, zero = 0, place = 0;
            for (unsigned i = 0; i < 32; ++i) {
                if ((i >> (4 - d) & 1) != (pair >> 1) || (i >> (4 - e) & 1) != (pair & 1)) continue;
                one |= (ones >> i & 1) << place;
                zero |= (zeros >> i & 1) << place;
                ++place;
            }
            if (one != 0 && zero != 0) open[count++] = {one, zero};
        }
        for (unsigned choice = 0; choice < (count == 0 ? 1U : 1U << (count - 1)); ++choice) {
            unsigned one = 0, zero = 0;
            for (std::size_t k = 0; k < count; ++k) {
                const bool complement = k > 0 && (choice >> (k - 1) & 1) != 0;
                one |= complement ? open[k].second : open[k].first;
                zero |= complement ? open[k].first : open[k].second;
            }
            if ((one & zero) == 0) return true;
        }
        return false;
    }

    std::optional<int> add_both(const std::array<int, 3>& inner, int d, int e) {
        const Residue residue(target_, care_, table_of(circuit_, d), table_of(circuit_, e));
        for (unsigned choice = 0; choice < residue.choices(); ++choice) {
            const auto g =
                add_fitting(circuit_, residue.target(target_, choice), residue.care, inner[0], inner[1], inner[2]);
            if (g) return add_fitting(circuit_, target_, care_, d, e, *g);
        }
        return std::nullopt;
    }

    Circuit& circuit_;
    const Table target_, care_;
    const std::vector<int>& order_;
    const Apart apart_;
    std::array<std::array<Table, 64>, Apart::words> tellers_{}; // which entries tell that position apart
    std::array<int, 5> chosen_{};
};

class Search {
  public:
    Search(Rng& random, bool first_only) : random_(random), first_only_(first_only) {}

    std::optional<int> solve(Circuit& circuit, Table target, Table care, int budget, int depth) {
        if (const auto entry = existing(circuit, target, care, depth > 0)) return entry;
        if (budget < 1 || circuit.size + budget > Circuit::capacity) return std::nullopt;
        std::vector<int> order(static_cast<std::size_t>(circuit.size));
        std::iota(order.begin(), order.end(), 0);
        std::shuffle(order.begin(), order.end(), random_);
        if (const auto entry = one_gate(circuit, target, care, order)) return entry;
        if (budget < 2) return std::nullopt;
        --effort_;
        if (const auto entry = TwoGates(circuit, target, care, order).find()) return entry;
        if (budget < 3) return std::nullopt;
        return divide(circuit, target, care, budget, depth);
    }

  private:
    static constexpr int effort_limit = 150;

    static std::optional<int> existing(const Circuit& circuit, Table target, Table care, bool complement_too) {
        for (int i = 0; i < circuit.size; ++i) {
            const Table difference = (table_of(circuit, i) ^ target) & care;
            if (difference == 0 || (complement_too && difference == care)) return i;
        }
        return std::nullopt;
    }

    // Keeps the better of what was found, and lowers the budget to less than that.
    struct Best {
        Circuit circuit;
        std::optional<int> entry;
        int budget;

        void offer(const Circuit& candidate, int start, std::optional<int> found) {
            if (!found || candidate.size - start > budget) return;
            circuit = candidate;
            entry = found;
            budget = candidate.size - start - 1;
        }
    };

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
            const auto entry = add_fitting(whole, target, care, d, e, *g);
            best.offer(whole, start, entry);
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
