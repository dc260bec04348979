// The algorithm itself, once for all: DES and its variants, traced or not. What a cipher does with IP, P, the boxes and
// the swap it says in functions of these names; DES's say it at compile time, so that nothing of the choice is left.
#pragma once

#include "core/base/bits.hpp"
#include "core/des/des.hpp"

namespace keyhole::des {

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

template <class Cipher, class Tap>
Block run(const Cipher& cipher, Block input, const KeySchedule& schedule, Direction direction, Tap tap) {
    const Block permuted = cipher.initial_permutation(input);
    tap.start(input, permuted);

    auto left = static_cast<std::uint32_t>(permuted >> 32);
    auto right = static_cast<std::uint32_t>(permuted);
    for (unsigned n = 1; n <= cipher.rounds(); ++n) {
        const std::uint64_t subkey = schedule.rounds[cipher.subkey_number(n, direction) - 1].subkey;
        // f(R, K) = P(S1(B1) S2(B2) .. S8(B8)) where B1 B2 .. B8 = K xor E(R)
        const std::uint64_t expanded = expansion(right);
        const std::uint64_t mixed = expanded ^ subkey;
        std::uint32_t s_out = 0;
        for (unsigned box = 1; box <= 8; ++box) {
            const SboxTrace look_up =
                cipher.select(box, static_cast<std::uint8_t>(bit_slice(mixed, 48, 6 * box - 5, 6)));
            tap.sbox(n, box, look_up);
            s_out = s_out << 4 | look_up.output;
        }
        const std::uint32_t p_out = cipher.permutation(s_out);
        // L' = R, R' = L xor f(R, K)
        const std::uint32_t new_right = left ^ p_out;
        tap.round(n, left, right, expanded, subkey, mixed, s_out, p_out, new_right);
        left = right;
        right = new_right;
    }

    const Block preoutput = cipher.final_swap() ? std::uint64_t{right} << 32 | left : std::uint64_t{left} << 32 | right;
    const Block output = cipher.final_permutation(preoutput);
    tap.finish(preoutput, output);
    return output;
}

} // namespace keyhole::des
