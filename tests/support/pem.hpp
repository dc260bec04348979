// Diffie-Hellman's parameters and keys in PEM, written by libcrypto.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <string>
#include <utility>
#include <vector>

#include "core/dh/groups.hpp"
#include "tests/support/catch.hpp"

namespace keyhole::testing {

inline BIGNUM* to_bn(const Number& number) {
    const Bytes bytes = to_bytes(number);
    return BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
}

inline EVP_PKEY* make_key(const char* type, int selection, const std::vector<std::pair<const char*, Number>>& numbers) {
    OSSL_PARAM_BLD* build = OSSL_PARAM_BLD_new();
    std::vector<BIGNUM*> kept;
    for (const auto& [name, number] : numbers) {
        kept.push_back(to_bn(number));
        OSSL_PARAM_BLD_push_BN(build, name, kept.back());
    }
    OSSL_PARAM* params = OSSL_PARAM_BLD_to_param(build);
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr);
    EVP_PKEY* key = nullptr;
    REQUIRE(EVP_PKEY_fromdata_init(context) == 1);
    REQUIRE(EVP_PKEY_fromdata(context, &key, selection, params) == 1);
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    for (BIGNUM* number : kept) BN_free(number);
    return key;
}

// What `write` puts into a file.
template <class Write>
std::string written(EVP_PKEY* key, Write write) {
    BIO* bio = BIO_new(BIO_s_mem());
    REQUIRE(write(bio, key) == 1);
    char* text = nullptr;
    const long size = BIO_get_mem_data(bio, &text);
    std::string out(text, static_cast<std::size_t>(size));
    BIO_free(bio);
    EVP_PKEY_free(key);
    return out;
}

inline std::string private_pem(const Group& group, const Number& x) {
    EVP_PKEY* key = make_key("DH", EVP_PKEY_KEYPAIR,
                             {{OSSL_PKEY_PARAM_FFC_P, group.p},
                              {OSSL_PKEY_PARAM_FFC_G, group.g},
                              {OSSL_PKEY_PARAM_PUB_KEY, power_modulo(group.g, x, group.p)},
                              {OSSL_PKEY_PARAM_PRIV_KEY, x}});
    return written(key, [](BIO* bio, EVP_PKEY* pkey) {
        return PEM_write_bio_PrivateKey(bio, pkey, nullptr, nullptr, 0, nullptr, nullptr);
    });
}

inline std::string public_pem(const Group& group, const Number& y) {
    EVP_PKEY* key =
        make_key("DH", EVP_PKEY_PUBLIC_KEY,
                 {{OSSL_PKEY_PARAM_FFC_P, group.p}, {OSSL_PKEY_PARAM_FFC_G, group.g}, {OSSL_PKEY_PARAM_PUB_KEY, y}});
    return written(key, [](BIO* bio, EVP_PKEY* pkey) { return PEM_write_bio_PUBKEY(bio, pkey); });
}

} // namespace keyhole::testing
