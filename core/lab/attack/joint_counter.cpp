#include "core/lab/attack/joint_counter.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <unordered_map>

namespace keyhole::lab {
namespace {

constexpr std::size_t most_candidates = 4096; // of four boxes, whose fifth is counted
constexpr std::uint64_t most_of_a_pair = 1U << 16;

template <class With>
void for_each(Subkeys set, With with) {
    for (; set != 0; set &= set - 1) with(static_cast<std::uint32_t>(std::countr_zero(set)));
}

// Calls with(subkeys of the first four boxes) for each combination.
template <class With>
void for_each_four(const std::vector<unsigned>& boxes, const std::array<Subkeys, 8>& suggested, With with) {
    for_each(suggested[boxes[0]], [&](std::uint32_t a) {
        for_each(suggested[boxes[1]], [&](std::uint32_t b) {
            for_each(suggested[boxes[2]], [&](std::uint32_t c) {
                for_each(suggested[boxes[3]], [&](std::uint32_t d) { with(a << 18 | b << 12 | c << 6 | d); });
            });
        });
    });
}

} // namespace

JointCounter::JointCounter(std::span<const unsigned> boxes)
    : boxes_(boxes.begin(), boxes.end()), table_(std::size_t{1} << 24) {}

void JointCounter::add(const std::array<Subkeys, 8>& suggested) {
    std::uint64_t combinations = 1;
    for (std::size_t i = 0; i < 4; ++i) combinations *= static_cast<std::uint64_t>(std::popcount(suggested[boxes_[i]]));
    if (combinations > most_of_a_pair) return;
    suggestions_.push_back(suggested);
    for_each_four(boxes_, suggested, [&](std::uint32_t subkey) {
        if (table_[subkey] < std::numeric_limits<std::uint16_t>::max()) ++table_[subkey];
    });
}

std::vector<JointCount> JointCounter::ranking(std::size_t most) const {
    // The least count of which there are not too many.
    std::vector<std::size_t> having(std::size_t{std::numeric_limits<std::uint16_t>::max()} + 1);
    for (const std::uint16_t count : table_) ++having[count];
    std::size_t least = having.size(), candidates = 0;
    while (least > 1 && candidates + having[least - 1] <= most_candidates) candidates += having[--least];

    std::unordered_map<std::uint32_t, std::array<unsigned, 64>> fifth;
    for (const std::array<Subkeys, 8>& suggested : suggestions_) {
        for_each_four(boxes_, suggested, [&](std::uint32_t subkey) {
            if (table_[subkey] < least) return;
            auto& counts = fifth[subkey];
            for_each(suggested[boxes_[4]], [&](std::uint32_t six) { ++counts[six]; });
        });
    }
    std::vector<JointCount> ranked;
    for (const auto& [subkey, counts] : fifth) {
        for (std::uint32_t six = 0; six < 64; ++six) {
            if (counts[six] > 1) ranked.push_back({subkey << 6 | six, counts[six]});
        }
    }
    std::ranges::sort(ranked, [](const JointCount& a, const JointCount& b) {
        return a.count != b.count ? a.count > b.count : a.subkey < b.subkey;
    });
    if (ranked.size() > most) ranked.resize(most);
    return ranked;
}

} // namespace keyhole::lab
