// Hashes and key derivations that other houses put behind a shared secret, by libcrypto. Keyhole's own derivations are
// in core/dh.
#pragma once

#include <optional>
#include <string>

#include "core/base/bytes.hpp"

namespace keyhole::kat {

/// By any name that libcrypto knows it by: "SHA1", "SHA-256". Empty where it knows none.
std::optional<Bytes> hash(const std::string& digest, ByteView data);

struct Derivation {
    std::string kdf;           // libcrypto's name: "X963KDF" (which is IEEE 1363a's KDF2), "X942KDF-ASN1"
    std::string digest;        // "SHA-1"
    std::string cek_algorithm; // X9.42: "AES-128-WRAP"; empty: none
    std::optional<Bytes> ukm;  // X9.42: the parties' shared information
    std::size_t size = 0;      // bytes wanted
};

/// Empty where libcrypto cannot do it.
std::optional<Bytes> derive(const Derivation& wanted, Bytes secret);

} // namespace keyhole::kat
