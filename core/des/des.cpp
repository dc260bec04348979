#include "core/des/des.hpp"

#include "core/base/bits.hpp"
#include "core/des/des_rounds.hpp"
#include "core/des/des_tables.hpp"

namespace keyhole::des {
namespace {

// DES as the standard has it, for the algorithm in des_rounds.hpp.
struct Standard {
    static constexpr unsigned rounds() { return 16; }
    static constexpr bool final_swap() { return true; }
    static unsigned subkey_number(unsigned round, Direction direction) { return des::subkey_number(round, direction); }
    static Block initial_permutation(Block block) { return des::initial_permutation(block); }
    static Block final_permutation(Block preoutput) { return des::final_permutation(preoutput); }
    static std::uint32_t permutation(std::uint32_t s_out) { return des::permutation(s_out); }
    static SboxTrace select(unsigned box, std::uint8_t six_bits) { return des::select(box, six_bits); }
};

} // namespace

Block initial_permutation(Block block) { return select_bits(block, 64, ip_table); }

Block final_permutation(Block preoutput) { return select_bits(preoutput, 64, fp_table); }

std::uint64_t expansion(std::uint32_t right) { return select_bits(right, 32, e_table); }

std::uint32_t permutation(std::uint32_t s_out) { return static_cast<std::uint32_t>(select_bits(s_out, 32, p_table)); }

SboxTrace select(unsigned box, std::uint8_t six_bits) {
    const auto row = static_cast<std::uint8_t>((six_bits >> 4 & 2) | (six_bits & 1));
    const auto column = static_cast<std::uint8_t>(six_bits >> 1 & 15);
    return {six_bits, row, column, s_boxes[box - 1][row][column]};
}

std::uint64_t permuted_choice_1(Block key) { return select_bits(key, 64, pc1_table); }

std::uint64_t permuted_choice_2(std::uint32_t c, std::uint32_t d) {
    return select_bits(std::uint64_t{c} << 28 | d, 56, pc2_table);
}

std::uint32_t rotate_28(std::uint32_t half, unsigned count) {
    return (half << count | half >> (28 - count)) & static_cast<std::uint32_t>(low_mask(28));
}

KeySchedule key_schedule(Block key) {
    const std::uint64_t cd = permuted_choice_1(key);
    KeySchedule schedule{
        .key = key, .c0 = static_cast<std::uint32_t>(cd >> 28), .d0 = static_cast<std::uint32_t>(cd & low_mask(28))};
    std::uint32_t c = schedule.c0;
    std::uint32_t d = schedule.d0;
    for (unsigned n = 1; n <= 16; ++n) {
        const unsigned shift = shift_table[n - 1];
        c = rotate_28(c, shift);
        d = rotate_28(d, shift);
        schedule.rounds[n - 1] = {shift, c, d, permuted_choice_2(c, d)};
    }
    return schedule;
}

Block crypt(Block block, const KeySchedule& schedule, Direction direction) {
    return run(Standard{}, block, schedule, direction, Silent{});
}

BlockTrace trace(Block block, const KeySchedule& schedule, Direction direction) {
    BlockTrace out;
    run(Standard{}, block, schedule, direction, Recorder{out});
    return out;
}

} // namespace keyhole::des
