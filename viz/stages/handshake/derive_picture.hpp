// The stage of the key derivation, from top to foot: the secret's bytes, SHA-256's digest, the eight bytes taken from
// it as bits, the parity bit of each byte set, and the key with its weakness named.
#pragma once

#include "viz/picture/stage.hpp"

namespace keyhole::viz {

/// The step is `derive`. Bytes are "secret.1" and "digest.1"; of the eight that are taken the bits are "raw.1.8" as
/// they are and "key.1.8" with parity, where 1 is the byte and 8 its parity bit; the box of the key is "key".
Picture derive_picture(const StageInput& input);

} // namespace keyhole::viz
