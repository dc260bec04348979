#include "core/des/variant.hpp"

#include "core/des/des_rounds.hpp"

namespace keyhole::des {
namespace {

// A variant for the algorithm in des_rounds.hpp.
struct Changed {
    const Variant& variant;

    unsigned rounds() const { return variant.rounds; }
    bool final_swap() const { return variant.final_swap; }
    unsigned subkey_number(unsigned round, Direction direction) const {
        return des::subkey_number(round, direction, variant);
    }
    Block initial_permutation(Block block) const { return des::initial_permutation(block, variant); }
    Block final_permutation(Block preoutput) const { return des::final_permutation(preoutput, variant); }
    std::uint32_t permutation(std::uint32_t s_out) const { return des::permutation(s_out, variant); }
    SboxTrace select(unsigned box, std::uint8_t six_bits) const { return des::select(box, six_bits, variant); }
};

} // namespace

SBox linear_box() {
    SBox box{};
    for (auto& row : box) {
        for (std::size_t column = 0; column < row.size(); ++column) row[column] = static_cast<std::uint8_t>(column);
    }
    return box;
}

KeySchedule key_schedule(Block key, const Variant& variant) {
    KeySchedule schedule = key_schedule(key);
    if (variant.subkeys == Variant::Subkeys::standard) return schedule;
    if (variant.subkeys == Variant::Subkeys::no_shifts) {
        const std::uint64_t subkey = permuted_choice_2(schedule.c0, schedule.d0);
        schedule.rounds.fill({.shift = 0, .c = schedule.c0, .d = schedule.d0, .subkey = subkey});
        return schedule;
    }
    const auto own = schedule.rounds;
    for (unsigned n = 1; n <= 16; ++n)
        schedule.rounds[n - 1].subkey = own[subkey_source(variant.subkeys, n) - 1].subkey;
    return schedule;
}

Block crypt(Block block, const KeySchedule& schedule, const Variant& variant, Direction direction) {
    return run(Changed{variant}, block, schedule, direction, Silent{});
}

BlockTrace trace(Block block, const KeySchedule& schedule, const Variant& variant, Direction direction) {
    BlockTrace out;
    run(Changed{variant}, block, schedule, direction, Recorder{out});
    return out;
}

Block initial_permutation(Block block, const Variant& variant) {
    return variant.has_ip ? initial_permutation(block) : block;
}

Block final_permutation(Block preoutput, const Variant& variant) {
    return variant.has_ip ? final_permutation(preoutput) : preoutput;
}

std::uint32_t permutation(std::uint32_t s_out, const Variant& variant) {
    return variant.has_p ? permutation(s_out) : s_out;
}

SboxTrace select(unsigned box, std::uint8_t six_bits, const Variant& variant) {
    SboxTrace look_up = select(box, six_bits);
    look_up.output = variant.boxes[box - 1][look_up.row][look_up.column];
    return look_up;
}

} // namespace keyhole::des
