// keyhole_sbox_circuits: looks for smaller circuits of the eight S-boxes and writes them as a header. It starts from
// the header that is there, builds many circuits afresh, and walks from the smallest (walk.cpp).
// Usage: keyhole_sbox_circuits lut|two-input HEADER SECONDS [SEED]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "core/fast/bitslice/generate/circuit.hpp"

namespace {

using namespace keyhole::bitslice::generate;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int too_many = 110;

int gates(const Circuit& circuit, int box) { return proven(circuit, box) ? circuit.gates() : too_many; }

// A circuit for the box, built output after output, when that takes at most `limit` gates.
std::optional<Circuit> built(int box, int limit, Solver solve, Rng& random) {
    Circuit circuit = empty_circuit();
    const std::size_t first = random() % 4;
    for (std::size_t k = 0; k < 4; ++k) {
        const std::size_t output = (first + k) % 4;
        const Table target = wanted_table(box, static_cast<int>(output));
        const auto entry = solve(circuit, target, ~Table{0}, limit - circuit.gates(), random);
        if (!entry) return std::nullopt;
        circuit.output[output] = *entry;
    }
    return pruned(circuit);
}

// One more round of the search for a box: walks from where it stands, and from the smallest of many new ones.
Circuit search(const Circuit& best, Family family, int box, Rng& random) {
    constexpr std::size_t kept = 3;
    constexpr auto building_time = 45s, patience = 20s;
    const Solver solve = family == Family::lut ? solve_lut : solve_two_input;
    const auto smaller = [](const Circuit& a, const Circuit& b) { return a.gates() < b.gates(); };
    Circuit current = proven(best, box) ? walk(best, family, box, patience, random) : best;
    std::vector<Circuit> fresh;
    const auto end = Clock::now() + building_time;
    while (Clock::now() < end) {
        const int limit = fresh.size() < kept ? too_many : fresh.back().gates();
        const auto found = built(box, limit, solve, random);
        if (!found || !proven(*found, box)) continue;
        fresh.push_back(*found);
        std::sort(fresh.begin(), fresh.end(), smaller);
        if (fresh.size() > kept) fresh.pop_back();
    }
    for (const Circuit& start : fresh) {
        const Circuit found = walk(start, family, box, patience, random);
        if (!proven(current, box) || smaller(found, current)) current = found;
    }
    return current;
}

// Writes the header when all boxes are there and right.
void write(const std::string& path, const std::array<Circuit, 8>& boxes, Family family) {
    for (int box = 1; box <= 8; ++box) {
        if (!proven(boxes[static_cast<std::size_t>(box - 1)], box)) return;
    }
    std::ofstream(path) << print_header(boxes, family);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        fmt::print(stderr, "usage: keyhole_sbox_circuits lut|two-input HEADER SECONDS [SEED]\n");
        return 2;
    }
    const Family family = std::string(argv[1]) == "two-input" ? Family::two_input : Family::lut;
    const std::string path = argv[2];
    const auto end = Clock::now() + std::chrono::seconds(std::stoi(argv[3]));
    Rng random(argc > 4 ? std::stoull(argv[4]) : 1);

    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    std::array<Circuit, 8> best = read_header(text.str());
    for (int box = 1; Clock::now() < end; box = box % 8 + 1) {
        const auto at = static_cast<std::size_t>(box - 1);
        const Circuit found = search(best[at], family, box, random);
        if (gates(found, box) >= gates(best[at], box)) continue;
        best[at] = found;
        fmt::print("S{}: {} gates\n", box, best[at].gates());
        std::fflush(stdout);
        write(path, best, family);
    }
    write(path, best, family);
}
