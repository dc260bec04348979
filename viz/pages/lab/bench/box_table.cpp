#include "viz/pages/lab/bench/box_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/lab/ddt.hpp"
#include "core/lab/lat.hpp"

namespace keyhole::viz {

float BoxTable::strength(unsigned input, unsigned output) const {
    return std::min(1.0F, static_cast<float>(std::abs(entries[input][output])) / static_cast<float>(largest));
}

std::string BoxTable::axes() const {
    return kind == BoxTableKind::differences ? "Across: by what two inputs differ (hex). Down: by what their outputs "
                                               "differ. In a cell: for how many of "
                                               "the 64 inputs; nothing stands for 0."
                                             : "Across: which input bits are added (hex, a mask). Down: which output "
                                               "bits. In a cell: how many more or "
                                               "fewer than 32 of the 64 inputs have equal sums.";
}

std::string BoxTable::inputs_title() const {
    return kind == BoxTableKind::differences ? "pairs of inputs > their outputs:    " : "inputs > their outputs:    ";
}

std::string BoxTable::words(unsigned input, unsigned output) const {
    const int entry = entries[input][output];
    if (kind == BoxTableKind::differences) {
        return fmt::format(
            "S{}: where two inputs differ by 0x{:02X} the outputs differ by 0x{:X} for {} of 64 inputs, a chance of "
            "{:.3f}",
            box, input, output, entry, entry / 64.0);
    }
    return fmt::format(
        "S{}: the sum of the input bits 0x{:02X} is that of the output bits 0x{:X} for {} of 64 inputs: {:+}", box,
        input, output, entry + 32, entry);
}

std::vector<std::string> BoxTable::inputs(unsigned input, unsigned output) const {
    std::vector<std::string> lines;
    if (kind == BoxTableKind::differences) {
        for (const unsigned x : lab::inputs_of_difference(contents, input, output)) {
            if (x > (x ^ input)) continue; // each pair once
            lines.push_back(fmt::format("{:02X},{:02X} > {:X},{:X}", x, x ^ input, des::output_of(contents, x),
                                        des::output_of(contents, x ^ input)));
        }
    } else {
        for (const unsigned x : lab::inputs_that_agree(contents, input, output))
            lines.push_back(fmt::format("{:02X} > {:X}", x, des::output_of(contents, x)));
    }
    return lines;
}

BoxTable box_table(const des::Variant& variant, unsigned box, BoxTableKind kind) {
    BoxTable out{.box = box, .kind = kind, .contents = variant.boxes[box - 1]};
    const auto fill = [&](const auto& table) {
        for (unsigned in = 0; in < 64; ++in) {
            for (unsigned column = 0; column < 16; ++column) {
                out.entries[in][column] = static_cast<int>(table[in][column]);
                if (in != 0 || (kind == BoxTableKind::sums && column != 0))
                    out.largest = std::max(out.largest, std::abs(out.entries[in][column]));
            }
        }
    };
    if (kind == BoxTableKind::differences) {
        fill(lab::difference_table(out.contents));
    } else {
        fill(lab::approximation_table(out.contents));
    }
    out.criteria = lab::box_criteria(out.contents, box);
    out.criteria.push_back(lab::joint_criterion(variant.boxes));
    return out;
}

} // namespace keyhole::viz
