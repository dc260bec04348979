// What a DES implementation shows inside: the halves after each round (NIST SP 800-17, appendix A), with K E X S P C D
// where a file has them; Rivest's recirculation test; weak keys. Each value is compared with a trace's.
#pragma once

#include "core/kat/records/kat_check.hpp"

namespace keyhole::kat {

/// A round of the DES record before it: COUNT, L, R and what else the file has.
Verdict check_round(const Record& record, const Context& context);
/// X0 to X16, some or all of X1 to X16 given: X(i+1) is E(X(i)) under the key X(i) for even i, D(X(i)) for odd i.
Verdict check_recirculation(const Record& record);
/// A KEY below [WEAK], [SEMI-WEAK] or [POSSIBLY WEAK], with its PAIR where there is one.
Verdict check_weakness(const Record& record);

} // namespace keyhole::kat
