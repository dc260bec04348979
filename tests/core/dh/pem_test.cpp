// Parameters and keys in PEM: what libcrypto writes is read as the numbers that went in, and nothing else is.
#include "core/dh/pem.hpp"

#include <openssl/ec.h>

#include "core/base/error.hpp"
#include "core/dh/groups.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/pem.hpp"

using namespace keyhole;
using namespace keyhole::testing;
using dh::PemKind;
using dh::read_pem;

namespace {

std::string parameters(const char* type, const std::vector<std::pair<const char*, Number>>& numbers) {
    return written(make_key(type, EVP_PKEY_KEY_PARAMETERS, numbers),
                   [](BIO* bio, EVP_PKEY* key) { return PEM_write_bio_Parameters(bio, key); });
}

} // namespace

TEST_CASE("Parameters of PKCS#3 and X9.42 are read as libcrypto wrote them", "[dh][pem][oracle]") {
    const Group& group = *find_group("modp1536");
    const std::string pkcs3 = parameters("DH", {{OSSL_PKEY_PARAM_FFC_P, group.p}, {OSSL_PKEY_PARAM_FFC_G, group.g}});
    CHECK(pkcs3.find("BEGIN DH PARAMETERS") != std::string::npos);
    const dh::PemNumbers plain =
        read_pem("DH Parameters: (1536 bit)\n  P: 00:ff..\n" + pkcs3, PemKind::parameters, "x");
    CHECK(plain.p == group.p);
    CHECK(plain.g == group.g);
    CHECK_FALSE(plain.private_key);

    const Number p("0x8000002431ed4b65"), g("0x6141de5a8a8eeb76"), q("0x9a3c4d25");
    const std::string x942 =
        parameters("DHX", {{OSSL_PKEY_PARAM_FFC_P, p}, {OSSL_PKEY_PARAM_FFC_Q, q}, {OSSL_PKEY_PARAM_FFC_G, g}});
    CHECK(x942.find("BEGIN X9.42 DH PARAMETERS") != std::string::npos);
    const dh::PemNumbers with_q = read_pem(x942, PemKind::parameters, "x");
    CHECK(with_q.p == p);
    CHECK(with_q.g == g);
    CHECK(with_q.q == q);
}

TEST_CASE("Private and public keys in PEM are read with their numbers", "[dh][pem][oracle]") {
    const Group& group = *find_group("ffdhe2048");
    const Number x = 123456789, y = power_modulo(group.g, x, group.p);
    const std::string key = private_pem(group, x);
    CHECK(read_pem(key, PemKind::private_key, "x").private_key == x);
    CHECK(read_pem(key, PemKind::private_key, "x").p == group.p);
    const std::string peer = public_pem(group, y);
    CHECK(read_pem(peer, PemKind::public_key, "x").public_key == y);
    CHECK_THROWS_AS(read_pem(peer, PemKind::parameters, "x"), Error);
}

TEST_CASE("What holds no parameters of Diffie-Hellman is refused by name", "[dh][pem][hostile]") {
    CHECK_THROWS_WITH(read_pem("", PemKind::parameters, "'a.pem'"),
                      Catch::StartsWith("'a.pem' holds not Diffie-Hellman parameters (it has no line -----BEGIN"));
    const std::string begin = "-----BEGIN DH PARAMETERS-----\n", end = "-----END DH PARAMETERS-----\n";
    for (const std::string& text : {begin, begin + end, begin + "AAAA\n" + end, begin + "!\n" + end,
                                    begin + "MAYCAQUCAQ==\n" + end, std::string(100'000, '-') + begin}) {
        CHECK_THROWS_AS(read_pem(text, PemKind::parameters, "x"), Error);
    }
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr);
    EVP_PKEY* curve = nullptr;
    REQUIRE(EVP_PKEY_paramgen_init(context) == 1);
    REQUIRE(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1);
    REQUIRE(EVP_PKEY_paramgen(context, &curve) == 1);
    EVP_PKEY_CTX_free(context);
    const std::string other =
        written(curve, [](BIO* bio, EVP_PKEY* key) { return PEM_write_bio_Parameters(bio, key); });
    CHECK_THROWS_WITH(read_pem(other, PemKind::parameters, "x"), Catch::Contains("it is of another kind"));
}
