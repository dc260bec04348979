// Words and values for the key schedule. (FIPS 46-3, appendix 1.)
#include <set>

#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"
#include "core/steps/des/explain_des.hpp"

namespace keyhole {
namespace {

using Subkeys = des::Variant::Subkeys;

unsigned distinct_subkeys(const des::KeySchedule& schedule) {
    std::set<std::uint64_t> all;
    for (const des::ScheduleRound& round : schedule.rounds) all.insert(round.subkey);
    return static_cast<unsigned>(all.size());
}

// What a variant does with the subkeys that DES makes.
std::string_view subkey_rule(Subkeys subkeys) {
    switch (subkeys) {
        case Subkeys::standard:
            return "Each round then turns both halves to the left and picks 48 bits of them as its "
                   "subkey.";
        case Subkeys::same:
            return "Each round turns both halves to the left, but in this variant every round gets the "
                   "subkey of round 1.";
        case Subkeys::reversed:
            return "Each round turns both halves to the left, but in this variant the first round "
                   "gets the subkey of round 16, and so on backwards.";
        case Subkeys::no_shifts: break;
    }
    return "In this variant nothing is turned: every round picks the same 48 bits as its subkey.";
}

std::string used_subkeys(unsigned rounds) {
    if (rounds == 16) return {};
    if (rounds == 1) return fmt::format(" The one round of this variant uses only {}.", indexed("K", 1));
    return fmt::format(" The {} rounds of this variant use only {} to {}.", rounds, indexed("K", 1),
                       indexed("K", rounds));
}

void schedule_step(const des::KeySchedule& schedule, const des::Variant& variant, Step& step) {
    const Bits key = b64(schedule.key), c = b28(schedule.c0), d = b28(schedule.d0);
    const unsigned distinct = distinct_subkeys(schedule);
    step.values = {{"key", key}, {"c", c}, {"d", d}, {"distinct_subkeys", Count{distinct}}};
    step.summary = fmt::format("PC-1 of {} gives C₀ {} and D₀ {}; sixteen subkeys follow", key, c, d);
    // What is said of weak keys holds for DES only.
    const std::string remark = variant.is_des() ? des::describe(des::inspect_key(schedule.key)) : std::string();
    step.explanation = fmt::format(
        "Permuted choice 1 takes 56 of the key's 64 bits and leaves out every eighth, the parity bits: of the key {} "
        "it makes C₀ = {} and D₀ = {}. {} {}{}",
        key, c, d, subkey_rule(variant.subkeys),
        remark.empty()
            ? fmt::format("This key gives {}.", distinct == 1 ? "one and the same subkey to all rounds"
                                                              : fmt::format("{} different subkeys", distinct))
            : fmt::format("Beware of this {}.", remark),
        used_subkeys(variant.rounds));
}

// Where the subkey comes from.
std::string choice_words(const des::KeySchedule& schedule, const des::Variant& variant, unsigned n) {
    const Bits subkey = b48(schedule.rounds[n - 1].subkey);
    const unsigned source = des::subkey_source(variant.subkeys, n);
    if (source == n) {
        return fmt::format(
            "Permuted choice 2 then picks 48 of these 56 bits: {} = {}. Eight bits of C and D are not used in this "
            "round.",
            indexed("K", n), subkey);
    }
    return fmt::format(
        "This variant gives this round the subkey that DES gives to round {}: permuted choice 2 picks "
        "48 bits of {} {} and {} {}: {} = {}.",
        source, indexed("C", source), b28(schedule.rounds[source - 1].c), indexed("D", source),
        b28(schedule.rounds[source - 1].d), indexed("K", n), subkey);
}

void schedule_round_step(const des::KeySchedule& schedule, const des::Variant& variant, Step& step) {
    const auto n = static_cast<unsigned>(step.node.last().number);
    const des::ScheduleRound& round = schedule.rounds[n - 1];
    const std::uint32_t c = n == 1 ? schedule.c0 : schedule.rounds[n - 2].c;
    const std::uint32_t d = n == 1 ? schedule.d0 : schedule.rounds[n - 2].d;
    step.values = {{"c_in", b28(c)},    {"d_in", b28(d)},    {"shift", Count{round.shift}},
                   {"c", b28(round.c)}, {"d", b28(round.d)}, {"subkey", b48(round.subkey)}};
    step.summary =
        fmt::format("{}: {} = {}", round.shift == 0 ? "no shift" : fmt::format("shift left by {}", round.shift),
                    indexed("K", n), b48(round.subkey));
    if (round.shift == 0) {
        step.explanation = fmt::format("In this variant the halves are not turned: {} {} is {} again, and {} {} is {}.",
                                       indexed("C", n), b28(round.c), indexed("C", n - 1), indexed("D", n),
                                       b28(round.d), indexed("D", n - 1));
    } else {
        step.explanation = fmt::format(
            "Both halves turn left by {}: {} {} becomes {} {}, and {} {} becomes {} {}. What falls off on the left "
            "comes back on the right.",
            counted(round.shift, "place"), indexed("C", n - 1), b28(c), indexed("C", n), b28(round.c),
            indexed("D", n - 1), b28(d), indexed("D", n), b28(round.d));
    }
    step.explanation += " " + choice_words(schedule, variant, n);
    if (n > variant.rounds)
        step.explanation +=
            fmt::format(" This variant has {}, and none of them uses it.", counted(variant.rounds, "round"));
}

} // namespace

void explain_schedule_step(const TraceValues& trace, Step& step) {
    const des::Variant& variant = trace.recording().variant;
    const des::KeySchedule& schedule = trace.schedule(step.node);
    if (step.node.kind() == Kind::schedule) return schedule_step(schedule, variant, step);
    schedule_round_step(schedule, variant, step);
}

} // namespace keyhole
