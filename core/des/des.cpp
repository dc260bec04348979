#include "core/des/des.hpp"

#include "core/base/bits.hpp"
#include "core/des/des_tables.hpp"

namespace keyhole::des {
namespace {

// What the algorithm shows on its way. The silent tap is empty, so that the compiler removes it.
struct Silent {
    static void start(Block, Block) {}
    static void sbox(unsigned, unsigned, SboxTrace) {}
    static void round(unsigned, std::uint32_t, std::uint32_t, std::uint64_t, std::uint64_t, std::uint64_t,
                      std::uint32_t, std::uint32_t, std::uint32_t) {}
    static void finish(Block, Block) {}
};

struct Recorder {
    BlockTrace& out;

    void start(Block input, Block after_ip) {
        out.input = input;
        out.after_ip = after_ip;
    }
    void sbox(unsigned round, unsigned box, SboxTrace look_up) { out.rounds[round - 1].sboxes[box - 1] = look_up; }
    void round(unsigned number, std::uint32_t left, std::uint32_t right, std::uint64_t expanded, std::uint64_t subkey,
               std::uint64_t mixed, std::uint32_t s_out, std::uint32_t p_out, std::uint32_t new_right) {
        RoundTrace& r = out.rounds[number - 1];
        r.left_in = left;
        r.right_in = right;
        r.expanded = expanded;
        r.subkey = subkey;
        r.mixed = mixed;
        r.s_out = s_out;
        r.p_out = p_out;
        r.left_out = right;
        r.right_out = new_right;
    }
    void finish(Block preoutput, Block output) {
        out.preoutput = preoutput;
        out.output = output;
    }
};

template <class Tap>
Block run(Block input, const KeySchedule& schedule, Direction direction, Tap tap) {
    const Block permuted = initial_permutation(input);
    tap.start(input, permuted);

    auto left = static_cast<std::uint32_t>(permuted >> 32);
    auto right = static_cast<std::uint32_t>(permuted);
    for (unsigned n = 1; n <= 16; ++n) {
        const std::uint64_t subkey = schedule.rounds[subkey_number(n, direction) - 1].subkey;
        // f(R, K) = P(S1(B1) S2(B2) .. S8(B8)) where B1 B2 .. B8 = K xor E(R)
        const std::uint64_t expanded = expansion(right);
        const std::uint64_t mixed = expanded ^ subkey;
        std::uint32_t s_out = 0;
        for (unsigned box = 1; box <= 8; ++box) {
            const SboxTrace look_up = select(box, static_cast<std::uint8_t>(bit_slice(mixed, 48, 6 * box - 5, 6)));
            tap.sbox(n, box, look_up);
            s_out = s_out << 4 | look_up.output;
        }
        const std::uint32_t p_out = permutation(s_out);
        // L' = R, R' = L xor f(R, K)
        const std::uint32_t new_right = left ^ p_out;
        tap.round(n, left, right, expanded, subkey, mixed, s_out, p_out, new_right);
        left = right;
        right = new_right;
    }

    const Block preoutput = std::uint64_t{right} << 32 | left;
    const Block output = final_permutation(preoutput);
    tap.finish(preoutput, output);
    return output;
}

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
    return run(block, schedule, direction, Silent{});
}

BlockTrace trace(Block block, const KeySchedule& schedule, Direction direction) {
    BlockTrace out;
    run(block, schedule, direction, Recorder{out});
    return out;
}

} // namespace keyhole::des
