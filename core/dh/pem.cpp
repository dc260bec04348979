#include "core/dh/pem.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "core/base/error.hpp"
#include "core/base/release.hpp"

namespace keyhole::dh {
namespace {

using Bio = Owned<BIO, BIO_free_all>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

// Without it libcrypto would ask at the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Key decode(BIO* bio, PemKind kind) {
    switch (kind) {
        case PemKind::parameters: return Key(PEM_read_bio_Parameters(bio, nullptr));
        case PemKind::private_key: return Key(PEM_read_bio_PrivateKey(bio, nullptr, no_passphrase, nullptr));
        case PemKind::public_key: break;
    }
    return Key(PEM_read_bio_PUBKEY(bio, nullptr, no_passphrase, nullptr));
}

std::optional<Number> number(const EVP_PKEY* key, const char* name) {
    BIGNUM* found = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &found) != 1) return std::nullopt;
    const Owned<BIGNUM, BN_clear_free> owner(found);
    Bytes bytes(static_cast<std::size_t>(BN_num_bytes(found)));
    BN_bn2bin(found, bytes.data());
    return from_bytes(bytes);
}

} // namespace

PemNumbers read_pem(std::string_view text, PemKind kind, std::string_view name) {
    const char* wanted = kind == PemKind::parameters    ? "Diffie-Hellman parameters"
                         : kind == PemKind::private_key ? "a Diffie-Hellman private key"
                                                        : "a Diffie-Hellman public key";
    const auto refuse = [&](std::string_view why) {
        return bad_input(
            fmt::format("{} holds not {} ({}; openssl dhparam and openssl genpkey -genparam write such "
                        "files, in PEM)",
                        name, wanted, why));
    };
    if (text.find("-----BEGIN ") == std::string_view::npos) throw refuse("it has no line -----BEGIN ..-----");
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    const Key key = decode(bio.get(), kind);
    ERR_clear_error();
    if (!key) throw refuse("libcrypto cannot read it as that");
    if (EVP_PKEY_is_a(key.get(), "DH") != 1 && EVP_PKEY_is_a(key.get(), "DHX") != 1)
        throw refuse("it is of another kind");
    const auto p = number(key.get(), OSSL_PKEY_PARAM_FFC_P), g = number(key.get(), OSSL_PKEY_PARAM_FFC_G);
    if (!p || !g) throw refuse("p or g is missing");
    return {.p = *p,
            .g = *g,
            .q = number(key.get(), OSSL_PKEY_PARAM_FFC_Q),
            .private_key = number(key.get(), OSSL_PKEY_PARAM_PRIV_KEY),
            .public_key = number(key.get(), OSSL_PKEY_PARAM_PUB_KEY)};
}

} // namespace keyhole::dh
