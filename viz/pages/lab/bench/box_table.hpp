// One table of one S-box as the lab shows it: how strong each cell is, and what stands behind the chosen one. No ImGui.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "core/des/variant.hpp"
#include "core/lab/criteria.hpp"

namespace keyhole::viz {

enum class BoxTableKind { differences, sums };

struct BoxTable {
    unsigned box = 1;
    BoxTableKind kind = BoxTableKind::differences;
    std::array<std::array<int, 16>, 64> entries{};   // by input, then output
    int largest = 1;                                 // without sign, the trivial row left out
    std::vector<lab::CriterionResult> criteria = {}; // of this box, and S-8
    des::SBox contents{};

    /// 0 to 1: how far the cell stands out. 1 for the trivial cell, too.
    float strength(unsigned input, unsigned output) const;

    /// What is across, what is down, and what stands in a cell.
    std::string axes() const;
    /// What inputs() lists.
    std::string inputs_title() const;

    /// One sentence about a cell, and its inputs: a pair each, or an input each in which the sums agree.
    std::string words(unsigned input, unsigned output) const;
    std::vector<std::string> inputs(unsigned input, unsigned output) const;
};

BoxTable box_table(const des::Variant& variant, unsigned box, BoxTableKind kind);

} // namespace keyhole::viz
