// The order of a circuit's gates for a machine whose three-input gate overwrites its first operand, as vpternlog does:
// a gate whose operands are all needed later costs a copy.
#include <algorithm>

#include "core/fast/bitslice/generate/circuit.hpp"

namespace keyhole::bitslice::generate {
namespace {

constexpr int attempts = 20'000;

using Order = std::vector<int>; // entries of the circuit

std::array<std::uint8_t, 3> inputs(const Circuit& circuit, int entry) {
    return circuit.gate[static_cast<std::size_t>(entry)].inputs();
}

// Where in the order each entry is used last; past the end for outputs.
std::array<std::size_t, Circuit::capacity> last_uses(const Circuit& circuit, const Order& order) {
    std::array<std::size_t, Circuit::capacity> last{};
    for (std::size_t at = 0; at < order.size(); ++at) {
        for (const auto input : inputs(circuit, order[at])) last[input] = at;
    }
    for (const int output : circuit.output) last[static_cast<std::size_t>(output)] = order.size();
    return last;
}

int copies(const Circuit& circuit, const Order& order) {
    const auto last = last_uses(circuit, order);
    int count = 0;
    for (std::size_t at = 0; at < order.size(); ++at) {
        const auto used = inputs(circuit, order[at]);
        if (std::none_of(used.begin(), used.end(), [&](auto input) { return last[input] == at; })) ++count;
    }
    return count;
}

bool uses(const Circuit& circuit, int user, int entry) {
    const auto used = inputs(circuit, user);
    return std::find(used.begin(), used.end(), entry) != used.end();
}

// The order with one gate moved to somewhere else between its inputs and its users.
Order moved(const Circuit& circuit, const Order& order, Rng& random) {
    const std::size_t from = random() % order.size();
    const int gate = order[from];
    std::size_t first = from, end = from + 1;
    while (first > 0 && !uses(circuit, gate, order[first - 1])) --first;
    while (end < order.size() && !uses(circuit, order[end], gate)) ++end;
    Order result = order;
    result.erase(result.begin() + static_cast<std::ptrdiff_t>(from));
    result.insert(result.begin() + static_cast<std::ptrdiff_t>(first + random() % (end - first)), gate);
    return result;
}

// The gate with that operand (0 to 2) in front.
Gate with_first(const Gate& gate, unsigned operand) {
    const auto input = gate.inputs();
    const std::array<unsigned, 3> from{operand, operand == 0 ? 1U : 0U, operand == 2 ? 1U : 2U};
    Gate result{0, input[from[0]], input[from[1]], input[from[2]]};
    for (unsigned row = 0; row < 8; ++row) {
        unsigned before = 0;
        for (unsigned i = 0; i < 3; ++i) before |= (row >> (2 - i) & 1) << (2 - from[i]);
        if (gate.function >> before & 1) result.function = static_cast<std::uint8_t>(result.function | 1U << row);
    }
    return result;
}

} // namespace

Circuit arranged(const Circuit& circuit) {
    Rng random(1);
    Order order, best;
    for (int entry = 6; entry < circuit.size; ++entry) order.push_back(entry);
    best = order;
    int now = copies(circuit, order), least = now;
    for (int i = 0; i < attempts && !order.empty(); ++i) {
        Order next = moved(circuit, order, random);
        const int count = copies(circuit, next);
        if (count > now && random() % 50 != 0) continue;
        order = std::move(next);
        now = count;
        if (now >= least) continue;
        best = order;
        least = now;
    }

    const auto last = last_uses(circuit, best);
    Circuit result = empty_circuit();
    std::array<std::uint8_t, Circuit::capacity> place{0, 1, 2, 3, 4, 5};
    for (std::size_t at = 0; at < best.size(); ++at) {
        const auto used = inputs(circuit, best[at]);
        const auto dying = std::find_if(used.begin(), used.end(), [&](auto input) { return last[input] == at; });
        const auto operand = dying == used.end() ? 0U : static_cast<unsigned>(dying - used.begin());
        const Gate gate = with_first(circuit.gate[static_cast<std::size_t>(best[at])], operand);
        place[static_cast<std::size_t>(best[at])] =
            static_cast<std::uint8_t>(add(result, gate.function, place[gate.a], place[gate.b], place[gate.c]));
    }
    for (std::size_t k = 0; k < 4; ++k) result.output[k] = place[static_cast<std::size_t>(circuit.output[k])];
    return result;
}

} // namespace keyhole::bitslice::generate
