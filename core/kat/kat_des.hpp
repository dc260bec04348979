// DES records: KEY (or KEYs, or KEY1 KEY2 KEY3), IV, PLAINTEXT, CIPHERTEXT, and IP and R16L16 where a file has them.
// The direction that the section names is checked, with and without a trace. Modes as in FIPS 81, three keys as in NIST
// SP 800-67, Monte Carlo files as in NIST SP 800-20. In cfb1 texts of 0 and 1 only are bits, as CAVP's files have them.
#pragma once

#include "core/kat/records/kat_check.hpp"

namespace keyhole::kat {

/// Remembers the record in `context` as the one that [ROUNDS] records look into.
Verdict check_des(const Record& record, Context& context);

} // namespace keyhole::kat
