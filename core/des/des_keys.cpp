#include "core/des/des_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>
#include <vector>

#include "core/base/bits.hpp"
#include "core/des/des_tables.hpp"

namespace keyhole::des {
namespace {

// A schedule K1 .. K16 is the reverse of another when C1' = C16 = C0, so C0' is C0 shifted back by one place.
std::optional<Block> find_dual(const KeySchedule& schedule) {
    const std::uint64_t cd = std::uint64_t{rotate_28(schedule.c0, 27)} << 28 | rotate_28(schedule.d0, 27);
    const Block dual = with_odd_parity(undo_permuted_choice_1(cd));
    const auto other = key_schedule(dual).rounds;
    const bool reversed = std::equal(schedule.rounds.begin(), schedule.rounds.end(), other.rbegin(),
                                     [](const auto& a, const auto& b) { return a.subkey == b.subkey; });
    return reversed ? std::optional(dual) : std::nullopt;
}

} // namespace

Block undo_permuted_choice_1(std::uint64_t cd) {
    Block key = 0;
    for (unsigned i = 1; i <= 56; ++i) key |= Block{bit_at(cd, 56, i)} << (64 - pc1_table[i - 1]);
    return key;
}

Block with_odd_parity(Block key) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
        const auto seven = static_cast<unsigned>(key >> shift & 0xFE);
        const std::uint64_t parity = std::popcount(seven) % 2 == 0 ? 1 : 0;
        key = (key & ~(std::uint64_t{1} << shift)) | parity << shift;
    }
    return key;
}

KeyReport inspect_key(Block key) {
    const KeySchedule schedule = key_schedule(key);
    std::set<std::uint64_t> subkeys;
    for (const ScheduleRound& round : schedule.rounds) subkeys.insert(round.subkey);

    KeyReport report{.odd_parity = with_odd_parity(key) == key,
                     .distinct_subkeys = static_cast<unsigned>(subkeys.size()),
                     .dual = std::nullopt};
    switch (report.distinct_subkeys) {
        case 1: report.key_class = KeyClass::weak; break;
        case 2:
            report.key_class = KeyClass::semi_weak;
            report.dual = find_dual(schedule);
            break;
        case 4: report.key_class = KeyClass::possibly_weak; break;
        default: break;
    }
    return report;
}

std::string parity_words(Block found, std::optional<Block> known) {
    std::vector<unsigned> others;
    bool same = known.has_value();
    for (unsigned shift = 64; known && shift > 0;) {
        shift -= 8;
        const auto differs = (found ^ *known) >> shift & 0xFF;
        if (differs == 1) others.push_back(64 - shift);
        same = same && differs <= 1;
    }
    const std::string bits = fmt::format("{}", fmt::join(others, ", "));
    if (same && others.empty()) return "it is the known key itself";
    if (same)
        return fmt::format("it is the known key 0x{:016X} but for its parity bit{} {}; DES ignores these bits", *known,
                           others.size() == 1 ? "" : "s", bits);
    return fmt::format("its parity bits (8, 16, .. 64) make every byte odd; DES ignores these bits{}",
                       others.empty() ? "" : ", of which the known key has others at " + bits);
}

std::string describe(const KeyReport& report) {
    std::string text;
    switch (report.key_class) {
        case KeyClass::weak:
            text = "weak key: its sixteen subkeys are all equal, so enciphering twice gives the plaintext back";
            break;
        case KeyClass::semi_weak:
            text = fmt::format(
                "semi-weak key: it has only two different subkeys, and what it enciphers the key 0x{:016X} enciphers "
                "back",
                report.dual.value_or(0));
            break;
        case KeyClass::possibly_weak: text = "possibly weak key: it has only four different subkeys"; break;
        case KeyClass::ordinary: break;
    }
    if (!report.odd_parity) {
        if (!text.empty()) text += "; ";
        text += "bad parity: not every byte has an odd number of ones (DES ignores these bits)";
    }
    return text;
}

} // namespace keyhole::des
