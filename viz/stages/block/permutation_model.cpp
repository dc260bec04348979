#include "viz/stages/block/permutation_model.hpp"

#include <fmt/format.h>

#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

// Every bit stays where it is: what a variant does that leaves the step out.
void leave_in_place(PermutationModel& model) {
    model.squares = false;
    model.moves = false;
    for (unsigned i = 0; i < 64; ++i) model.source[i] = static_cast<std::uint8_t>(i + 1);
}

void initial(PermutationModel& model, const des::BlockTrace& block, const des::Variant& variant) {
    model.name = "IP";
    model.title = "Initial permutation IP";
    model.from_words = "the block that enters";
    model.to_words = "L\u2080 and R\u2080";
    model.rule =
        "Read the square by columns from the foot: the even columns 2, 4, 6, 8 make L\u2080, the odd ones 1, 3, 5, 7 "
        "make R\u2080.";
    model.from = {block.input, 64};
    model.to = {block.after_ip, 64};
    model.to_halves = {{{indexed("L", 0), Meaning::left}, {indexed("R", 0), Meaning::right}}};
    model.source = des::ip_table;
    if (variant.has_ip) return;
    leave_in_place(model);
    model.title = "No initial permutation";
    model.rule = "This variant has no IP: the block is only cut in two.";
}

void final(PermutationModel& model, const des::BlockTrace& block, const des::Variant& variant) {
    const HalfRow left{indexed("L", variant.rounds), Meaning::left},
        right{indexed("R", variant.rounds), Meaning::right};
    model.name = "FP";
    model.title = "Final permutation FP";
    model.from_halves = {{left, right}};
    if (variant.final_swap) std::swap(model.from_halves[0], model.from_halves[1]);
    model.from_words = fmt::format("the preoutput {} {}", model.from_halves[0].label, model.from_halves[1].label);
    model.to_words = "the block that leaves";
    model.rule = "FP takes every bit back to the place that IP took it from: it is IP the other way round.";
    model.from = {block.preoutput, 64};
    model.to = {block.output, 64};
    model.source = des::fp_table;
    if (variant.has_ip) return;
    leave_in_place(model);
    model.title = "No final permutation";
    model.rule = "This variant has no IP, and so nothing that undoes it.";
}

void swap(PermutationModel& model, const des::BlockTrace& block, const des::Variant& variant) {
    const des::RoundTrace& last = block.rounds[variant.rounds - 1];
    const HalfRow left{indexed("L", variant.rounds), Meaning::left},
        right{indexed("R", variant.rounds), Meaning::right};
    model.name = "swap";
    model.title = "Swap of the halves";
    model.from_words = fmt::format("{} and {}", left.label, right.label);
    model.from = {std::uint64_t{last.left_out} << 32 | last.right_out, 64};
    model.to = {block.preoutput, 64};
    model.from_halves = {{left, right}};
    if (!variant.final_swap) {
        leave_in_place(model);
        model.title = "No swap of the halves";
        model.to_halves = model.from_halves;
        model.to_words = fmt::format("the preoutput {} {}", left.label, right.label);
        model.rule = "This variant does not swap the halves after the last round.";
        return;
    }
    model.to_words = fmt::format("the preoutput {} {}", right.label, left.label);
    model.rule = "The halves change places; no bit moves inside its half.";
    model.to_halves = {{right, left}};
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
    const des::Variant& variant = trace.recording().variant;
    model.rounds = variant.rounds;
    if (node.kind() == Kind::ip) initial(model, block, variant);
    if (node.kind() == Kind::swap) swap(model, block, variant);
    if (node.kind() == Kind::fp) final(model, block, variant);
    for (unsigned i = 0; i < 64; ++i) model.destination[model.source[i] - 1] = i + 1;
    return model;
}

std::string bit_words(const PermutationModel& model, unsigned before) {
    return fmt::format("{} \u2192 {}", place_words(model.from_halves, before),
                       place_words(model.to_halves, model.destination[before - 1]));
}

} // namespace keyhole::viz
