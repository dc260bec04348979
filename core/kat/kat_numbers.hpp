// Records of numbers, all in hex: Diffie-Hellman exchanges P G XA YA XB YB Z (with Q and RESULT = valid or invalid
// where known), modular exponentiations BASE EXPONENT MODULUS RESULT, and groups NAME BITS P Q G.
#pragma once

#include "core/kat/kat_check.hpp"

namespace keyhole::kat {

Verdict check_exchange(const Record& record, Context& context);
Verdict check_power(const Record& record, Context& context);
Verdict check_group(const Record& record);

} // namespace keyhole::kat
