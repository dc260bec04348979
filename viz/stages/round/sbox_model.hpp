// One S-box as a table: four rows, sixteen columns, and the cell that the six input bits choose.
#pragma once

#include <array>
#include <string>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

struct SboxModel {
    unsigned box = 1;
    std::array<std::string, 4> rows;     // "00" .. "11": the outer bits
    std::array<std::string, 16> columns; // "0000" .. "1111": the inner bits
    std::array<std::array<std::uint8_t, 16>, 4> cells{};
    des::SboxTrace chosen;
    std::string input; // six bits as text; the outer ones are the first and the last
    std::string output;
};

/// S-box `box` (1 to 8) of the round that the node lies in.
SboxModel make_sbox_model(const Trace& trace, const Node& node, unsigned box);

} // namespace keyhole::viz
