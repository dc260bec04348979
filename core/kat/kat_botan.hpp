// Botan's records of ciphers: Key, Nonce, In, Out (and Seek, where in the key stream to begin) below a section that
// names cipher, mode and padding: [DES], [DES/CBC/PKCS7], [TripleDES/CFB(8)], [OFB(DES)], [CTR-BE(DES)]. Without In,
// Out is the key stream itself.
#pragma once

#include "core/kat/records/kat_parse.hpp"

namespace keyhole::kat {

bool is_botan_cipher(const Record& record);

/// Brings the record into the form of a DES record. Returns false where it is of a cipher, a mode or a padding that
/// Keyhole does not have: Botan's files mix ciphers. Throws Error, with file and line, where a field is missing.
bool read_botan_cipher(Record& record);

/// Puts KEY1 to KEY3 in the place of a KEY that is `keys` (2 or 3) keys in a row. Throws Error where it is none.
void split_key(Record& record, std::size_t keys);

} // namespace keyhole::kat
