// The design criteria of the S-boxes, which IBM kept secret until 1994: Coppersmith, "The Data Encryption Standard
// (DES) and its strength against attacks", IBM Journal of Research and Development 38(3), pages 243 to 250, criteria
// S-1 to S-8. For two of them the paper gives no number; there DES's own worst figure is the bound, and the words say
// so.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/des/des_tables.hpp"

namespace keyhole::lab {

/// One criterion, for one box or (box 0) for all eight together.
struct CriterionResult {
    std::string name;     // "S-4"
    unsigned box = 0;     // 1 to 8
    bool met = false;     //
    std::string demanded; // "inputs that differ in one bit: outputs differ in at least 2"
    std::string measured; // "fewest: 2"
};

/// S-1 to S-7 of one box.
std::vector<CriterionResult> box_criteria(const des::SBox& box, unsigned number);

/// S-8, about three neighbouring boxes: how likely a difference that enters only these three leaves none.
CriterionResult joint_criterion(const std::array<des::SBox, 8>& boxes);

/// True when all of them are met.
bool all_met(std::span<const CriterionResult> results);

} // namespace keyhole::lab
