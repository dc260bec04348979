#include "viz/stages/round/round_model.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/des/des_tables.hpp"

namespace keyhole::viz {
namespace {

using enum Lane;

// The bit of the boxes' outputs that comes to a place behind P.
unsigned before_p(unsigned place, bool has_p) { return has_p ? des::p_table[place - 1] : place; }

std::vector<BitWire> make_wires(bool has_p) {
    std::vector<BitWire> wires;
    for (unsigned i = 1; i <= 48; ++i) {
        wires.push_back({{right_in, des::e_table[i - 1]}, {expanded, i}});
        wires.push_back({{expanded, i}, {mixed, i}});
        wires.push_back({{subkey, i}, {mixed, i}});
    }
    for (unsigned box = 0; box < 8; ++box) {
        for (unsigned in = 1; in <= 6; ++in) {
            for (unsigned out = 1; out <= 4; ++out) wires.push_back({{mixed, 6 * box + in}, {s_out, 4 * box + out}});
        }
    }
    for (unsigned i = 1; i <= 32; ++i) {
        wires.push_back({{s_out, before_p(i, has_p)}, {p_out, i}});
        wires.push_back({{p_out, i}, {right_out, i}});
        wires.push_back({{left_in, i}, {right_out, i}});
        wires.push_back({{right_in, i}, {left_out, i}});
    }
    return wires;
}

// Grows the set along the wires until nothing new is reached.
CellSet reach(BitRef start, bool forwards, bool has_p) {
    CellSet set;
    set.add(start);
    for (CellSet before; before != set;) {
        before = set;
        for (const BitWire& wire : round_wires(has_p)) {
            if (set.contains(forwards ? wire.from : wire.to)) set.add(forwards ? wire.to : wire.from);
        }
    }
    return set;
}

// What S-box `box` reads, where those bits came from, and where its four bits go: no further than the step itself, so
// the other inputs of neighbouring boxes stay dark.
CellSet box_cells(unsigned box, bool has_p) {
    CellSet set;
    for (unsigned i = 6 * box - 5; i <= 6 * box; ++i) {
        for (const Lane lane : {expanded, subkey, mixed}) set.add({lane, i});
        set.add({right_in, des::e_table[i - 1]});
    }
    for (unsigned i = 4 * box - 3; i <= 4 * box; ++i) set.add({s_out, i});
    for (unsigned i = 1; i <= 32; ++i) {
        if (!set.contains({s_out, before_p(i, has_p)})) continue;
        for (const Lane lane : {p_out, left_in, right_out}) set.add({lane, i});
    }
    return set;
}

CellSet live_cells(const Node& node, bool has_p) {
    CellSet set;
    switch (node.kind()) {
        case Kind::expand: set.fill(right_in, expanded); break;
        case Kind::mix: set.fill(expanded, subkey, mixed); break;
        case Kind::sbox: return box_cells(static_cast<unsigned>(node.last().number), has_p);
        case Kind::permute: set.fill(s_out, p_out); break;
        case Kind::join: set.fill(right_in, p_out, left_in, right_out, left_out); break;
        default: break;
    }
    return set;
}

} // namespace

BitRef next_bit(std::optional<BitRef> bit, int step) {
    if (!bit) return step > 0 ? BitRef{right_in, 1} : BitRef{left_out, 32};
    const auto lane_after = [&](Lane lane) {
        return static_cast<Lane>((index(lane) + (step > 0 ? 1 : lane_count - 1)) % lane_count);
    };
    const unsigned width = lane_width(bit->lane);
    if (step > 0)
        return bit->position < width ? BitRef{bit->lane, bit->position + 1} : BitRef{lane_after(bit->lane), 1};
    if (bit->position > 1) return {bit->lane, bit->position - 1};
    const Lane lane = lane_after(bit->lane);
    return {lane, lane_width(lane)};
}

std::span<const BitWire> round_wires(bool has_p) {
    static const std::vector<BitWire> with_p = make_wires(true), without_p = make_wires(false);
    return has_p ? with_p : without_p;
}

CellSet trace_bit(BitRef bit, bool has_p) {
    CellSet set = reach(bit, true, has_p);
    const CellSet before = reach(bit, false, has_p);
    for (std::size_t i = 0; i < lane_count; ++i) set.masks[i] |= before.masks[i];
    return set;
}

RoundModel make_round_model(const Trace& trace, const Node& node) {
    const des::RoundTrace& r = trace.round(node);
    const auto n = static_cast<unsigned>(node.number(Kind::round));
    RoundModel model;
    model.round = n;
    const Pass& pass = trace.pass(node);
    model.subkey = des::subkey_number(n, pass.cipher_direction(), pass.variant);
    model.rounds = pass.variant.rounds;
    model.key_source = des::subkey_source(pass.variant.subkeys, model.subkey);
    model.has_p = pass.variant.has_p;
    model.has_shifts = pass.variant.subkeys != des::Variant::Subkeys::no_shifts;
    model.block = node.number(Kind::block);
    const auto id = [](std::string_view letter, unsigned number) { return fmt::format("{}{}", letter, number); };
    model.lanes = {{
        {right_in, id("R", n - 1), "", indexed("R", n - 1), {r.right_in, 32}, Meaning::right},
        {expanded, id("E", n), "", "E", {r.expanded, 48}, Meaning::right},
        {subkey, id("K", model.subkey), "⊕", indexed("K", model.subkey), {r.subkey, 48}, Meaning::key},
        {mixed, id("B", n), "=", "", {r.mixed, 48}, Meaning::plain},
        {s_out, id("Sout", n), "", "S", {r.s_out, 32}, Meaning::sbox},
        {p_out, id("P", n), "", "P", {r.p_out, 32}, Meaning::sbox},
        {left_in, id("L", n - 1), "⊕", indexed("L", n - 1), {r.left_in, 32}, Meaning::left},
        {right_out, id("R", n), "=", indexed("R", n), {r.right_out, 32}, Meaning::right},
        {left_out, id("L", n), "", indexed("L", n), {r.left_out, 32}, Meaning::left},
    }};
    model.sboxes = r.sboxes;
    if (node.kind() == Kind::sbox) model.box = static_cast<unsigned>(node.last().number);
    model.live = live_cells(node, model.has_p);
    return model;
}

std::optional<unsigned> bit_of_step(const Node& node, BitRef bit) {
    const auto [lane, position] = bit;
    switch (node.kind()) {
        case Kind::expand: return lane == expanded ? std::optional(position) : std::nullopt;
        case Kind::mix: return lane == mixed ? std::optional(position) : std::nullopt;
        case Kind::permute: return lane == p_out ? std::optional(position) : std::nullopt;
        case Kind::join: return lane == right_out ? std::optional(position) : std::nullopt;
        case Kind::sbox: {
            const bool in_box = lane == s_out && (position - 1) / 4 + 1 == node.number(Kind::sbox);
            return in_box ? std::optional((position - 1) % 4 + 1) : std::nullopt;
        }
        case Kind::round:
            return lane == left_out    ? std::optional(position)
                   : lane == right_out ? std::optional(32 + position)
                                       : std::nullopt;
        default: return std::nullopt;
    }
}

CellSet result_cells(Kind kind, unsigned box) {
    CellSet set;
    switch (kind) {
        case Kind::round: set.fill(expanded, mixed, s_out, p_out, right_out, left_out); break;
        case Kind::expand: set.fill(expanded, mixed, s_out, p_out, right_out); break;
        case Kind::mix: set.fill(mixed, s_out, p_out, right_out); break;
        case Kind::sbox:
            set.fill(p_out, right_out);
            for (unsigned i = 4 * box - 3; i <= 32; ++i) set.add({s_out, i});
            break;
        case Kind::permute: set.fill(p_out, right_out); break;
        case Kind::join: set.fill(right_out, left_out); break;
        default: break;
    }
    return set;
}

CellSet later_cells(Kind kind, unsigned box) {
    switch (kind) {
        case Kind::expand: return result_cells(Kind::mix, 1);
        case Kind::mix: return result_cells(Kind::sbox, 1);
        case Kind::sbox: return box < 8 ? result_cells(Kind::sbox, box + 1) : result_cells(Kind::permute, 1);
        case Kind::permute: return result_cells(Kind::join, 1);
        default: return {};
    }
}

} // namespace keyhole::viz
