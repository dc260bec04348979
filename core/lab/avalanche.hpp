// How a change of one bit spreads round by round: of the text, and of the key.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/des/variant.hpp"

namespace keyhole::lab {

/// Of the 64 bits of L_n and R_n, how many differ after round n where one bit was turned: their mean and standard
/// deviation over all trials.
struct AvalancheRound {
    double text_mean = 0, text_deviation = 0; // a bit of the text turned
    double key_mean = 0, key_deviation = 0;   // a bit of the key turned, none of the parity bits

    bool operator==(const AvalancheRound&) const = default;
};

/// A round of the variant each. A trial draws a key, a text, and which bit of each is turned. `go_on` is asked now and
/// then; the result is empty where it says no.
std::vector<AvalancheRound> avalanche(const des::Variant& variant, unsigned trials, Random random,
                                      const std::function<bool(unsigned done)>& go_on = {});

/// Columns round, text_mean, text_deviation, key_mean, key_deviation; three decimals.
std::string avalanche_csv(const std::vector<AvalancheRound>& rounds);

} // namespace keyhole::lab
