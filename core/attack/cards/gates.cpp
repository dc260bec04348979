#include "core/attack/cards/gates.hpp"

#include <fmt/format.h>

#include "core/fast/bitslice/rounds.hpp"

namespace keyhole::cards {
namespace {

// What stands for a word: the entry that it is. Computing with symbols notes gates.
struct Symbol {
    std::uint8_t entry = 0;
};

thread_local CardCircuit* noted = nullptr;

Symbol note(int function, Symbol a, Symbol b, Symbol c) {
    noted->gates.push_back({static_cast<std::uint8_t>(function), a.entry, b.entry, c.entry});
    return {static_cast<std::uint8_t>(5 + noted->gates.size())};
}

template <int Function>
Symbol lut(Symbol a, Symbol b, Symbol c) {
    return note(Function, a, b, c);
}
Symbol operator&(Symbol a, Symbol b) { return note(0xC0, a, b, a); }
Symbol operator|(Symbol a, Symbol b) { return note(0xFC, a, b, a); }
Symbol operator^(Symbol a, Symbol b) { return note(0x3C, a, b, a); }
Symbol operator~(Symbol a) { return note(0x0F, a, a, a); }
Symbol and_not(Symbol a, Symbol b) { return note(0x30, a, b, a); }

} // namespace
} // namespace keyhole::cards

// They find the gates of the symbols.
#include "core/fast/bitslice/sboxes_three_input.hpp"
#include "core/fast/bitslice/sboxes_two_input.hpp"

namespace keyhole::cards {
namespace {

template <unsigned Box>
void note_box(GateFamily family) {
    Symbol x[6], y[4];
    for (std::uint8_t i = 0; i < 6; ++i) x[i].entry = i;
    if (family == GateFamily::three_input) {
        bitslice::three_input::select<Box>(x[0], x[1], x[2], x[3], x[4], x[5], y[0], y[1], y[2], y[3]);
    } else {
        bitslice::two_input::select<Box>(x[0], x[1], x[2], x[3], x[4], x[5], y[0], y[1], y[2], y[3]);
    }
    for (unsigned i = 0; i < 4; ++i) noted->outputs[i] = y[i].entry;
}

struct Words {
    unsigned operations; // in halves: what most instruction sets lack costs half more
    std::string text;
};

// A function of p and q: bit 2p + q of `function`.
Words of_two(unsigned function, const std::string& p, const std::string& q) {
    switch (function) {
        case 0x0: return {0, "0u"};
        case 0xF: return {0, "~0u"};
        case 0xC: return {0, p};
        case 0xA: return {0, q};
        case 0x3: return {2, "~" + p};
        case 0x5: return {2, "~" + q};
        case 0x8: return {2, fmt::format("({} & {})", p, q)};
        case 0xE: return {2, fmt::format("({} | {})", p, q)};
        case 0x6: return {2, fmt::format("({} ^ {})", p, q)};
        case 0x4: return {3, fmt::format("({} & ~{})", p, q)};
        case 0x2: return {3, fmt::format("(~{} & {})", p, q)};
        case 0xD: return {3, fmt::format("({} | ~{})", p, q)};
        case 0xB: return {3, fmt::format("(~{} | {})", p, q)};
        case 0x9: return {4, fmt::format("~({} ^ {})", p, q)};
        case 0x7: return {4, fmt::format("~({} & {})", p, q)};
        default: return {4, fmt::format("~({} | {})", p, q)};
    }
}

// The function with x told apart: `zero` is the function of p and q where x is 0.
Words by_cases(const std::string& x, unsigned zero, unsigned one, const std::string& p, const std::string& q) {
    Words z = of_two(zero, p, q);
    const Words o = of_two(one, p, q);
    if (zero == one) return z;
    if (zero == (one ^ 0xF)) return {2 + z.operations, fmt::format("({} ^ {})", x, z.text)};
    if (zero == 0x0) return {2 + o.operations, fmt::format("({} & {})", x, o.text)};
    if (zero == 0xF) return {3 + o.operations, fmt::format("(~{} | {})", x, o.text)};
    if (one == 0x0) return {3 + z.operations, fmt::format("(~{} & {})", x, z.text)};
    if (one == 0xF) return {2 + z.operations, fmt::format("({} | {})", x, z.text)};
    return {2 + z.operations + o.operations, fmt::format("bitselect({}, {}, {})", z.text, o.text, x)};
}

} // namespace

std::vector<bool> CardCircuit::needed(unsigned outputs_wanted) const {
    std::vector<bool> entries(6 + gates.size());
    for (unsigned i = 0; i < 4; ++i) {
        if ((outputs_wanted >> (3 - i) & 1) != 0) entries[outputs[i]] = true;
    }
    for (std::size_t g = gates.size(); g-- > 0;) {
        if (!entries[6 + g]) continue;
        entries[gates[g].a] = entries[gates[g].b] = entries[gates[g].c] = true;
    }
    return {entries.begin() + 6, entries.end()};
}

CardCircuits circuits_of(GateFamily family) {
    CardCircuits circuits;
    for (unsigned box = 0; box < 8; ++box) {
        noted = &circuits[box];
        bitslice::for_box(box, [&](auto number) { note_box<number()>(family); });
    }
    noted = nullptr;
    return circuits;
}

std::string expression(std::uint8_t function, const std::string& a, const std::string& b, const std::string& c) {
    const std::array<const std::string*, 3> name{&a, &b, &c};
    Words best{~0U, {}};
    for (unsigned chosen = 0; chosen < 3; ++chosen) {
        const unsigned p = chosen == 0 ? 1 : 0, q = chosen == 2 ? 1 : 2;
        std::array<unsigned, 2> cases{};
        for (unsigned row = 0; row < 8; ++row) {
            const auto bit = [&](unsigned input) { return row >> (2 - input) & 1; };
            cases[bit(chosen)] |= (function >> row & 1U) << (2 * bit(p) + bit(q));
        }
        Words words = by_cases(*name[chosen], cases[0], cases[1], *name[p], *name[q]);
        if (words.operations < best.operations) best = std::move(words);
    }
    return best.text;
}

} // namespace keyhole::cards
