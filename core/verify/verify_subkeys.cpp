#include "core/verify/verify_subkeys.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/base/bits.hpp"
#include "core/des/des_keys.hpp"
#include "core/verify/block_guesses.hpp"

namespace keyhole::verify {
namespace {

bool any(const SubkeyList& list) {
    return std::ranges::any_of(list, [](const auto& one) { return one.has_value(); });
}

// The slips in words.
void take_slips(SubkeyPlan& plan, const std::vector<ScheduleSlip>& slips) {
    Causes causes;
    for (const ScheduleSlip& slip : slips) add_once(causes, slip.words);
    plan.cause = joined(causes);
}

// What all slips say that the subkeys should have been; false where that finds no wrong one.
bool expect_by_slips(SubkeyPlan& plan, const std::vector<ScheduleSlip>& slips, const SubkeyList& there) {
    bool any_wrong = false;
    for (unsigned number = 1; number <= 16; ++number) {
        auto& expected = plan.expected[number] = subkey_of(slips.front().halves, number);
        for (const ScheduleSlip& slip : slips) {
            if (subkey_of(slip.halves, number) != expected) expected.reset();
        }
        any_wrong = any_wrong || (expected && there[number - 1] && there[number - 1] != expected);
    }
    return any_wrong;
}

void from_key(SubkeyPlan& plan, const SubkeyList& there, des::Block key, const des::Variant& variant) {
    const des::KeySchedule schedule = des::key_schedule(key, variant);
    std::size_t agree = 0, differ = 0;
    for (unsigned number = 1; number <= 16; ++number) {
        plan.expected[number] = schedule.rounds[number - 1].subkey;
        if (there[number - 1]) ++(there[number - 1] == plan.expected[number] ? agree : differ);
    }
    if (differ == 0) return;
    if (variant.subkeys != des::Variant::Subkeys::standard) { // the slips are those of the standard's schedule
        plan.doubts_key = agree < differ;
        return;
    }
    if (const auto slips = schedule_slips(there, des::permuted_choice_1(key)); !slips.empty()) {
        return take_slips(plan, slips);
    }
    if (agree >= differ) return;
    const auto halves = halves_of(there);
    if (halves && halves->told == low_mask(56)) {
        plan.cause = joined(choice_1_slips(key, halves->bits));
        plan.other_key = key_for(halves->bits, key);
    }
    plan.doubts_key = plan.cause.empty();
}

// The subkeys that could be the only wrong one.
std::vector<unsigned> lone_culprits(const SubkeyList& there) {
    std::vector<unsigned> out;
    for (unsigned number = 1; number <= 16; ++number) {
        SubkeyList others = there;
        others[number - 1].reset();
        if (there[number - 1] && halves_of(others)) out.push_back(number);
    }
    return out;
}

void from_each_other(SubkeyPlan& plan, const SubkeyList& there) {
    plan.halves = halves_of(there);
    // A subkey is what the others say, where these say all of it.
    const auto others_say = [&](unsigned number) -> std::optional<std::uint64_t> {
        SubkeyList others = there;
        others[number - 1].reset();
        const auto halves = halves_of(others);
        return halves ? subkey_of(*halves, number) : std::nullopt;
    };
    if (plan.halves) {
        for (unsigned number = 1; number <= 16; ++number) plan.expected[number] = others_say(number);
        return;
    }
    constexpr const char* contradiction = "the subkeys do not come from one key";
    if (const auto slips = schedule_slips(there, std::nullopt); !slips.empty()) {
        take_slips(plan, slips);
        if (expect_by_slips(plan, slips, there)) return;
        plan.doubt = fmt::format("{}: {} (the key is not known, so it cannot be said what they should be)",
                                 contradiction, plan.cause);
        return;
    }
    const std::vector<unsigned> culprits = lone_culprits(there);
    if (culprits.size() == 1) plan.expected[culprits[0]] = others_say(culprits[0]);
    if (culprits.size() == 1 && plan.expected[culprits[0]]) return;
    std::vector<std::string> names;
    names.reserve(culprits.size());
    for (const unsigned number : culprits) names.push_back(fmt::format("K{}", number));
    plan.doubt = fmt::format("{} (the key is not known, so it cannot be said which {})", contradiction,
                             names.empty() ? "are wrong" : fmt::format("of {} is wrong", fmt::join(names, ", ")));
}

// What all have to be where the variant has no order of its own: as they stand in the order of DES.
void from_each_other(SubkeyPlan& plan, const SubkeyList& there, const des::Variant& variant) {
    using enum des::Variant::Subkeys;
    if (variant.subkeys == same || variant.subkeys == no_shifts) return; // each must be as the one before
    from_each_other(plan, in_order_of_des(there, variant));
    if (variant.subkeys == reversed) std::ranges::reverse(plan.expected.begin() + 1, plan.expected.end());
}

} // namespace

SubkeyList in_order_of_des(const SubkeyList& list, const des::Variant& variant) {
    SubkeyList out = list;
    if (variant.subkeys == des::Variant::Subkeys::reversed) std::ranges::reverse(out);
    return out;
}

des::Block key_for(std::uint64_t halves, des::Block there) {
    constexpr des::Block parity_bits = 0x0101010101010101;
    const des::Block bare = des::undo_permuted_choice_1(halves);
    const des::Block odd = des::with_odd_parity(bare), as_there = bare | (there & parity_bits);
    return digits_apart(as_there, there) < digits_apart(odd, there) ? as_there : odd;
}

SubkeyPlan plan_subkeys(const SubkeyList& there, const SubkeyList& known, std::optional<std::uint64_t> known_halves,
                        std::optional<des::Block> key, const des::Variant& variant) {
    SubkeyPlan plan;
    if (any(known)) {
        std::ranges::copy(known, plan.expected.begin() + 1);
        bool differ = false;
        for (std::size_t i = 0; i < known.size(); ++i)
            differ = differ || (known[i] && there[i] && known[i] != there[i]);
        if (!differ || variant.subkeys != des::Variant::Subkeys::standard) return plan;
        if (!known_halves) {
            if (const auto halves = halves_of(known); halves && halves->told == low_mask(56))
                known_halves = halves->bits;
        }
        const auto slips = known_halves ? schedule_slips(there, known_halves) : std::vector<ScheduleSlip>{};
        if (!slips.empty()) take_slips(plan, slips);
    } else if (key) {
        from_key(plan, there, *key, variant);
    } else if (any(there)) {
        from_each_other(plan, there, variant);
    }
    return plan;
}

} // namespace keyhole::verify
