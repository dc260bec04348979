// The words of steps, checked whole: every test of words_*_test.cpp writes the sentences down a second time, with
// numbers that it computed itself, each at its place. On purpose nothing here calls what the explanations call.
#pragma once

#include <fmt/format.h>
#include <openssl/sha.h>

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/words/plain_des.hpp"

namespace keyhole::testing {

struct Words {
    std::string summary, explanation;
};

// Which kinds of steps the words of each file are about; together all of them.
inline const std::set<Kind> des_kinds = {Kind::schedule, Kind::schedule_round, Kind::ip,      Kind::round, Kind::expand,
                                         Kind::mix,      Kind::sbox,           Kind::permute, Kind::join,  Kind::swap,
                                         Kind::fp};
inline const std::set<Kind> block_kinds = {Kind::block};
inline const std::set<Kind> message_kinds = {Kind::message, Kind::encode, Kind::pad,     Kind::encrypt,
                                             Kind::frame,   Kind::decode, Kind::decrypt, Kind::unpad};
inline const std::set<Kind> dh_kinds = {Kind::connect, Kind::parameters,  Kind::choose,     Kind::check,
                                        Kind::keys,    Kind::private_key, Kind::public_key, Kind::secret,
                                        Kind::shared,  Kind::derive,      Kind::modexp,     Kind::bit};

/// The steps of one trace, and which kinds were looked at.
class WordsOf {
  public:
    WordsOf(const Recording& recording, std::set<Kind>& kinds) : trace_(recording), kinds_(&kinds) {}

    const StepTree& tree() const { return trace_.tree(); }

    void are(const std::string& address, const Words& expected) { are(tree().at(address), expected); }
    void are(const Node& node, const Words& expected) {
        const Step step = trace_.step(node);
        INFO(step.address);
        CHECK(step.summary == expected.summary);
        CHECK(step.explanation == expected.explanation);
        kinds_->insert(node.kind());
    }

  private:
    Trace trace_;
    std::set<Kind>* kinds_;
};

/// "37 501 bytes", "1 byte".
inline std::string grouped(std::uint64_t number) {
    const std::string digits = fmt::format("{}", number);
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (digits.size() > 4 && i > 0 && (digits.size() - i) % 3 == 0) out += ' ';
        out += digits[i];
    }
    return out;
}
inline std::string count_of(std::uint64_t number, const std::string& thing) {
    return grouped(number) + " " + (number == 1 ? thing : thing + "s");
}

inline std::string block_hex(std::uint64_t block) { return fmt::format("0x{:016X}", block); }

/// All of twelve bytes, the first eight of more.
inline std::string short_hex(ByteView bytes) {
    if (bytes.empty()) return "no bytes";
    std::string out = "0x";
    for (std::size_t i = 0; i < (bytes.size() > 12 ? 8 : bytes.size()); ++i) out += fmt::format("{:02X}", bytes[i]);
    return bytes.size() > 12 ? out + ".." : out;
}

/// In decimal below 2^64; else whole bytes in hex, the ends of them where they are more than twelve, and the size where
/// it is 64 bits or more below that of the modulus.
inline std::string short_number(const Number& number, const Number& modulus) {
    if (number < Number("18446744073709551616")) return number.get_str(10);
    std::string digits = number.get_str(-16);
    if (digits.size() % 2 == 1) digits = "0" + digits;
    if (digits.size() <= 24) return "0x" + digits;
    const std::size_t bits = number.get_str(2).size();
    const std::string size = bits + 64 <= modulus.get_str(2).size() ? fmt::format(" ({} bits)", bits) : "";
    return "0x" + digits.substr(0, 8) + ".." + digits.substr(digits.size() - 8) + size;
}

/// "K₁₂".
inline std::string indexed(const std::string& letter, unsigned number) {
    const std::array<const char*, 10> digits{"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
    return letter + (number >= 10 ? digits.at(number / 10) : "") + digits.at(number % 10);
}

inline std::string side(Role role) { return role == Role::server ? "server" : "client"; }
inline std::string peer(Role role) { return role == Role::server ? "client" : "server"; }

/// The low `size` bytes of a number.
inline Bytes low_bytes(const Number& number, std::size_t size) {
    std::string digits = number.get_str(16);
    digits.insert(0, 2 * size > digits.size() ? 2 * size - digits.size() : 0, '0');
    return *from_hex(digits.substr(digits.size() - 2 * size));
}

inline Bytes digest_of(ByteView data) {
    Bytes out(SHA256_DIGEST_LENGTH);
    SHA256(data.data(), data.size(), out.data());
    return out;
}

/// From a shared secret to the DES key.
struct MadeKey {
    std::size_t secret_bytes = 0;
    std::uint64_t raw = 0, key = 0;
};
inline MadeKey made_key(const Number& shared, const Number& p, dh::Kdf kdf) {
    MadeKey out{.secret_bytes = (p.get_str(2).size() + 7) / 8};
    Bytes eight = kdf == dh::Kdf::sha256 ? digest_of(low_bytes(shared, out.secret_bytes)) : low_bytes(shared, 8);
    eight.resize(8);
    BitText key;
    for (const std::uint8_t byte : eight) {
        const BitText seven = bit_text(byte, 8).substr(0, 7);
        key += seven + (std::count(seven.begin(), seven.end(), '1') % 2 == 0 ? '1' : '0');
    }
    out.raw = number_of(bit_text(eight));
    out.key = number_of(key);
    return out;
}

/// The key of an exchange in which the server's private key is known.
inline std::uint64_t key_of(const Recording& r) {
    Number shared;
    mpz_powm(shared.get_mpz_t(), r.parties[1].public_key->get_mpz_t(), r.parties[0].private_key->get_mpz_t(),
             r.parameters->p.get_mpz_t());
    return made_key(shared, r.parameters->p, r.parameters->kdf).key;
}

/// A message as it is padded.
inline Bytes with_padding(Padding padding, Bytes message) {
    const std::size_t missing = 8 - message.size() % 8;
    if (padding == Padding::pkcs7) message.insert(message.end(), missing, static_cast<std::uint8_t>(missing));
    if (padding == Padding::iso7816) message.push_back(0x80);
    while (padding != Padding::none && message.size() % 8 != 0) message.push_back(0);
    return message;
}

} // namespace keyhole::testing
