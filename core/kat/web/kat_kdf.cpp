// In a browser: the hashes of LibTomCrypt, and no key derivation of other houses.
#include <tomcrypt.h>

#include "core/base/words.hpp"
#include "core/kat/kat_kdf.hpp"

namespace keyhole::kat {
namespace {

// "SHA-256", "sha256" and "SHA2-256" are one.
std::string plain_name(std::string_view text) {
    std::string name = upper_case(text);
    if (name.starts_with("SHA2-")) name.erase(3, 1);
    std::erase(name, '-');
    return name;
}

} // namespace

std::optional<Bytes> hash(const std::string& digest, ByteView data) {
    const std::string wanted = plain_name(digest);
    for (const ltc_hash_descriptor* known : {&sha1_desc, &sha224_desc, &sha256_desc, &sha384_desc, &sha512_desc}) {
        if (plain_name(known->name) != wanted) continue;
        hash_state state;
        Bytes out(known->hashsize);
        known->init(&state);
        if (!data.empty()) known->process(&state, data.data(), static_cast<unsigned long>(data.size()));
        known->done(&state, out.data());
        return out;
    }
    return std::nullopt;
}

std::optional<Bytes> derive(const Derivation& /*wanted*/, Bytes /*secret*/) { return std::nullopt; }

} // namespace keyhole::kat
