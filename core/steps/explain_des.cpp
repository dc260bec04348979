// Words and values for the steps of DES itself: the key schedule, the permutations, the sixteen rounds. (FIPS 46-3.)
#include "core/steps/explain.hpp"

#include <bit>

#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"

namespace keyhole {
namespace {

constexpr Bits b64(std::uint64_t value) { return {value, 64}; }
constexpr Bits b48(std::uint64_t value) { return {value, 48}; }
constexpr Bits b32(std::uint64_t value) { return {value, 32}; }
constexpr Bits b28(std::uint64_t value) { return {value, 28}; }

// "L" and 12 give "L₁₂", as the standard writes halves and subkeys.
std::string indexed(std::string_view letter, std::uint64_t n) {
    std::string out(letter);
    for (const char digit : fmt::to_string(n)) out += fmt::format("\xE2\x82{}", static_cast<char>(0x80 + digit - '0'));
    return out;
}

void schedule_step(const des::KeySchedule& schedule, Step& step) {
    const des::KeyReport report = des::inspect_key(schedule.key);
    const Bits key = b64(schedule.key), c = b28(schedule.c0), d = b28(schedule.d0);
    step.values = {{"key", key}, {"c", c}, {"d", d}, {"distinct_subkeys", Count{report.distinct_subkeys}}};
    step.summary = fmt::format("PC-1 of {} gives C₀ {} and D₀ {}; sixteen subkeys follow", key, c, d);
    const std::string remark = des::describe(report);
    step.explanation = fmt::format(
        "Permuted choice 1 takes 56 of the key's 64 bits and leaves out every eighth, the parity bits: of the key {} "
        "it makes C₀ = {} and D₀ = {}. Each round then turns both halves to the left and picks 48 bits of them as its "
        "subkey. {}",
        key, c, d,
        remark.empty() ? fmt::format("This key gives {} different subkeys.", report.distinct_subkeys)
                       : fmt::format("Beware of this {}.", remark));
}

void schedule_round_step(const des::KeySchedule& schedule, Step& step) {
    const auto n = step.node.last().number;
    const des::ScheduleRound& round = schedule.rounds[n - 1];
    const std::uint32_t c = n == 1 ? schedule.c0 : schedule.rounds[n - 2].c;
    const std::uint32_t d = n == 1 ? schedule.d0 : schedule.rounds[n - 2].d;
    step.values = {{"c_in", b28(c)},    {"d_in", b28(d)},    {"shift", Count{round.shift}},
                   {"c", b28(round.c)}, {"d", b28(round.d)}, {"subkey", b48(round.subkey)}};
    step.summary = fmt::format("shift left by {}: {} = {}", round.shift, indexed("K", n), b48(round.subkey));
    step.explanation = fmt::format(
        "Both halves turn left by {}: {} {} becomes {} {}, and {} {} becomes {} {}. What falls off on the left comes "
        "back on the right. Permuted choice 2 then picks 48 of these 56 bits: {} = {}. Eight bits of C and D are not "
        "used in this round.",
        counted(round.shift, "place"), indexed("C", n - 1), b28(c), indexed("C", n), b28(round.c), indexed("D", n - 1),
        b28(d), indexed("D", n), b28(round.d), indexed("K", n), b48(round.subkey));
}

void ip_step(const des::BlockTrace& block, Step& step) {
    const Bits left = b32(block.rounds[0].left_in), right = b32(block.rounds[0].right_in);
    step.values = {{"chained", b64(block.input)},
                   {"after_ip", b64(block.after_ip)},
                   {"left_out", left},
                   {"right_out", right},
                   {"ones", Count{static_cast<std::uint64_t>(std::popcount(block.input))}}};
    step.summary = fmt::format("{} becomes L₀ {} and R₀ {}", b64(block.input), left, right);
    step.explanation = fmt::format(
        "The initial permutation moves the 64 bits of {} to other places and changes none: {} ones go in and {} come "
        "out. The result {} is cut in two: L₀ = {} and R₀ = {}. There is no secret in it.",
        b64(block.input), std::popcount(block.input), std::popcount(block.after_ip), b64(block.after_ip), left, right);
}

void swap_step(const des::BlockTrace& block, Step& step) {
    const Bits left = b32(block.rounds[15].left_out), right = b32(block.rounds[15].right_out);
    step.values = {{"left_in", left}, {"right_in", right}, {"preoutput", b64(block.preoutput)}};
    step.summary = fmt::format("R₁₆ L₁₆ = {}", b64(block.preoutput));
    step.explanation = fmt::format(
        "After the last round the halves change places: R₁₆ = {} comes first and L₁₆ = {} second, which gives {}. "
        "Because of this the same machine deciphers when it is fed the subkeys in the other order.",
        right, left, b64(block.preoutput));
}

void fp_step(const des::BlockTrace& block, Step& step) {
    step.values = {{"preoutput", b64(block.preoutput)}, {"output", b64(block.output)}};
    step.summary = fmt::format("{} becomes {}", b64(block.preoutput), b64(block.output));
    step.explanation = fmt::format(
        "The final permutation is the inverse of the initial one: it moves every bit of {} back to where its place was "
        "before, and {} leaves the cipher.",
        b64(block.preoutput), b64(block.output));
}

// A round's quantities by the standard's names: L₄ and R₄ go in, K₅ (deciphering: K₁₂) is mixed in, L₅ and R₅ come out.
struct RoundNames {
    std::string left_in, right_in, left_out, right_out, subkey;

    RoundNames(std::uint64_t n, Direction direction)
        : left_in(indexed("L", n - 1)),
          right_in(indexed("R", n - 1)),
          left_out(indexed("L", n)),
          right_out(indexed("R", n)),
          subkey(indexed("K", des::subkey_number(static_cast<unsigned>(n), direction))) {}
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

void sbox_step(const des::RoundTrace& r, Step& step) {
    const auto box = static_cast<unsigned>(step.node.last().number);
    const des::SboxTrace& s = r.sboxes[box - 1];
    const Bits input{s.input, 6}, row{s.row, 2}, column{s.column, 4}, output{s.output, 4};
    step.values = {{"input", input}, {"row", row}, {"column", column}, {"output", output}};
    step.summary = fmt::format("{} → row {}, column {} → {} = {}", plain_binary(input), s.row, s.column, s.output,
                               plain_binary(output));
    step.explanation = fmt::format(
        "S-box {} reads {}, bits {} to {} of the mixed value: the outer bits {} choose row {}, the inner bits {} "
        "choose column {}, so it gives {} = {}. Each row holds every number of four bits once: four inputs, one a row, "
        "give this output, and the output alone does not tell which it was. Decryption never turns a box round, it "
        "looks up in the same direction. The boxes are the only part of DES that is not linear.",
        box, plain_binary(input), 6 * box - 5, 6 * box, plain_binary(row), s.row, plain_binary(column), s.column,
        s.output, plain_binary(output));
}

void permute_step(const des::RoundTrace& r, Step& step) {
    step.values = {{"s_out", b32(r.s_out)}, {"p_out", b32(r.p_out)}};
    step.summary = fmt::format("P({}) = {}", b32(r.s_out), b32(r.p_out));
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
    if (node.kind() == schedule) return schedule_step(trace.schedule(node), step);
    if (node.kind() == schedule_round) return schedule_round_step(trace.schedule(node), step);

    const Pass& pass = trace.pass(node);
    const BlockRun& run = trace.block(node);
    switch (node.kind()) {
        case block: return explain_block_step(pass, run, step);
        case ip: return ip_step(run.trace, step);
        case swap: return swap_step(run.trace, step);
        case fp: return fp_step(run.trace, step);
        default: break;
    }
    const des::RoundTrace& r = trace.round(node);
    const RoundNames names(node.number(round), pass.cipher_direction());
    switch (node.kind()) {
        case round: return round_step(r, names, step);
        case expand: return expand_step(r, names, step);
        case mix: return mix_step(r, names, step);
        case sbox: return sbox_step(r, step);
        case permute: return permute_step(r, step);
        case join: return join_step(r, names, step);
        default: assert(false);
    }
}

} // namespace keyhole
