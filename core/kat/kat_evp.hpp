// Diffie-Hellman records of OpenSSL's evp tests, completed by core/kat/kat_layouts.hpp: a private key and a peer's
// public key in PEM lead to SharedSecret (through X9.42's derivation where a Ctrl says so), or are refused where Result
// names an error; PrivPubKeyPair says that two keys belong together.
#pragma once

#include "core/kat/records/kat_check.hpp"

namespace keyhole::kat {

Verdict check_derive(const Record& record, Context& context);
Verdict check_key_pair(const Record& record, Context& context);

} // namespace keyhole::kat
