#include "viz/stages/schedule/schedule_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"
#include "core/des/des_tables.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

constexpr unsigned half = 28;

// All left shifts up to and with that round.
constexpr unsigned shifts_until(unsigned round) {
    unsigned sum = 0;
    for (unsigned n = 1; n <= round; ++n) sum += des::shift_table[n - 1];
    return sum;
}
static_assert(shifts_until(16) == half); // once around: C16 D16 are C0 D0 again

// The place in C D (1 to 56) of the bit that began at `start`, after `shifts` left shifts of both halves.
constexpr unsigned rotated(unsigned start, unsigned shifts) {
    const unsigned first = start > half ? half : 0;
    return first + (start - 1 - first + half - shifts % half) % half + 1;
}

template <std::size_t N>
constexpr unsigned place_in(const des::Selection<N>& table, unsigned source) {
    for (unsigned i = 0; i < N; ++i) {
        if (table[i] == source) return i + 1;
    }
    return 0;
}

KeyPath make_path(unsigned key, unsigned round, Subkeys subkeys) {
    const bool turns = subkeys != Subkeys::no_shifts;
    const auto shifts = [&](unsigned n) { return turns ? shifts_until(n) : 0; };
    KeyPath path{.key = key, .start = place_in(des::pc1_table, key)};
    if (path.parity()) return path;
    path.before = rotated(path.start, round == 0 ? 0 : shifts(round - 1));
    path.after = rotated(path.start, shifts(round));
    path.wrapped = path.after > path.before;
    if (round > 0)
        path.subkey = place_in(des::pc2_table, rotated(path.start, shifts(des::subkey_source(subkeys, round))));
    return path;
}

std::array<std::array<KeyPath, 64>, 17> make_paths(Subkeys subkeys) {
    std::array<std::array<KeyPath, 64>, 17> paths;
    for (unsigned round = 0; round <= 16; ++round) {
        for (unsigned key = 1; key <= 64; ++key) paths[round][key - 1] = make_path(key, round, subkeys);
    }
    return paths;
}

std::string half_words(unsigned place, unsigned round) {
    const bool right = place > half;
    return fmt::format("{} position {}", indexed(right ? "D" : "C", round), right ? place - half : place);
}

std::string all_places_words(unsigned key_bit, Subkeys subkeys) {
    const auto places = subkey_places(key_bit, subkeys);
    std::string used, unused;
    for (unsigned n = 1; n <= 16; ++n) {
        if (places[n - 1] == 0) {
            unused += (unused.empty() ? "" : ", ") + indexed("K", n);
        } else {
            used += fmt::format("{}{} bit {}", used.empty() ? "" : ", ", indexed("K", n), places[n - 1]);
        }
    }
    return unused.empty() ? used : fmt::format("{}; not in {}", used, unused);
}

} // namespace

const std::array<KeyPath, 64>& key_paths(unsigned round, Subkeys subkeys) {
    static const std::array paths = {make_paths(Subkeys::standard), make_paths(Subkeys::same),
                                     make_paths(Subkeys::reversed), make_paths(Subkeys::no_shifts)};
    return paths[static_cast<std::size_t>(subkeys)][round];
}

std::optional<KeyPath> path_through(KeyLane lane, unsigned position, unsigned round, Subkeys subkeys) {
    for (const KeyPath& path : key_paths(round, subkeys)) {
        if (path.at(lane) == position) return path;
    }
    return std::nullopt;
}

std::array<unsigned, 16> subkey_places(unsigned key_bit, Subkeys subkeys) {
    std::array<unsigned, 16> places{};
    for (unsigned n = 1; n <= 16; ++n) places[n - 1] = key_paths(n, subkeys)[key_bit - 1].subkey;
    return places;
}

std::string path_words(unsigned key_bit, unsigned round, Subkeys kind) {
    const KeyPath& path = key_paths(round, kind)[key_bit - 1];
    if (path.parity())
        return fmt::format("key bit {}: the parity bit of byte {}, left out by PC-1", key_bit, key_bit / 8);
    std::string words = fmt::format("key bit {} \u2192 {}", key_bit, half_words(path.start, 0));
    if (round == 0) return fmt::format("{} \u2192 {}", words, all_places_words(key_bit, kind));
    if (round > 1) words += fmt::format(" \u2192 {}", half_words(path.before, round - 1));
    words += fmt::format(" \u2192 {}", half_words(path.after, round));
    if (path.subkey == 0) return words + ", one of the eight that PC-2 leaves out";
    return fmt::format("{} \u2192 {} bit {}", words, indexed("K", round), path.subkey);
}

ScheduleModel make_schedule_model(const Trace& trace, const Node& node) {
    const des::KeySchedule& schedule = trace.schedule(node);
    ScheduleModel model;
    const des::Variant& variant = trace.recording().variant;
    model.kind = variant.subkeys;
    model.round = static_cast<unsigned>(node.number(Kind::schedule_round));
    for (unsigned n = 1; n <= 16; ++n) {
        const des::ScheduleRound& r = schedule.rounds[n - 1];
        model.subkeys[n - 1] = {n, r.shift, {r.c, half}, {r.d, half}, {r.subkey, 48}};
    }
    const auto both = [&](unsigned n) {
        const std::uint64_t c = n == 0 ? schedule.c0 : schedule.rounds[n - 1].c;
        const std::uint64_t d = n == 0 ? schedule.d0 : schedule.rounds[n - 1].d;
        return Bits{c << half | d, 2 * half};
    };
    const unsigned n = model.round;
    model.lanes = {Bits{schedule.key, 64}, both(0), both(n == 0 ? 0 : n - 1), both(n),
                   n == 0 ? Bits{0, 48} : model.subkeys[n - 1].subkey};
    if (n > 0) {
        model.shift = model.subkeys[n - 1].shift;
        model.shifts_before = model.kind == Subkeys::no_shifts ? 0 : shifts_until(n - 1);
        model.source = des::subkey_source(model.kind, n);
    }
    if (!variant.is_des()) { // what is said of weak keys holds for DES only
        std::set<std::uint64_t> different;
        for (const des::ScheduleRound& r : schedule.rounds) different.insert(r.subkey);
        model.remark = fmt::format("{} in this variant", counted(different.size(), "different subkey"));
        return model;
    }
    const des::KeyReport report = des::inspect_key(schedule.key);
    model.remark = des::describe(report);
    model.special = !model.remark.empty();
    if (!model.special)
        model.remark = fmt::format("{} different subkeys, odd parity in every byte", report.distinct_subkeys);
    return model;
}

} // namespace keyhole::viz
