// Records of numbers, all in hex: Diffie-Hellman exchanges P G XA YA XB YB Z (with Q and RESULT = valid or invalid
// where known), modular exponentiations BASE EXPONENT MODULUS RESULT, and groups NAME BITS P Q G.
#pragma once

#include "core/kat/records/kat_check.hpp"

namespace keyhole::kat {

/// What a record's RESULT says of its numbers.
enum class Told { nothing, valid, invalid };
Told read_result(const Record& record);

Verdict check_exchange(const Record& record, Context& context);
Verdict check_power(const Record& record, Context& context);
Verdict check_group(const Record& record);

} // namespace keyhole::kat
