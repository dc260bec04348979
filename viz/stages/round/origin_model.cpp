#include "viz/stages/round/origin_model.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/des/variant.hpp"

namespace keyhole::viz {
namespace {

using Positions = std::vector<unsigned>;

Positions positions(const CellSet& set, Lane lane) {
    Positions found;
    for (unsigned i = 1; i <= lane_width(lane); ++i) {
        if (set.contains({lane, i})) found.push_back(i);
    }
    return found;
}

// "bit 4", "bits 8 to 13", "bits 6, 16, 24, 30".
std::string list(const Positions& all) {
    std::string words;
    for (std::size_t first = 0; first < all.size();) {
        std::size_t last = first;
        while (last + 1 < all.size() && all[last + 1] == all[last] + 1) ++last;
        if (!words.empty()) words += ", ";
        words += last > first + 1 ? fmt::format("{} to {}", all[first], all[last]) : std::to_string(all[first]);
        first = last > first + 1 ? last + 1 : first + 1;
    }
    return (all.size() == 1 ? "bit " : "bits ") + words;
}

std::string key_bits(const RoundModel& round, const Positions& all) {
    Positions bits;
    for (const unsigned i : all) bits.push_back(key_bit_of(round.key_source, i, round.has_shifts));
    return fmt::format(" = key {} {}", bits.size() == 1 ? "bit" : "bits", fmt::join(bits, " "));
}

std::array<std::array<unsigned, 48>, 16> find_key_bits(const des::Variant& variant) {
    std::array<std::array<unsigned, 48>, 16> found{};
    for (unsigned bit = 1; bit <= 64; ++bit) {
        const des::KeySchedule schedule = des::key_schedule(des::Block{1} << (64 - bit), variant);
        for (std::size_t n = 0; n < 16; ++n) {
            for (unsigned i = 1; i <= 48; ++i) {
                if (bit_at(schedule.rounds[n].subkey, 48, i) != 0) found[n][i - 1] = bit;
            }
        }
    }
    return found;
}

} // namespace

std::vector<OriginRow> origin_rows(const RoundModel& round, const CellSet& lit) {
    std::vector<OriginRow> rows;
    for (const LaneModel& lane : round.lanes) {
        if (lit.full(lane.lane)) return {};
        const Positions all = positions(lit, lane.lane);
        if (all.empty()) continue;
        rows.push_back({lane.lane == Lane::mixed ? "\u2295" : lane.label, list(all), lane.meaning});
        if (lane.lane == Lane::subkey) rows.back().words += key_bits(round, all);
    }
    return rows;
}

unsigned key_bit_of(unsigned subkey, unsigned position, bool has_shifts) {
    static const auto turned = find_key_bits({});
    static const auto unturned = find_key_bits({.subkeys = des::Variant::Subkeys::no_shifts});
    return (has_shifts ? turned : unturned)[subkey - 1][position - 1];
}

} // namespace keyhole::viz
