// Diffie-Hellman records of other houses. NIST's KAS FFC files: XstatCAVS YstatCAVS XstatIUT YstatIUT Z Result (or
// Xephem, Yephem), P, Q and G once a section, where Result = F is right when any of the checks of NIST SP 800-56A finds
// a fault. Botan's and pyca's: P G X Y K, the own private key, the peer's public key and the secret, with KDF and
// OutLen where K is derived from it; and Botan's InvalidKey, which must be refused.
#pragma once

#include "core/kat/records/kat_check.hpp"

namespace keyhole::kat {

/// A key of one of the two parties, by the field's name: XstatCAVS, YephemIUT.
bool is_party_number(std::string_view name);

bool is_kas(const Record& record);
Verdict check_kas(const Record& record, Context& context);

/// P, G, X and Y are decimal, or hex after 0x or where one of them has a letter; K is hex, or decimal where P is.
Verdict check_agreement(const Record& record, Context& context);
Verdict check_invalid_key(const Record& record);

} // namespace keyhole::kat
