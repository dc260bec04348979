#include "core/lab/attack/linear_trail.hpp"

#include <algorithm>
#include <cassert>

#include "core/des/des.hpp"
#include "core/fast/bitslice/rounds.hpp"
#include "core/lab/attack/key_equations.hpp"
#include "core/lab/lat.hpp"

namespace keyhole::lab {
namespace {

// The bits of R that enter the box in the places of the mask; bit 1 of the standard is the most significant.
std::uint32_t input_bits(const TrailRound& round) {
    std::uint32_t bits = 0;
    for (unsigned i = 0; round.box != 0 && i < 6; ++i) {
        if ((round.input_mask >> (5 - i) & 1) != 0) bits ^= 0x80000000U >> bitslice::enters(round.box - 1, i);
    }
    return bits;
}

std::uint32_t output_bits(unsigned box, unsigned mask) {
    return box == 0 ? 0 : des::permutation(mask << (32 - 4 * box));
}
std::uint32_t output_bits(const TrailRound& round) { return output_bits(round.box, round.output_mask); }

// The one box whose outputs make all of these bits of f, and which of its outputs.
void find_box(std::uint32_t bits, unsigned& box, unsigned& mask) {
    for (box = 1; box <= 8; ++box) {
        for (mask = 1; mask < 16; ++mask) {
            if (output_bits(box, mask) == bits) return;
        }
    }
    assert(false);
}

} // namespace

LinearEquation equation_of(const Trail& trail, const std::array<des::SBox, 8>& boxes) {
    const std::size_t n = trail.size();
    assert(n >= 2);
    for (std::size_t i = 1; i + 1 < n; ++i) {
        assert((output_bits(trail[i - 1]) ^ input_bits(trail[i]) ^ output_bits(trail[i + 1])) == 0);
    }
    LinearEquation equation;
    equation.right_in = output_bits(trail.front());
    equation.left_in = input_bits(trail.front()) ^ output_bits(trail[1]);
    equation.right_out = input_bits(trail.back()) ^ output_bits(trail[n - 2]);
    equation.left_out = output_bits(trail.back());
    find_box(equation.left_in, equation.first_box, equation.first_mask);
    find_box(equation.right_out, equation.last_box, equation.last_mask);
    equation.bias = 0.5;
    for (std::size_t i = 0; i < n; ++i) {
        const TrailRound& round = trail[i];
        if (round.box == 0) continue;
        const Lat lat = approximation_table(boxes[round.box - 1]);
        equation.bias *= 2 * lat[round.input_mask][round.output_mask] / 64.0;
        equation.key_bits ^= key_bits_of(static_cast<unsigned>(i) + 2, round.box, round.input_mask);
    }
    return equation;
}

std::vector<Trail> trails_of_attack(unsigned rounds) {
    constexpr TrailRound none{};
    std::vector<Trail> forwards;
    if (rounds == 4) {
        forwards = {{none, {5, 0x10, 0xF}}, {none, {1, 0x10, 0xF}}, {none, {8, 0x10, 0xF}}, {none, {7, 0x10, 0xF}}};
    } else if (rounds == 6) {
        forwards = {{{1, 0x04, 0x4}, {5, 0x10, 0xF}, none, {5, 0x10, 0xF}},
                    {{7, 0x04, 0x8}, {8, 0x02, 0xF}, none, {8, 0x10, 0xF}}};
    } else {
        forwards = {{none, {5, 0x10, 0xE}, {1, 0x04, 0x4}, {5, 0x10, 0xF}, none, {5, 0x10, 0xF}}};
    }
    std::vector<Trail> trails;
    for (const Trail& trail : forwards) {
        trails.push_back(trail);
        trails.emplace_back(trail.rbegin(), trail.rend());
    }
    return trails;
}

} // namespace keyhole::lab
