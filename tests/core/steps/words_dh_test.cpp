// The sentences of the handshake and of a modular exponentiation, each number at its place and each side by its name.
#include "core/base/random.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/words/dh_words.hpp"

using namespace keyhole;
using namespace keyhole::testing;

namespace {

Number next_prime(const Number& from) {
    Number out;
    mpz_nextprime(out.get_mpz_t(), from.get_mpz_t());
    return out;
}

// The first prime that is a multiple of `step` and one, from the multiple `from` on.
Number prime_above(Number from, const Number& step) {
    Number p = from * step + 1;
    while (!is_prime(p)) p += step;
    return p;
}

struct TestGroup {
    std::string name;
    Number p, g;
    bool safe;
    std::string generates;
};

const std::string all_of_safe =
    "generates all p-1 numbers, not the subgroup of prime order (p-1)/2, so that its powers "
    "give away whether an exponent is even";
const std::string squares = "generates the subgroup of prime order (p-1)/2";
const std::string prime_order = "generates a subgroup of prime order";
const std::string not_prime =
    "generates a subgroup whose order is not prime: what an exponent is modulo its small "
    "factors can be found out";

// Orders are known by how the groups are made.
std::vector<TestGroup> test_groups() {
    std::vector<TestGroup> out = {
        {"toy23", 23, 5, true, all_of_safe},
        {"custom", 23, 2, true, squares},       // order 11
        {"custom", 41, 10, false, prime_order}, // 5
        {"custom", 41, 6, false, "generates all p-1 numbers, an order that is not prime"},
        {"custom", 41, 3, false, not_prime},                                                            // 8
        {"custom", 41, 9, false, not_prime},                                                            // 4
        {"cus\x1Btom", Number("0x8000002431ed4b65"), Number("0x6141de5a8a8eeb76"), false, prime_order}, // 32 bits
        {"modp768", find_group("modp768")->p, 2, true, squares},
        {"modp1024", find_group("modp1024")->p, 2, true, squares},
        {"ffdhe2048", find_group("ffdhe2048")->p, 2, true, squares},
    };
    for (const unsigned bits : {1023U, 1024U}) { // a prime q far below p
        const Number p = prime_above((Number(1) << (bits - 1)) / 131042 + 12345, 131042);
        out.push_back({"custom", p, power_modulo(2, (p - 1) / 65521, p), false, prime_order});
    }
    const Number q = next_prime(Number(1) << 200U) * next_prime(Number(1) << 210U);
    const Number p = prime_above(2, 2 * q);
    out.push_back({"custom", p, power_modulo(2, (p - 1) / q, p), false,
                   "generates a subgroup whose order is not known here: p-1 could not be factored"});
    Number root = 2; // not a square: an even order
    while (power_modulo(root, (p - 1) / 2, p) == 1) ++root;
    out.push_back({"custom", p, root, false, not_prime});
    return out;
}

Recording handshake(const TestGroup& group, dh::Kdf kdf, Mode mode, const Number& server, const Number& client) {
    Recording r;
    r.connected = true;
    r.parameters = Parameters{.group = group.name, .p = group.p, .g = group.g, .kdf = kdf, .mode = mode};
    const Number keys[] = {server, client};
    for (const Role role : every_role) {
        PartyRecord& party = r.party(role);
        party.agreed = party.derived = true;
        party.private_key = keys[role == Role::client];
        party.public_key = power_modulo(group.g, *party.private_key, group.p);
        party.shared = power_modulo(group.g, server * client, group.p);
    }
    return r;
}

void check_bits(WordsOf& words, const std::string& at, const Number& base, const Number& exponent,
                const Number& modulus) {
    const std::string bits = exponent == 0 ? "" : exponent.get_str(2);
    REQUIRE(words.tree().child_count(words.tree().at(at)) == bits.size());
    for (std::size_t n = 1; n <= bits.size(); ++n) {
        const Number before =
            n == 1 ? Number(1 % modulus) : power_modulo(base, Number(bits.substr(0, n - 1), 2), modulus);
        words.are(fmt::format("{}/bit.{}", at, n), bit_words(n, bits[n - 1], before, base, modulus));
    }
}

// Of such a key there is more to say.
bool is_weak(const MadeKey& made) {
    const PlainDes des(made.key);
    return std::set(des.subkeys.begin() + 1, des.subkeys.end()).size() <= 4;
}

// All that both sides have.
void check_handshake(const TestGroup& group, const Recording& r, std::set<Kind>& kinds) {
    CAPTURE(group.name, group.p.get_str(16), group.g.get_str(16));
    const Parameters& parameters = *r.parameters;
    WordsOf words(r, kinds);
    words.are("connect", connect_words);
    words.are("parameters", chosen_words(parameters));
    words.are("parameters/server.choose", chosen_words(parameters));
    words.are("parameters/client.check", checked_words(parameters, group.safe, group.generates));
    words.are("keys", keys_words);
    words.are("secret", secret_words);
    const std::string digits = fingerprint_digits(parameters, *r.parties[0].public_key, *r.parties[1].public_key);
    for (const Role role : every_role) {
        const PartyRecord& own = r.party(role);
        const Number &x = *own.private_key, &y = *own.public_key, &others = *r.party(other(role)).public_key;
        const Number shared = power_modulo(others, x, group.p);
        const std::string in_keys = "keys/" + side(role), in_secret = "secret/" + side(role);
        words.are(in_keys + ".private", private_words(role, x, group.p));
        words.are(in_keys + ".public",
                  power_words(fmt::format("The {} raises g to its private key", side(role)), group.g, x, group.p, y));
        check_bits(words, in_keys + ".public", group.g, x, group.p);
        words.are(
            in_secret + ".shared",
            power_words(fmt::format("The {} raises the {}'s public key to its own private key", side(role), peer(role)),
                        others, x, group.p, shared));
        check_bits(words, in_secret + ".shared", others, x, group.p);
        words.are(in_secret + ".derive",
                  derive_words(made_key(shared, group.p, parameters.kdf), parameters.kdf, "", digits));
    }
}

} // namespace

TEST_CASE("Words of the handshake: every number and side at its place, in groups of every kind", "[steps][words][dh]") {
    Random random = Random::seeded("words_dh_test");
    std::set<Kind> kinds;
    const std::vector<TestGroup> groups = test_groups();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const TestGroup& group = groups[i];
        const Number high = group.p < (Number(1) << 80U) ? Number(group.p - 2) : Number(Number(1) << 80U);
        const Mode mode = chat_modes[i % chat_modes.size()];
        const dh::Kdf kdf = i % 2 == 0 ? dh::Kdf::sha256 : dh::Kdf::low64;
        Number server, client;
        do {
            server = random.between(2, high);
            client = random.between(2, high);
        } while (server == client || is_weak(made_key(power_modulo(group.g, server * client, group.p), group.p, kdf)));
        check_handshake(group, handshake(group, kdf, mode, server, client), kinds);
    }
    std::set<Kind> wanted = dh_kinds;
    wanted.erase(Kind::modexp); // a trace of its own
    CHECK(kinds == wanted);
}

TEST_CASE("Words of a modular exponentiation without an exchange", "[steps][words][dh]") {
    const Number big = (Number(1) << 100U) + 5, modulus = (Number(1) << 2000U) - 33;
    const std::tuple<Number, Number, Number> powers[] = {
        {5, 6, 23},
        {30, 21, 23},
        {0, 0, 1},
        {7, 0, 10},
        {3, 1, 2},
        {3, big, 1000},
        {big, 255, 4096},
        {Number(1) << 90U, 170, modulus},
        {big, 1023, modulus},
        {modulus + 7, 12, modulus},
    };
    std::set<Kind> kinds;
    for (const auto& [base, exponent, m] : powers) {
        CAPTURE(base.get_str(), exponent.get_str(), m.get_str());
        const Recording r = record_power({.base = base, .exponent = exponent, .modulus = m});
        WordsOf words(r, kinds);
        words.are("modexp",
                  power_words("A modular exponentiation", base, exponent, m, power_modulo(base, exponent, m)));
        check_bits(words, "modexp", base, exponent, m);
    }
    CHECK(kinds == std::set{Kind::modexp, Kind::bit});
}

TEST_CASE("Words of what one side does not know, and of what one hears who listens", "[steps][words][dh]") {
    std::set<Kind> kinds;
    const TestGroup group{"modp768", find_group("modp768")->p, 2, true, squares};
    const Recording all = handshake(group, dh::Kdf::sha256, Mode::cbc, 123456789, 987654321);
    const auto arrived = [&](WordsOf& words, Role role) {
        words.are(fmt::format("keys/{}.public", side(role)),
                  received_words(role, *all.party(role).public_key, group.p));
    };
    for (const Role own : every_role) {
        const Recording r = testing::seen_by(own, all);
        WordsOf words(r, kinds);
        words.are("keys", keys_words);
        arrived(words, other(own));
        words.are(fmt::format("keys/{}.private", side(own)), private_words(own, *all.party(own).private_key, group.p));
    }
    const Recording heard = overheard(all);
    WordsOf words(heard, kinds);
    words.are("parameters", chosen_words(*all.parameters));
    words.are("parameters/client.check", checked_words(*all.parameters, true, squares));
    for (const Role role : every_role) arrived(words, role);
}

TEST_CASE("Words of p and of a private key at the sizes where they change", "[steps][words][dh]") {
    std::set<Kind> kinds;
    for (const unsigned bits : {5U, 1023U, 1024U, 1535U, 1536U}) {
        // No prime is needed to be shown.
        const TestGroup group{"custom", (Number(1) << (bits - 1)) + 1, 2, false, {}};
        const Recording r = handshake(group, dh::Kdf::low64, Mode::ecb, 1, 0x155);
        CAPTURE(bits);
        WordsOf words(r, kinds);
        words.are("parameters/server.choose", chosen_words(*r.parameters));
        for (const Role role : every_role) {
            words.are(fmt::format("keys/{}.private", side(role)),
                      private_words(role, *r.party(role).private_key, group.p));
        }
    }
}

TEST_CASE("Words of a derived key that is weak, and of one without a fingerprint", "[steps][words][dh]") {
    const std::string weak =
        "weak key: its sixteen subkeys are all equal, so enciphering twice gives the plaintext back";
    const std::pair<std::uint64_t, std::string> secrets[] = {
        {0x0001000000010001, weak},
        {0x01FE01FF01FE01FE,
         "semi-weak key: it has only two different subkeys, and what it enciphers the key 0xFE01FE01FE01FE01 enciphers "
         "back"},
        {0x0123456789ABCDEF, ""},
    };
    std::set<Kind> kinds;
    const TestGroup group{"modp768", find_group("modp768")->p, 2, true, squares};
    Recording r = handshake(group, dh::Kdf::low64, Mode::cbc, 1234, 4321);
    for (const auto& [secret, remark] : secrets) {
        const Number shared((Number(0xABCD) << 64U) + Number(std::to_string(secret)));
        r.party(Role::client).shared = shared;
        const MadeKey made = made_key(shared, group.p, dh::Kdf::low64);
        const std::string digits =
            fingerprint_digits(*r.parameters, *r.parties[0].public_key, *r.parties[1].public_key);
        WordsOf(r, kinds).are("secret/client.derive", derive_words(made, dh::Kdf::low64, remark, digits));
        Recording alone = r;
        alone.party(Role::server).public_key.reset();
        WordsOf(alone, kinds).are("secret/client.derive", derive_words(made, dh::Kdf::low64, remark, ""));
    }
}
