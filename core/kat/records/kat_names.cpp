#include "core/kat/records/kat_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/spelling/spelling.hpp"

namespace keyhole::kat {
namespace {

// In upper case, as Field has them.
constexpr std::string_view known[] = {
    // DES and TDEA
    "COUNT", "KEY", "KEYS", "KEY1", "KEY2", "KEY3", "IV", "IV1", "IV2", "IV3", "PLAINTEXT", "CIPHERTEXT", "PLAINTEXT1",
    "PLAINTEXT2", "PLAINTEXT3", "CIPHERTEXT1", "CIPHERTEXT2", "CIPHERTEXT3", "IP", "R16L16", "MODE", "PAIR",
    // numbers
    "XA", "YA", "XB", "YB", "RESULT", "BASE", "EXPONENT", "MODULUS", "NAME", "BITS",
    // NIST's KAS FFC
    "XSTATCAVS", "YSTATCAVS", "XSTATIUT", "YSTATIUT", "XEPHEMCAVS", "YEPHEMCAVS", "XEPHEMIUT", "YEPHEMIUT",
    "CAVSHASHZZ",
    // Botan
    "KDF", "OUTLEN", "INVALIDKEY", "IN", "OUT", "NONCE", "SEEK",
    // OpenSSL's evp tests
    "CIPHER", "OPERATION", "TITLE", "PRIVATEKEY", "PUBLICKEY", "PRIVPUBKEYPAIR", "DERIVE", "PEERKEY", "PEERKEYVALIDATE",
    "SHAREDSECRET", "CTRL", "AVAILABLEIN", "FIPSVERSION", "SECURITY-CATEGORY", "NEXTIV", "KEYGEN", "KEYNAME"};

// Words of two and three letters are near too many others: only those count that have every letter and one more at
// most.
std::optional<std::string_view> short_name_meant(const Record& record, const std::string& typed) {
    for (const std::string_view name : {"IV", "KEY"}) {
        if (record.has(name) || typed.size() < name.size() || typed.size() > name.size() + 1) continue;
        if (std::ranges::all_of(name, [&](char letter) { return typed.find(letter) != std::string::npos; }))
            return name;
    }
    return std::nullopt;
}

} // namespace

void check_names(const Record& record) {
    for (const Field& field : record.fields) {
        if (std::find(std::begin(known), std::end(known), field.name) != std::end(known)) continue;
        auto meant = near_word(field.name, known);
        if (!meant) meant = short_name_meant(record, field.name);
        if (meant) {
            throw record.fault(field.line, fmt::format("there is no field {}", field.name),
                               fmt::format("did you mean {}?", *meant));
        }
    }
}

} // namespace keyhole::kat
