#include "viz/stages/block/permutation_model.hpp"

#include <fmt/format.h>

#include "core/des/des_tables.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

void set_sources(PermutationModel& view, const des::Selection<64>& table) {
    for (unsigned i = 0; i < 64; ++i) view.source[i] = table[i];
}

void initial(PermutationModel& view, const des::BlockTrace& block) {
    view.name = "IP";
    view.from_words = "the block that enters";
    view.to_words = "L\u2080 and R\u2080";
    view.rule =
        "Read the square by columns from the foot: the even columns 2, 4, 6, 8 make L\u2080, the odd ones 1, 3, 5, 7 "
        "make R\u2080.";
    view.from = {block.input, 64};
    view.to = {block.after_ip, 64};
    view.to_halves = {{{indexed("L", 0), Meaning::left}, {indexed("R", 0), Meaning::right}}};
    set_sources(view, des::ip_table);
}

void final(PermutationModel& view, const des::BlockTrace& block) {
    view.name = "FP";
    view.from_words = "the preoutput R\u2081\u2086 L\u2081\u2086";
    view.to_words = "the block that leaves";
    view.rule = "FP takes every bit back to the place that IP took it from: it is IP the other way round.";
    view.from = {block.preoutput, 64};
    view.to = {block.output, 64};
    view.from_halves = {{{indexed("R", 16), Meaning::right}, {indexed("L", 16), Meaning::left}}};
    set_sources(view, des::fp_table);
}

void swap(PermutationModel& view, const des::BlockTrace& block) {
    const des::RoundTrace& last = block.rounds[15];
    view.name = "swap";
    view.from_words = "L\u2081\u2086 and R\u2081\u2086";
    view.to_words = "the preoutput R\u2081\u2086 L\u2081\u2086";
    view.rule = "The halves change places; no bit moves inside its half.";
    view.from = {std::uint64_t{last.left_out} << 32 | last.right_out, 64};
    view.to = {block.preoutput, 64};
    view.from_halves = {{{indexed("L", 16), Meaning::left}, {indexed("R", 16), Meaning::right}}};
    view.to_halves = {{view.from_halves[1], view.from_halves[0]}};
    view.squares = false;
    for (unsigned i = 0; i < 64; ++i) view.source[i] = (i + 32) % 64 + 1;
}

// "bit 5 of R₁₆" where the halves have names, else "bit 5 of the block".
std::string place_words(const std::array<HalfRow, 2>& halves, unsigned place) {
    const HalfRow& half = halves[place > 32 ? 1 : 0];
    if (half.label.empty()) return fmt::format("bit {} of the block", place);
    return fmt::format("bit {} of {}", place > 32 ? place - 32 : place, half.label);
}

} // namespace

PermutationModel make_permutation_model(const Trace& trace, const Node& node) {
    const des::BlockTrace& block = trace.block(node).trace;
    PermutationModel view;
    view.kind = node.kind();
    if (node.kind() == Kind::ip) initial(view, block);
    if (node.kind() == Kind::swap) swap(view, block);
    if (node.kind() == Kind::fp) final(view, block);
    for (unsigned i = 0; i < 64; ++i) view.destination[view.source[i] - 1] = i + 1;
    return view;
}

std::string bit_words(const PermutationModel& view, unsigned before) {
    return fmt::format("{} \u2192 {}", place_words(view.from_halves, before),
                       place_words(view.to_halves, view.destination[before - 1]));
}

} // namespace keyhole::viz
