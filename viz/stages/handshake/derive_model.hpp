// From the shared secret to the DES key as the stage shows it: the secret's bytes, the digest, the eight bytes taken
// from it, and the parity bit of each. (docs/protocol.md; FIPS 180-4; FIPS 46-3, "Key".)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"

namespace keyhole::viz {

/// One byte of the key, before and after its parity bit was set.
struct KeyByte {
    std::uint8_t raw = 0, key = 0;
    unsigned ones = 0; // among the seven bits that count
    bool flipped = false;
};

struct DeriveModel {
    Role role = Role::server;
    dh::Kdf kdf = dh::Kdf::sha256;
    Bytes secret; // big-endian, as long as p
    std::string secret_words;
    std::string how;                                    // "SHA-256 of these bytes", "the lowest 64 bits"
    std::optional<std::array<std::uint8_t, 32>> digest; // sha256 only: its first eight bytes are taken
    std::size_t taken_from = 0, padded = 0;             // low64: the first secret byte taken, zeros put in front
    std::array<KeyByte, 8> bytes{};
    unsigned flipped = 0; // parity bits that had to change
    des::Block key = 0;
    bool weak = false;
    std::string verdict;     // the key's weakness named, or that it has none
    std::string fingerprint; // of p, g and both public keys; empty where one is not known
    std::string other;       // what the other side got, as far as that is known here
    std::string caution;     // what this key can withstand
};

/// The node is `secret/X.derive`.
DeriveModel make_derive_model(const Trace& trace, const Node& node);

} // namespace keyhole::viz
