// Diffie-Hellman's numbers as PEM has them, by libcrypto's decoder: parameters as `openssl dhparam` (PKCS#3) and
// `openssl genpkey -genparam` (PKCS#3 or X9.42) write them, and keys (PKCS#8, SubjectPublicKeyInfo).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/number.hpp"

namespace keyhole::dh {

struct PemNumbers {
    Number p, g;
    std::optional<Number> q;           // X9.42 says the order of g; so does a named group
    std::optional<Number> private_key; // of a private key
    std::optional<Number> public_key;  // of a key
};

enum class PemKind { parameters, private_key, public_key };

/// The first block of that kind; what stands around it is skipped. `name` is where the text is from, for the error.
/// Throws Error (bad_input) where there is none, or it is not Diffie-Hellman's. Never asks for a passphrase.
PemNumbers read_pem(std::string_view text, PemKind kind, std::string_view name);

} // namespace keyhole::dh
