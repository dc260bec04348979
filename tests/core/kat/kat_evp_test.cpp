// Diffie-Hellman in OpenSSL's layout of evp tests, with keys that libcrypto wrote.
#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/pem.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

KatFile run(const std::string& text) { return *run_kat_text("evppkey_dh.txt", text); }

const Group& group() { return *find_group("ffdhe2048"); }
Number public_value(const Number& x) { return power_modulo(group().g, x, group().p); }
const Number alice("0x3b2c5a6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5"),
    bob("0x1f2e3d4c5b6a79881726354453627181");

std::string keys() {
    return fmt::format(
        "Title = DH tests\n\nPrivateKey=alice\n{}\nPublicKey=alice-pub\n{}\nPrivateKey=bob\n{}\nPublicKey=bob-pub\n{}\n"
        "PublicKey=too-large\n{}\nPublicKey=elsewhere\n{}\n",
        private_pem(group(), alice), public_pem(group(), public_value(alice)), private_pem(group(), bob),
        public_pem(group(), public_value(bob)), public_pem(group(), group().p - 1),
        public_pem(*find_group("ffdhe3072"), 5));
}

} // namespace

TEST_CASE("OpenSSL's layout of secrets: keys by name, refusals by Result", "[kat][dh][oracle]") {
    const std::string secret = power_modulo(public_value(bob), alice, group().p).get_str(16);
    const std::string right = fmt::format(
        "{}PrivPubKeyPair=alice:alice-pub\n\nPrivPubKeyPair = alice:bob-pub\nResult = KEYPAIR_MISMATCH\n\n"
        "KeyGen = dhKeyAgreement\nCtrl = dh_param:ffdhe2048\nKeyName = tmp\n\n"
        "Availablein = default\nDerive=alice\nPeerKey=bob-pub\nSharedSecret={}\n\n"
        "Derive=bob\nPeerKeyValidate=alice-pub\nCtrl = dh_pad:1\nSharedSecret=0000{}\n\n"
        "Derive=alice\nPeerKey=too-large\nResult = DERIVE_SET_PEER_ERROR\n\n"
        "Derive=alice\nPeerKey=elsewhere\nResult = DERIVE_SET_PEER_ERROR\n",
        keys(), secret, secret);
    CHECK(run(right).results.size() == 6);
    CHECK(run(right).failed() == 0);

    CHECK(run(keys() + "Derive=alice\nPeerKey=bob-pub\nSharedSecret=" + secret + "0\n").failed() == 1);
    CHECK(run(keys() + "Derive=alice\nPeerKey=too-large\nSharedSecret=1\n").failed() == 1);
    CHECK(run(keys() + "Derive=alice\nPeerKey=bob-pub\nResult = DERIVE_ERROR\n").failed() == 1);
    CHECK(run(keys() + "PrivPubKeyPair=alice:bob-pub\n").failed() == 1);
}

TEST_CASE("A secret through X9.42's derivation is that of libcrypto", "[kat][dh][oracle]") {
    EVP_PKEY* own = make_key("DH", EVP_PKEY_KEYPAIR,
                             {{OSSL_PKEY_PARAM_FFC_P, group().p},
                              {OSSL_PKEY_PARAM_FFC_G, group().g},
                              {OSSL_PKEY_PARAM_PUB_KEY, public_value(alice)},
                              {OSSL_PKEY_PARAM_PRIV_KEY, alice}});
    EVP_PKEY* peer = make_key("DH", EVP_PKEY_PUBLIC_KEY,
                              {{OSSL_PKEY_PARAM_FFC_P, group().p},
                               {OSSL_PKEY_PARAM_FFC_G, group().g},
                               {OSSL_PKEY_PARAM_PUB_KEY, public_value(bob)}});
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_pkey(nullptr, own, nullptr);
    REQUIRE(EVP_PKEY_derive_init(context) == 1);
    for (const auto& [name, value] : {std::pair("dh_pad", "1"),
                                      {"kdf-type", "X942KDF-ASN1"},
                                      {"kdf-outlen", "32"},
                                      {"kdf-digest", "SHA-256"},
                                      {"cekalg", "AES-128-WRAP"}}) {
        CAPTURE(name);
        REQUIRE(EVP_PKEY_CTX_ctrl_str(context, name, value) > 0);
    }
    REQUIRE(EVP_PKEY_derive_set_peer(context, peer) == 1);
    Bytes key(32);
    std::size_t size = key.size();
    REQUIRE(EVP_PKEY_derive(context, key.data(), &size) == 1);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(own);
    EVP_PKEY_free(peer);
    const std::string text = keys() +
                             "Derive=alice\nPeerKey=bob-pub\nCtrl = kdf-type:X942KDF-ASN1\nCtrl = kdf-outlen:32\n"
                             "Ctrl = kdf-digest:SHA-256\nCtrl = cekalg:AES-128-WRAP\nCtrl = dh_pad:1\nSharedSecret=";
    CHECK(run(text + to_hex(key) + "\n").failed() == 0);
    key[7] ^= 1;
    CHECK(run(text + to_hex(key) + "\n").failed() == 1);
}

TEST_CASE("Keys that are missing, cut off or of another kind are errors with a line", "[kat][hostile]") {
    CHECK_THROWS_WITH(run("Derive=nobody\nPeerKey=x\nSharedSecret=00\n"),
                      Catch::StartsWith("evppkey_dh.txt:1: there is no key nobody"));
    CHECK_THROWS_WITH(run("PrivateKey=a\n-----BEGIN PRIVATE KEY-----\nAAAA\n"),
                      Catch::Contains("a PEM block has no end"));
    CHECK_THROWS_WITH(run("PrivateKey=a\n\nDerive=a\nPeerKey=a\n"), Catch::Contains("the record has no PEM"));
    const std::string empty = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    CHECK_THROWS_WITH(
        run("PrivateKey=a\n" + empty + "\nPublicKey=b\n" + empty + "\nDerive=a\nPeerKey=b\nSharedSecret=00\n"),
        Catch::Contains("the key holds not a Diffie-Hellman private key"));
    CHECK_THROWS_WITH(run(keys()), Catch::Contains("has no record"));
}
