// How a change of one bit spreads round by round, as a table: of the text, and of the key.
#pragma once

#include <span>
#include <string>

#include "core/lab/variant_facts.hpp"

namespace keyhole::lab {

/// Columns round, text_mean, text_deviation, key_mean, key_deviation; three decimals, a row a round from the first on.
/// `rounds` as VariantFacts has them: the first is before round 1.
std::string avalanche_csv(std::span<const Spread> rounds);

} // namespace keyhole::lab
