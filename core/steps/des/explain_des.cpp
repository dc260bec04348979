// Words and values for the steps of DES itself: the key schedule, the permutations, the sixteen rounds. (FIPS 46-3.)
#include "core/steps/des/explain_des.hpp"

#include <algorithm>
#include <bit>

namespace keyhole {
namespace {

void ip_step(const des::BlockTrace& block, const des::Variant& variant, Step& step) {
    const Bits left = b32(block.rounds[0].left_in), right = b32(block.rounds[0].right_in);
    step.values = {{"chained", b64(block.input)},
                   {"after_ip", b64(block.after_ip)},
                   {"left_out", left},
                   {"right_out", right},
                   {"ones", Count{static_cast<std::uint64_t>(std::popcount(block.input))}}};
    step.summary = fmt::format("{} becomes L₀ {} and R₀ {}", b64(block.input), left, right);
    if (!variant.has_ip) {
        step.explanation = fmt::format(
            "This variant has no initial permutation: the 64 bits of {} stay where they are and are only cut in two: "
            "L₀ = {} and R₀ = {}. In DES they would be moved to {} first.",
            b64(block.input), left, right, b64(des::initial_permutation(block.input)));
        return;
    }
    step.explanation = fmt::format(
        "The initial permutation moves the 64 bits of {} to other places and changes none: {} ones go in and {} come "
        "out. The result {} is cut in two: L₀ = {} and R₀ = {}. There is no secret in it.",
        b64(block.input), std::popcount(block.input), std::popcount(block.after_ip), b64(block.after_ip), left, right);
}

void swap_step(const Pass& pass, const des::BlockTrace& block, Step& step) {
    const des::Variant& variant = pass.variant;
    const des::RoundTrace& last = block.rounds[variant.rounds - 1];
    const Bits left = b32(last.left_out), right = b32(last.right_out);
    const std::string l = indexed("L", variant.rounds), r = indexed("R", variant.rounds);
    step.values = {{"left_in", left}, {"right_in", right}, {"preoutput", b64(block.preoutput)}};
    if (variant.final_swap) {
        step.summary = fmt::format("{} {} = {}", r, l, b64(block.preoutput));
        step.explanation = fmt::format(
            "After the last round the halves change places: {} = {} comes first and {} = {} second, which gives {}. "
            "Because of this the same machine deciphers when it is fed the subkeys in the other order.",
            r, right, l, left, b64(block.preoutput));
        return;
    }
    const Direction back = pass.cipher_direction() == Direction::encrypt ? Direction::decrypt : Direction::encrypt;
    const des::Block again = des::crypt(block.output, pass.schedule, variant, back);
    step.summary = fmt::format("{} {} = {}", l, r, b64(block.preoutput));
    step.explanation = fmt::format(
        "This variant does not swap the halves after the last round: {} = {} stays first and {} = {} second, which "
        "gives {}. In DES the swap makes the same machine decipher when it is fed the subkeys in the other order; here "
        "that makes {} of the block that comes out, which is {}the block that went in.",
        l, left, r, right, b64(block.preoutput), b64(again), again == block.input ? "" : "not ");
}

void fp_step(const des::BlockTrace& block, const des::Variant& variant, Step& step) {
    step.values = {{"preoutput", b64(block.preoutput)}, {"output", b64(block.output)}};
    step.summary = fmt::format("{} becomes {}", b64(block.preoutput), b64(block.output));
    step.explanation =
        variant.has_ip
            ? fmt::format(
                  "The final permutation is the inverse of the initial one: it moves every bit of {} back to where its "
                  "place was before, and {} leaves the cipher.",
                  b64(block.preoutput), b64(block.output))
            : fmt::format(
                  "This variant has no final permutation, as it has no initial one to be undone: {} leaves the cipher "
                  "as it is.",
                  b64(block.output));
}

// A round's quantities by the standard's names: L₄ and R₄ go in, K₅ (deciphering: K₁₂) is mixed in, L₅ and R₅ come out.
struct RoundNames {
    std::string left_in, right_in, left_out, right_out, subkey;

    RoundNames(std::uint64_t n, const Pass& pass)
        : left_in(indexed("L", n - 1)),
          right_in(indexed("R", n - 1)),
          left_out(indexed("L", n)),
          right_out(indexed("R", n)),
          subkey(indexed("K", des::subkey_number(static_cast<unsigned>(n), pass.cipher_direction(), pass.variant))) {}
};

void round_step(const des::RoundTrace& r, const RoundNames& names, Step& step) {
    step.values = {{"left_in", b32(r.left_in)}, {"right_in", b32(r.right_in)}, {"expanded", b48(r.expanded)},
                   {"subkey", b48(r.subkey)},   {"mixed", b48(r.mixed)},       {"s_out", b32(r.s_out)},
                   {"p_out", b32(r.p_out)},     {"left_out", b32(r.left_out)}, {"right_out", b32(r.right_out)}};
    step.summary = fmt::format("{} = {}, {} = {}, with {}", names.left_out, b32(r.left_out), names.right_out,
                               b32(r.right_out), names.subkey);
    step.explanation = fmt::format(
        "The right half {} = {} goes through f together with {} = {}; f gives {}. That is added to the left half: {} ⊕ "
        "{} = {}, the new right half. The old right half becomes the new left half unchanged: {} = {}.",
        names.right_in, b32(r.right_in), names.subkey, b48(r.subkey), b32(r.p_out), b32(r.left_in), b32(r.p_out),
        b32(r.right_out), names.left_out, b32(r.left_out));
}

void expand_step(const des::RoundTrace& r, const RoundNames& names, Step& step) {
    step.values = {{"right_in", b32(r.right_in)}, {"expanded", b48(r.expanded)}};
    step.summary = fmt::format("E({}) = {}", names.right_in, b48(r.expanded));
    step.explanation = fmt::format(
        "E reads the 32 bits of {} = {} in eight groups of four and borrows the neighbouring bit on each side, so that "
        "sixteen bits are used twice: 48 bits, {}. This is how one bit reaches two S-boxes.",
        names.right_in, b32(r.right_in), b48(r.expanded));
}

void mix_step(const des::RoundTrace& r, const RoundNames& names, Step& step) {
    step.values = {{"expanded", b48(r.expanded)}, {"subkey", b48(r.subkey)}, {"mixed", b48(r.mixed)}};
    step.summary = fmt::format("{} ⊕ {} = {}", b48(r.expanded), names.subkey, b48(r.mixed));
    step.explanation = fmt::format(
        "The subkey {} is added bit by bit: {} ⊕ {} = {}. Where the subkey has a 1 the bit is turned over, where it "
        "has a 0 the bit stays. This is the only place where the key enters the round.",
        names.subkey, b48(r.expanded), b48(r.subkey), b48(r.mixed));
}

// Each output bit is a sum of input bits, or of input bits and 1.
bool is_affine(const des::SBox& box) {
    const unsigned constant = des::output_of(box, 0);
    for (unsigned a = 0; a < 64; ++a) {
        for (unsigned b = 0; b < 64; ++b) {
            if ((des::output_of(box, a) ^ des::output_of(box, b) ^ des::output_of(box, a ^ b)) != constant)
                return false;
        }
    }
    return true;
}

// Of a variant with other boxes; this one may be the standard's all the same.
std::string changed_box_words(unsigned box, const des::SboxTrace& s, const des::Variant& variant) {
    const des::SBox& table = variant.boxes[box - 1];
    unsigned inputs = 0;
    for (const auto& row : table) inputs += static_cast<unsigned>(std::ranges::count(row, s.output));
    const unsigned standard = des::select(box, s.input).output;
    std::string words = fmt::format(
        "S-box {} reads {}, bits {} to {} of the mixed value: the outer bits {} choose row {}, the inner bits {} "
        "choose column {}, so it gives {} = {}; so do {} of its 64 inputs. ",
        box, plain_binary(Bits{s.input, 6}), 6 * box - 5, 6 * box, plain_binary(Bits{s.row, 2}), s.row,
        plain_binary(Bits{s.column, 4}), s.column, s.output, plain_binary(Bits{s.output, 4}), inputs);
    if (!variant.changes_box(box)) {
        words += "This box is that of the standard, others of this variant are not.";
    } else {
        words += fmt::format("This is not the box of the standard, which gives {} here.", standard);
        if (is_affine(table)) {
            words += table[0][0] == 0 ? " It is linear: each bit of its output is a sum of bits of its input."
                                      : " Each bit of its output is a sum of bits of its input, or such a sum and 1.";
        }
    }
    return words;
}

void sbox_step(const des::RoundTrace& r, const des::Variant& variant, Step& step) {
    const auto box = static_cast<unsigned>(step.node.last().number);
    const des::SboxTrace& s = r.sboxes[box - 1];
    const Bits input{s.input, 6}, row{s.row, 2}, column{s.column, 4}, output{s.output, 4};
    step.values = {{"input", input}, {"row", row}, {"column", column}, {"output", output}};
    step.summary = fmt::format("{} → row {}, column {} → {} = {}", plain_binary(input), s.row, s.column, s.output,
                               plain_binary(output));
    if (variant.changes_boxes()) {
        step.explanation = changed_box_words(box, s, variant);
        return;
    }
    step.explanation = fmt::format(
        "S-box {} reads {}, bits {} to {} of the mixed value: the outer bits {} choose row {}, the inner bits {} "
        "choose column {}, so it gives {} = {}. Each row holds every number of four bits once: four inputs, one a row, "
        "give this output, and the output alone does not tell which it was. Decryption never turns a box round, it "
        "looks up in the same direction. The boxes are the only part of DES that is not linear.",
        box, plain_binary(input), 6 * box - 5, 6 * box, plain_binary(row), s.row, plain_binary(column), s.column,
        s.output, plain_binary(output));
}

void permute_step(const des::RoundTrace& r, const des::Variant& variant, Step& step) {
    step.values = {{"s_out", b32(r.s_out)}, {"p_out", b32(r.p_out)}};
    step.summary = fmt::format("P({}) = {}", b32(r.s_out), b32(r.p_out));
    if (!variant.has_p) {
        step.explanation = fmt::format(
            "This variant has no P: the 32 bits that the eight S-boxes gave, {}, stay where they are. The four bits of "
            "one box reach that box and its two neighbours in the next round, and no others: a change spreads slowly. "
            "In DES they would be moved to {}.",
            b32(r.s_out), b32(des::permutation(r.s_out)));
        return;
    }
    step.explanation = fmt::format(
        "P moves the 32 bits that the eight S-boxes gave, {}, to new places: {}. The four bits of one box reach six "
        "boxes of the next round, for E gives two of them to two boxes each: so a change spreads.",
        b32(r.s_out), b32(r.p_out));
}

void join_step(const des::RoundTrace& r, const RoundNames& names, Step& step) {
    step.values = {{"left_in", b32(r.left_in)},
                   {"p_out", b32(r.p_out)},
                   {"left_out", b32(r.left_out)},
                   {"right_out", b32(r.right_out)}};
    step.summary = fmt::format("{} ⊕ f = {}; {} = {}", names.left_in, b32(r.right_out), names.left_out, names.right_in);
    step.explanation = fmt::format(
        "What f gave is added to the left half: {} = {} ⊕ {} = {}. The right half moves over unchanged: {} = {} = {}. "
        "Adding the same value again would undo the round, so f itself never has to be reversed.",
        names.right_out, b32(r.left_in), b32(r.p_out), b32(r.right_out), names.left_out, names.right_in,
        b32(r.left_out));
}

} // namespace

void explain_des_step(const TraceValues& trace, Step& step) {
    using enum Kind;
    const Node& node = step.node;
    if (node.within(schedule)) return explain_schedule_step(trace, step);

    const Pass& pass = trace.pass(node);
    const BlockRun& run = trace.block(node);
    switch (node.kind()) {
        case block: return explain_block_step(pass, run, step);
        case ip: return ip_step(run.trace, pass.variant, step);
        case swap: return swap_step(pass, run.trace, step);
        case fp: return fp_step(run.trace, pass.variant, step);
        default: break;
    }
    const des::RoundTrace& r = trace.round(node);
    const RoundNames names(node.number(round), pass);
    switch (node.kind()) {
        case round: return round_step(r, names, step);
        case expand: return expand_step(r, names, step);
        case mix: return mix_step(r, names, step);
        case sbox: return sbox_step(r, pass.variant, step);
        case permute: return permute_step(r, pass.variant, step);
        case join: return join_step(r, names, step);
        default: assert(false);
    }
}

} // namespace keyhole
