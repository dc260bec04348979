// The short fingerprint of an exchange: digits that two people read to each other to find out whether somebody sat
// between them. Diffie-Hellman alone cannot tell: whoever answers with a public key of its own is as good a partner as
// any. Each side hashes the numbers that it saw; with a relay between them, the two saw different public keys.
#pragma once

#include <optional>
#include <string>

#include "core/recording/recording.hpp"

namespace keyhole {

/// Hashed before the numbers, with a zero byte after it, so that no other use of SHA-256 gives the same digits.
inline constexpr std::string_view fingerprint_label = "keyhole/1 fingerprint";

/// Five groups of five decimal digits, "02468 13579 ..": SHA-256 over the label, a zero byte, p, g, the server's and
/// the client's public key, each big-endian and as long as p in bytes; every five bytes of the digest, from the first,
/// make a big-endian number whose last five decimal digits are a group. It is a function of public numbers and hides
/// nothing. There are 10^25 values, 83 bits, so that to hit one given fingerprint takes about 2^83 tries. An attacker
/// who chooses the keys towards both ends needs only two fingerprints that agree, about 2^42 tries, but has only the
/// time of the handshake.
std::string fingerprint(const Number& p, const Number& g, const Number& server_public, const Number& client_public);

/// That of a recorded exchange; empty until the parameters and both public keys are known.
std::optional<std::string> fingerprint(const Recording& recording);

} // namespace keyhole
