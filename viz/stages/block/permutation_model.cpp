#include "viz/stages/block/permutation_model.hpp"

#include <fmt/format.h>

#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

void initial(PermutationModel& model, const des::BlockTrace& block) {
    model.name = "IP";
    model.from_words = "the block that enters";
    model.to_words = "L\u2080 and R\u2080";
    model.rule =
        "Read the square by columns from the foot: the even columns 2, 4, 6, 8 make L\u2080, the odd ones 1, 3, 5, 7 "
        "make R\u2080.";
    model.from = {block.input, 64};
    model.to = {block.after_ip, 64};
    model.to_halves = {{{indexed("L", 0), Meaning::left}, {indexed("R", 0), Meaning::right}}};
    model.source = des::ip_table;
}

void final(PermutationModel& model, const des::BlockTrace& block) {
    model.name = "FP";
    model.from_words = "the preoutput R\u2081\u2086 L\u2081\u2086";
    model.to_words = "the block that leaves";
    model.rule = "FP takes every bit back to the place that IP took it from: it is IP the other way round.";
    model.from = {block.preoutput, 64};
    model.to = {block.output, 64};
    model.from_halves = {{{indexed("R", 16), Meaning::right}, {indexed("L", 16), Meaning::left}}};
    model.source = des::fp_table;
}

void swap(PermutationModel& model, const des::BlockTrace& block) {
    const des::RoundTrace& last = block.rounds[15];
    model.name = "swap";
    model.from_words = "L\u2081\u2086 and R\u2081\u2086";
    model.to_words = "the preoutput R\u2081\u2086 L\u2081\u2086";
    model.rule = "The halves change places; no bit moves inside its half.";
    model.from = {std::uint64_t{last.left_out} << 32 | last.right_out, 64};
    model.to = {block.preoutput, 64};
    model.from_halves = {{{indexed("L", 16), Meaning::left}, {indexed("R", 16), Meaning::right}}};
    model.to_halves = {{model.from_halves[1], model.from_halves[0]}};
    model.squares = false;
    for (unsigned i = 0; i < 64; ++i) model.source[i] = static_cast<std::uint8_t>((i + 32) % 64 + 1);
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
    PermutationModel model;
    model.kind = node.kind();
    if (node.kind() == Kind::ip) initial(model, block);
    if (node.kind() == Kind::swap) swap(model, block);
    if (node.kind() == Kind::fp) final(model, block);
    for (unsigned i = 0; i < 64; ++i) model.destination[model.source[i] - 1] = i + 1;
    return model;
}

std::string bit_words(const PermutationModel& model, unsigned before) {
    return fmt::format("{} \u2192 {}", place_words(model.from_halves, before),
                       place_words(model.to_halves, model.destination[before - 1]));
}

} // namespace keyhole::viz
