// Diffie-Hellman's checks, private keys, key derivations and new groups.
#define OPENSSL_SUPPRESS_DEPRECATED // DH_* and SHA256() are what is compared with
#include "core/dh/dh.hpp"

#include <openssl/dh.h>
#include <openssl/sha.h>

#include "core/base/error.hpp"
#include "core/base/resources.hpp"
#include "core/des/des_keys.hpp"
#include "core/dh/modexp.hpp"
#include "core/kat/kat.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using dh::check_parameters;
using dh::public_value_fault;

namespace {

BIGNUM* to_bn(const Number& number) {
    const Bytes bytes = to_bytes(number);
    return BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr);
}

// The shared secret as OpenSSL has it, as long as p.
Bytes openssl_secret(const Number& p, const Number& g, const Number& x, const Number& y) {
    DH* dh = DH_new();
    DH_set0_pqg(dh, to_bn(p), nullptr, to_bn(g));
    DH_set0_key(dh, to_bn(power(g, x, p)), to_bn(x));
    BIGNUM* peer = to_bn(y);
    Bytes out(static_cast<std::size_t>(DH_size(dh)));
    const int size = DH_compute_key_padded(out.data(), peer, dh);
    BN_free(peer);
    DH_free(dh);
    REQUIRE(size == static_cast<int>(out.size()));
    return out;
}

} // namespace

TEST_CASE("Exchanges in the named groups lead both sides, and OpenSSL, to the same secret", "[dh][oracle]") {
    for (const char* name : {"modp768", "modp1536", "ffdhe2048"}) {
        const Group& group = *find_group(name);
        const dh::ParameterReport report = check_parameters(group.p, group.g);
        Random random = Random::system();
        const Number a = dh::draw_private_key(group, report, random);
        const Number b = dh::draw_private_key(group, report, random);
        const Number from_a = power(group.g, a, group.p);
        const Number from_b = power(group.g, b, group.p);
        const Number secret = power(from_b, a, group.p);
        CAPTURE(name, a.get_str(16), b.get_str(16));
        CHECK(power(from_a, b, group.p) == secret);
        CHECK(public_value_fault(from_a, group.p, report).empty());
        CHECK(openssl_secret(group.p, group.g, a, from_b) == dh::derive(secret, group.p, dh::Kdf::sha256).secret);
    }
}

TEST_CASE("The vectors of exchanges pass, and OpenSSL agrees with those of the named groups", "[dh][kat]") {
    for (const char* name : {"dh_toy.rsp", "dh_named_groups.rsp", "dh_invalid.rsp"}) {
        CAPTURE(name);
        CHECK(run_kat_file(resources::asset_dir() / "kat" / name)->failed() == 0);
    }
}

TEST_CASE("Parameters are refused one by one, the cheapest check first", "[dh][hostile]") {
    const auto fault = [](const Number& p, const Number& g) { return check_parameters(p, g).fault; };
    CHECK(fault(0, 2) == "p is even");
    CHECK(fault(22, 5) == "p is even");
    CHECK(fault(1, 2) == "p is below 5");
    CHECK(fault(3, 2) == "p is below 5");
    CHECK(fault((Number(1) << 8192) + 1, 2) == "p has 8193 bits, more than 8192");
    CHECK(fault(23, 0) == "g is outside 2..p-2");
    CHECK(fault(23, 1) == "g is outside 2..p-2");
    CHECK(fault(23, 22) == "g is outside 2..p-2");
    CHECK(fault(23, 23) == "g is outside 2..p-2");
    CHECK(fault(25, 2) == "p is not prime");
    CHECK(fault(561, 2) == "p is not prime");                           // a Carmichael number
    CHECK(fault(Number("3825123056546413051"), 2) == "p is not prime"); // a strong pseudoprime to nine bases
    CHECK(fault(5, 2).empty());
    CHECK(fault(23, 5).empty());
    CHECK(fault(13, 2).empty()); // prime, though not safe
}

TEST_CASE("A report tells safe primes and generators of prime order", "[dh]") {
    const dh::ParameterReport squares = check_parameters(23, 2);
    CHECK(squares.safe_prime);
    CHECK(squares.g_generates_squares);
    const dh::ParameterReport full = check_parameters(23, 5);
    CHECK(full.safe_prime);
    CHECK_FALSE(full.g_generates_squares);
    const dh::ParameterReport plain = check_parameters(13, 2);
    CHECK_FALSE(plain.safe_prime);
    CHECK_FALSE(plain.g_generates_squares);
    CHECK(plain.p_bits == 4);
}

TEST_CASE("Public values are refused outside 2..p-2 and outside g's subgroup", "[dh][hostile]") {
    const dh::ParameterReport full = check_parameters(23, 5);
    for (const int y : {0, 1, 22, 23, 24, 46}) CHECK_FALSE(public_value_fault(y, 23, full).empty());
    for (int y = 2; y <= 21; ++y) CHECK(public_value_fault(y, 23, full).empty());

    // 2 generates the squares modulo 23, eleven numbers; all others are refused.
    const dh::ParameterReport squares = check_parameters(23, 2);
    for (int y = 2; y <= 21; ++y) {
        CAPTURE(y);
        CHECK(public_value_fault(y, 23, squares).empty() == (power(y, 11, 23) == 1));
    }
    const Group& large = *find_group("modp1536");
    const dh::ParameterReport report = check_parameters(large.p, large.g);
    CHECK(public_value_fault(large.p - 1, large.p, report) == "the public value is outside 2..p-2");
    CHECK(public_value_fault(large.p - 4, large.p, report) ==
          "the public value is outside the subgroup that g generates");
    CHECK(public_value_fault(4, large.p, report).empty());
}

TEST_CASE("Private keys of the named groups have the recommended length or are within the subgroup", "[dh]") {
    for (const Group& group : named_groups()) {
        if (bit_length(group.p) > 4096) continue; // the same code, slower
        const dh::ParameterReport report = check_parameters(group.p, group.g);
        Random random = Random::seeded(group.name);
        const Number x = dh::draw_private_key(group, report, random);
        CAPTURE(group.name, x.get_str());
        if (group.exponent_bits > 0) {
            CHECK(bit_length(x) == group.exponent_bits);
        } else {
            CHECK(x >= 2);
            CHECK(x <= (report.g_generates_squares ? Number((group.p - 1) / 2 - 1) : Number(group.p - 2)));
        }
    }
}

TEST_CASE("Every tiny prime and generator gives private keys whose public values are accepted", "[dh]") {
    Random random = Random::seeded("tiny");
    for (const int p : {5, 7, 11, 13, 17, 23, 29, 31, 47}) {
        for (int g = 2; g <= p - 2; ++g) {
            const dh::ParameterReport report = check_parameters(p, g);
            REQUIRE(report.ok());
            const Group group{"custom", "test", p, g, 0};
            for (int i = 0; i < 50; ++i) {
                const Number x = dh::draw_private_key(group, report, random);
                const Number y = power(g, x, p);
                CAPTURE(p, g, x.get_str());
                REQUIRE(x >= 2);
                REQUIRE(x <= p - 2);
                REQUIRE(public_value_fault(y, p, report).empty());
            }
        }
    }
}

TEST_CASE("The sha256 derivation is OpenSSL's SHA-256 of the secret, its first eight bytes, with odd parity", "[dh]") {
    for (const auto& [shared, p] : {std::pair<Number, Number>{2, 23},
                                    {0x1234, 0xFFFFFB},
                                    {Number("0x123456789ABCDEF0123456789"), find_group("modp768")->p}}) {
        const dh::Derivation derived = dh::derive(shared, p, dh::Kdf::sha256);
        REQUIRE(derived.secret.size() == (bit_length(p) + 7) / 8);
        CHECK(from_bytes(derived.secret) == shared);
        std::array<std::uint8_t, 32> digest{};
        SHA256(derived.secret.data(), derived.secret.size(), digest.data());
        REQUIRE(derived.digest == digest);
        CHECK(derived.raw == load_block(digest));
        CHECK(derived.key == des::with_odd_parity(derived.raw));
    }
    // By hand: SHA-256 of the byte 02 is DBC1B4C900FFE48D575B5DA5C638040125F65DB0FE3E24494B76EA986457D986.
    const dh::Derivation toy = dh::derive(2, 23, dh::Kdf::sha256);
    CHECK(toy.raw == 0xDBC1B4C900FFE48D);
    CHECK(toy.key == 0xDAC1B5C801FEE58C);
}

TEST_CASE("The low64 derivation is the secret's lowest 64 bits with odd parity", "[dh]") {
    const dh::Derivation toy = dh::derive(2, 23, dh::Kdf::low64);
    CHECK(toy.raw == 2);
    CHECK(toy.key == 0x0101010101010102);
    CHECK_FALSE(toy.digest);
    const Number& p = find_group("modp768")->p;
    const dh::Derivation large = dh::derive(Number("0xFEDCBA98765432100123456789ABCDEF"), p, dh::Kdf::low64);
    CHECK(large.raw == 0x0123456789ABCDEF);
    CHECK(large.key == 0x0123456789ABCDEF);
    CHECK(large.secret.size() == 96);
    CHECK(dh::derive(Number(1) << 64, p, dh::Kdf::low64).raw == 0);
}

TEST_CASE("New groups of every small size are safe primes of exactly that size with a generator of prime order",
          "[dh]") {
    Random random = Random::seeded("new_group");
    for (unsigned bits = dh::min_new_bits; bits <= 64; ++bits) {
        const auto group = dh::new_group(bits, random);
        REQUIRE(group);
        CAPTURE(bits, group->p.get_str(), group->g.get_str());
        CHECK(bit_length(group->p) == bits);
        const Number q = (group->p - 1) / 2;
        CHECK(is_prime(group->p));
        CHECK(is_prime(q));
        CHECK(group->g != 1);
        CHECK(power(group->g, q, group->p) == 1);
        const dh::ParameterReport report = check_parameters(group->p, group->g);
        CHECK(report.ok());
        CHECK(report.g_generates_squares);
        CHECK(group->name == "custom");
    }
}

TEST_CASE("Making a group tells how many candidates were tried and can be stopped", "[dh]") {
    Random random = Random::seeded("stop");
    std::uint64_t last = 0;
    const auto group = dh::new_group(2048, random, [&](std::uint64_t tried) {
        CHECK(tried == last + 1);
        last = tried;
        return tried < 10;
    });
    CHECK_FALSE(group);
    CHECK(last == 10);
}

TEST_CASE("New groups outside 3 to 4096 bits are refused", "[dh][hostile]") {
    Random random = Random::seeded("range");
    for (const unsigned bits : {0U, 1U, 2U, 4097U, 1000000U}) {
        CHECK_THROWS_AS(dh::new_group(bits, random), Error);
    }
}

TEST_CASE("The same seed gives the same keys, blocks and groups on every machine", "[dh][random]") {
    const auto draw = [](const char* seed) {
        Random random = Random::seeded(seed).fork("server.private");
        const Group& group = *find_group("ffdhe2048");
        return dh::draw_private_key(group, check_parameters(group.p, group.g), random);
    };
    CHECK(draw("demo") == draw("demo"));
    CHECK(draw("demo") != draw("demo2"));
    CHECK(draw("demo").get_str(16) == "1bd3b15e6e1e1f515c8268ae00a314a8b16b1a0d8ad5bd36304c104b9");

    Random random = Random::seeded("demo").fork("message.1.iv");
    CHECK(random.block() == 0xAE1813400B9B3097);
    Random other = Random::seeded("demo").fork("group");
    CHECK(dh::new_group(64, other)->p.get_str(16) == "9e0ed42b94bad5db");
}

TEST_CASE("Key derivations are found by the names they have", "[dh]") {
    for (const dh::Kdf kdf : {dh::Kdf::sha256, dh::Kdf::low64}) CHECK(dh::find_kdf(dh::name(kdf)) == kdf);
    CHECK(dh::find_kdf("SHA256") == dh::Kdf::sha256);
    for (const char* text : {"", "sha-256", "md5"}) CHECK_FALSE(dh::find_kdf(text));
}
