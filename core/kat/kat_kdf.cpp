#include "core/kat/kat_kdf.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <vector>

#include "core/base/release.hpp"

namespace keyhole::kat {

std::optional<Bytes> hash(const std::string& digest, ByteView data) {
    const Owned<EVP_MD, EVP_MD_free> method(EVP_MD_fetch(nullptr, digest.c_str(), nullptr));
    ERR_clear_error();
    if (!method) return std::nullopt;
    Bytes out(static_cast<std::size_t>(EVP_MD_get_size(method.get())));
    EVP_Digest(data.data(), data.size(), out.data(), nullptr, method.get(), nullptr);
    return out;
}

std::optional<Bytes> derive(const Derivation& wanted, Bytes secret) {
    constexpr std::size_t most_bytes = 1024;
    if (wanted.size == 0 || wanted.size > most_bytes) return std::nullopt;
    const Owned<EVP_KDF, EVP_KDF_free> method(EVP_KDF_fetch(nullptr, wanted.kdf.c_str(), nullptr));
    const Owned<EVP_KDF_CTX, EVP_KDF_CTX_free> context(method ? EVP_KDF_CTX_new(method.get()) : nullptr);
    std::string digest = wanted.digest, algorithm = wanted.cek_algorithm;
    Bytes ukm = wanted.ukm.value_or(Bytes{});
    std::vector<OSSL_PARAM> settings = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size())};
    if (!algorithm.empty())
        settings.push_back(OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_CEK_ALG, algorithm.data(), 0));
    if (wanted.ukm) settings.push_back(OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_UKM, ukm.data(), ukm.size()));
    settings.push_back(OSSL_PARAM_construct_end());
    Bytes out(wanted.size);
    const bool done = context && EVP_KDF_derive(context.get(), out.data(), out.size(), settings.data()) == 1;
    ERR_clear_error();
    return done ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace keyhole::kat
