#include "core/lab/lat.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

namespace keyhole::lab {
namespace {

bool agree(const des::SBox& box, unsigned x, unsigned input_mask, unsigned output_mask) {
    return std::popcount(x & input_mask) % 2 == std::popcount(des::output_of(box, x) & output_mask) % 2;
}

} // namespace

Lat approximation_table(const des::SBox& box) {
    Lat table{};
    for (unsigned in = 0; in < 64; ++in) {
        for (unsigned out = 0; out < 16; ++out) {
            int agreements = 0;
            for (unsigned x = 0; x < 64; ++x) agreements += agree(box, x, in, out) ? 1 : 0;
            table[in][out] = agreements - 32;
        }
    }
    return table;
}

std::vector<unsigned> inputs_that_agree(const des::SBox& box, unsigned input_mask, unsigned output_mask) {
    std::vector<unsigned> inputs;
    for (unsigned x = 0; x < 64; ++x) {
        if (agree(box, x, input_mask, output_mask)) inputs.push_back(x);
    }
    return inputs;
}

int largest_entry(const Lat& table) {
    int largest = 0;
    for (unsigned in = 0; in < 64; ++in) {
        for (unsigned out = 0; out < 16; ++out) {
            if (in != 0 || out != 0) largest = std::max(largest, std::abs(table[in][out]));
        }
    }
    return largest;
}

} // namespace keyhole::lab
