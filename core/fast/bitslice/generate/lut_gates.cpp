#include "core/fast/bitslice/generate/lut_gates.hpp"

#include <algorithm>
#include <bit>

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

} // namespace

std::optional<int> add_fitting(Circuit& circuit, Table target, Table care, int a, int b, int c) {
    const auto function = fit(target, care, table_of(circuit, a), table_of(circuit, b), table_of(circuit, c));
    if (!function) return std::nullopt;
    return add(circuit, *function, a, b, c);
}

std::optional<int> add_one_gate(Circuit& circuit, Table target, Table care, const std::vector<int>& order) {
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

std::optional<int> add_two_gates(Circuit& circuit, Table target, Table care, const std::vector<int>& order) {
    return TwoGates(circuit, target, care, order).find();
}

} // namespace keyhole::bitslice::generate
