#include "core/lab/ddt.hpp"

namespace keyhole::lab {

Ddt difference_table(const des::SBox& box) {
    Ddt table{};
    for (unsigned difference = 0; difference < 64; ++difference) {
        for (unsigned x = 0; x < 64; ++x)
            ++table[difference][des::output_of(box, x) ^ des::output_of(box, x ^ difference)];
    }
    return table;
}

std::vector<unsigned> inputs_of_difference(const des::SBox& box, unsigned input_difference,
                                           unsigned output_difference) {
    std::vector<unsigned> inputs;
    for (unsigned x = 0; x < 64; ++x) {
        if ((des::output_of(box, x) ^ des::output_of(box, x ^ input_difference)) == output_difference)
            inputs.push_back(x);
    }
    return inputs;
}

} // namespace keyhole::lab
