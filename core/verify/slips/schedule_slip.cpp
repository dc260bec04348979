#include "core/verify/slips/schedule_slip.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/base/bits.hpp"
#include "core/des/des_tables.hpp"

namespace keyhole::verify {
namespace {

constexpr std::size_t fewest_rounds = 3;
constexpr std::uint8_t turn_counts[] = {0, 1, 2};

using Choice = std::array<std::uint8_t, 48>; // for each bit of a subkey its place in C D, 1 to 56
using Turns = std::array<int, 17>;           // how far C and D are turned in all after each round; 0 before the first

// A way to make subkeys, right or wrong.
struct Making {
    std::string words;
    Turns turns;
    Choice choice = des::pc2_table;
    unsigned (*number)(unsigned) = [](unsigned n) { return n; }; // after which round the subkey is taken
};

Turns turns_by(const std::array<std::uint8_t, 16>& shifts) {
    Turns out{};
    std::partial_sum(shifts.begin(), shifts.end(), out.begin() + 1, [](int a, int b) { return a + b; });
    return out;
}

// The place in C0 D0 (1 to 56) of what stands at `place` after C and D were turned left.
unsigned place_before(unsigned place, int turned) {
    const unsigned half = place <= 28 ? 0 : 28;
    return half + (place - half - 1 + static_cast<unsigned>(turned % 28 + 28)) % 28 + 1;
}

std::optional<Halves> solve(const SubkeyList& subkeys, const Making& making, std::optional<std::uint64_t> known) {
    Halves out{known.value_or(0), known ? low_mask(56) : 0};
    for (unsigned number = 1; number <= 16; ++number) {
        if (!subkeys[number - 1]) continue;
        const int turned = making.turns[making.number(number)];
        for (unsigned bit = 1; bit <= 48; ++bit) {
            const std::uint64_t mask = std::uint64_t{1} << (56 - place_before(making.choice[bit - 1], turned));
            const std::uint64_t value = bit_at(*subkeys[number - 1], 48, bit) == 1 ? mask : 0;
            if ((out.told & mask) != 0 && (out.bits & mask) != value) return std::nullopt;
            out.told |= mask;
            out.bits |= value;
        }
    }
    return out;
}

// PC-2 of 56 bits that are known by their places: any change of the places or of the result makes a wrong choice.
template <class F>
Choice choice_of(F place) {
    Choice out;
    for (unsigned bit = 1; bit <= 48; ++bit) out[bit - 1] = static_cast<std::uint8_t>(place(bit));
    return out;
}

struct WrongChoice {
    const char* words;
    Choice choice;
};

const std::vector<WrongChoice>& wrong_choices() {
    const auto pc2 = [](unsigned bit) { return unsigned{des::pc2_table[bit - 1]}; };
    constexpr const char* other_end = "PC-2 counted the bits from the other end";
    static const std::vector<WrongChoice> all = {
        {"PC-2 was left out", choice_of([](unsigned bit) { return bit; })},
        {"PC-2 was left out", choice_of([](unsigned bit) { return bit + 8; })},
        {"C and D were swapped before PC-2", choice_of([&](unsigned bit) { return (pc2(bit) + 27) % 56 + 1; })},
        {other_end, choice_of([&](unsigned bit) { return 57 - pc2(bit); })},
        {other_end, choice_of([&](unsigned bit) { return pc2(49 - bit); })},
        {other_end, choice_of([&](unsigned bit) { return 57 - pc2(49 - bit); })},
    };
    return all;
}

std::vector<Making> wrong_makings() {
    std::vector<Making> out;
    const Turns right = turns_by(des::shift_table);
    const auto places = [](int count) { return count == 1 ? "1 place" : fmt::format("{} places", count); };
    const auto add_turns = [&](std::string words, const Turns& turns) {
        out.push_back({.words = std::move(words), .turns = turns});
    };
    for (unsigned round = 1; round <= 16; ++round) {
        for (const std::uint8_t count : turn_counts) {
            auto shifts = des::shift_table;
            if (shifts[round - 1] == count) continue;
            shifts[round - 1] = count;
            add_turns(fmt::format("C and D were turned by {} instead of {} in round {}", places(count),
                                  des::shift_table[round - 1], round),
                      turns_by(shifts));
        }
    }
    for (const std::uint8_t count : turn_counts) {
        std::array<std::uint8_t, 16> shifts;
        shifts.fill(count);
        add_turns(count == 0 ? "C and D were not turned"
                             : fmt::format("C and D were turned by {} in every round", places(count)),
                  turns_by(shifts));
    }
    Turns to_the_right = right, from_start{};
    for (int& turned : to_the_right) turned = -turned;
    for (unsigned round = 1; round <= 16; ++round) from_start[round] = des::shift_table[round - 1];
    add_turns("C and D were turned to the right", to_the_right);
    add_turns("C and D were turned from C0 and D0 in every round", from_start);
    for (const WrongChoice& wrong : wrong_choices()) {
        out.push_back({.words = wrong.words, .turns = right, .choice = wrong.choice});
    }
    const auto add_order = [&](const char* words, unsigned (*number)(unsigned)) {
        out.push_back({.words = words, .turns = right, .number = number});
    };
    add_order("the subkeys are in the opposite order", [](unsigned n) { return 17 - n; });
    add_order("each subkey is that of the round before", [](unsigned n) { return n - 1; });
    add_order("each subkey is that of the round after", [](unsigned n) { return n % 16 + 1; });
    add_order("K1 was taken in every round", [](unsigned) { return 1U; });
    add_order("K16 was taken in every round", [](unsigned) { return 16U; });
    return out;
}

// The key without bits 8, 16 .. 64, or without bits 1, 9 .. 57.
std::uint64_t without_parity(des::Block key, unsigned parity_place) {
    std::uint64_t out = 0;
    for (unsigned position = 1; position <= 64; ++position) {
        if (position % 8 != parity_place) out = out << 1 | bit_at(key, 64, position);
    }
    return out;
}

} // namespace

std::optional<Halves> halves_of(const SubkeyList& subkeys) {
    static const Making right{.words = {}, .turns = turns_by(des::shift_table)};
    return solve(subkeys, right, std::nullopt);
}

std::optional<std::uint64_t> subkey_of(const Halves& halves, unsigned number) {
    static const Turns turns = turns_by(des::shift_table);
    std::uint64_t out = 0;
    for (const unsigned place : des::pc2_table) {
        const unsigned from = place_before(place, turns[number]);
        if (bit_at(halves.told, 56, from) == 0) return std::nullopt;
        out = out << 1 | bit_at(halves.bits, 56, from);
    }
    return out;
}

std::vector<ScheduleSlip> schedule_slips(const SubkeyList& subkeys, std::optional<std::uint64_t> halves) {
    static const std::vector<Making> all = wrong_makings();
    std::vector<ScheduleSlip> out;
    const auto there = std::ranges::count_if(subkeys, [](const auto& one) { return one.has_value(); });
    if (!halves && there < static_cast<std::ptrdiff_t>(fewest_rounds)) return out;
    for (const Making& making : all) {
        if (const auto found = solve(subkeys, making, halves)) out.push_back({making.words, *found});
    }
    return out;
}

Causes choice_1_slips(des::Block key, std::uint64_t wrong) {
    if (wrong == without_parity(key, 0) || wrong == without_parity(key, 1)) return {"PC-1 was left out"};
    const std::uint64_t right = des::permuted_choice_1(key);
    if (wrong == ((right << 28 | right >> 28) & low_mask(56))) return {"C0 and D0 are swapped"};
    return selection_slips({"PC-1", 64, 56, des::permuted_choice_1}, key, wrong);
}

Causes choice_2_slips(std::uint64_t halves, std::uint64_t before, std::uint64_t wrong) {
    Causes out;
    for (const WrongChoice& slip : wrong_choices()) {
        if (des::select_bits(halves, 56, slip.choice) == wrong) add_once(out, slip.words);
    }
    if (des::select_bits(before, 56, des::pc2_table) == wrong) add_once(out, "it was taken before C and D were turned");
    return out;
}

Causes rotation_slips(std::uint32_t before, unsigned shift, std::uint32_t wrong) {
    if (wrong == before) return {"it is that of the round before"};
    if (wrong == des::rotate_28(before, 28 - shift)) return {"it was turned to the right"};
    for (const unsigned count : {1U, 2U, 3U}) {
        if (count != shift && wrong == des::rotate_28(before, count)) {
            return {fmt::format("it was turned by {} instead of {}", count, shift)};
        }
    }
    if (wrong == (before << shift & low_mask(28))) return {"what left it at the left was lost"};
    return {};
}

} // namespace keyhole::verify
