// How long a discrete logarithm will take: the search that the plan names is begun for real and stopped after a moment.
// A multiplication alone would promise too much, for a step of rho also adds exponents and looks for special points, a
// baby step waits for a table larger than the caches, and threads share a machine.
#pragma once

#include "core/attack/discrete_log_plan.hpp"

namespace keyhole::dlog {

struct Estimate {
    double operations_per_second = 0; // all workers together
    double log2_seconds = 0;          // expected of solve, all parts
};

/// How long `solve` will take on average, measured: each method that the plan has a use for is begun on its largest
/// part, table included, for less than a tenth of a second. Of a plan that is not possible() the rate is that of rho
/// with exponents of the largest size. `settings.progress` is not called.
Estimate estimate(const Problem& problem, const Plan& plan, const Settings& settings = {});

/// How many steps of Pollard's rho one worker does in a second, measured likewise.
double operations_per_second(const Number& p);

} // namespace keyhole::dlog
