// The stage of a modular exponentiation: the formula in letters and in numbers, the exponent's bits, the work of the
// current bit, and the table of all steps. (Handbook of Applied Cryptography, algorithm 14.79.)
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is a public key, a shared secret, `modexp`, or a bit of one of them. The bits are "bit.12" in the ribbon
/// and "row.12" in the table, whose list is called "table". The running value is "before", "square" and "multiply",
/// each in a box where it is short, else in groups: "square.group.3". The whole computation's numbers are "base",
/// "exponent" and "result"; the bits of an exponent that is not known here are "unknown.1".
Picture modexp_picture(const StageInput& input);

} // namespace keyhole::viz
