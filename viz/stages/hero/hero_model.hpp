// What a step comes to, in one short line that a hall can read: "5^13 mod 23 = 21", "S3: 12 = 1100", the key. It is
// made of the step's own values; the stage sets it in the largest type there is.
#pragma once

#include <string>

#include "core/steps/trace.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

struct Hero {
    std::string before; // what is computed: "5^{13} mod 23 =", exponents as `^{...}`
    std::string result; // what comes of it: "21"
    Meaning meaning = Meaning::plain;
    // The right half beside a result that is a left one.
    std::string right = {};

    bool empty() const { return before.empty() && result.empty(); }
};

/// Empty where nothing short can be said. With `covered` the result is "?", and there is no right half.
Hero hero(const Trace& trace, const Step& step, bool covered);

} // namespace keyhole::viz
