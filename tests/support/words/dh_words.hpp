// The sentences about a handshake, written a second time: for words_dh_test.cpp.
#pragma once

#include "tests/support/words/words.hpp"

namespace keyhole::testing {

inline const Words connect_words = {
    "the client opens a TCP connection to the server",
    "The client connects to the server. From here on both send lines of JSON over this connection, and anybody on the "
    "path can read and change every one of them: TCP hides nothing and proves nothing."};

inline const Words keys_words = {"each side has a private exponent and computes g to that power",
                                 "Each side has a private key, a secret number, and raises g to it modulo p. The "
                                 "result, the public key, may be shown "
                                 "to anybody: to get back from it to the exponent is the discrete logarithm problem."};

inline const Words secret_words = {
    "each side raises the other's public key to its own exponent: the same number on both sides",
    "Each side raises the other's public key to its own private key. Both get g to the product of the two exponents, "
    "the shared secret, and both make the DES key of it. Someone who only listened knows both public keys but neither "
    "exponent. Someone who sat in the middle could have made a key with each of them: nothing here proves who is who."};

inline std::size_t bits_of(const Number& number) { return number == 0 ? 0 : number.get_str(2).size(); }

inline std::string sizes_of(const Parameters& parameters) {
    return fmt::format("p = {} with {} bits and g = {}", short_number(parameters.p, parameters.p),
                       bits_of(parameters.p), short_number(parameters.g, parameters.p));
}

/// Control characters in a group's name are none of the sender's business.
inline std::string group_of(const Parameters& parameters) {
    return parameters.group == "cus\x1Btom" ? "cus\\x1Btom" : parameters.group;
}

inline Words chosen_words(const Parameters& parameters) {
    const std::string kdf = parameters.kdf == dh::Kdf::sha256 ? "sha256" : "low64",
                      mode = parameters.mode == Mode::cbc   ? "cbc"
                             : parameters.mode == Mode::ctr ? "ctr"
                                                            : "ecb";
    const std::size_t bits = bits_of(parameters.p);
    return {
        fmt::format("group {}, {} bits, kdf {}, mode {}", group_of(parameters), bits, kdf, mode),
        fmt::format(
            "The server takes the group {}: {}. Both numbers are public: the secret will be an exponent. It "
            "also says how the shared secret becomes a DES key ({}) and in which mode messages are "
            "enciphered ({}).{}",
            group_of(parameters), sizes_of(parameters), kdf, mode,
            bits <= 1023 ? " A prime this small can be broken at once: it is for looking at, not for secrets." : "")};
}

inline Words checked_words(const Parameters& parameters, bool safe, const std::string& generates) {
    const std::size_t bits = bits_of(parameters.p);
    return {
        fmt::format("p is {} with {} bits, g is in 2..p-2: accepted", safe ? "a safe prime" : "a prime", bits),
        fmt::format("The client trusts nothing: it looks at {}. p is odd, prime, and {}. g lies in 2..p-2 and {}. {}",
                    sizes_of(parameters),
                    safe ? "(p-1)/2 is prime too, so there are no small subgroups to be pushed into"
                         : "not a safe prime, so a peer could push this side into a small subgroup",
                    generates,
                    bits <= 1023 ? "A prime of this size protects nobody; it is for looking at."
                                 : "What this cannot tell is who sent them.")};
}

inline Words private_words(Role role, const Number& x, const Number& p) {
    const std::string size = count_of(bits_of(x), "bit");
    return {
        "a secret exponent of " + size,
        fmt::format("The {}'s private key is {}, a number of {}: drawn at random, or given by hand to follow a "
                    "textbook. It is never sent. {}",
                    side(role), short_number(x, x), size,
                    bits_of(p) >= 1536 ? "It may be shorter than p: the best attacks on an exponent take the square "
                                         "root of its range, those on p depend on p alone."
                                       : "With so few bits one could try them all.")};
}

inline Words power_words(const std::string& purpose, const Number& base, const Number& exponent, const Number& modulus,
                         const Number& result) {
    const std::string summary =
        fmt::format("{} to the power {} modulo {} is {}", short_number(base, modulus), short_number(exponent, exponent),
                    short_number(modulus, modulus), short_number(result, modulus));
    const std::string bits = exponent.get_str(2);
    const auto ones = static_cast<std::uint64_t>(std::count(bits.begin(), bits.end(), '1'));
    return {
        summary,
        fmt::format(
            "{}: {}. Square and multiply needs {}, one for every bit of the exponent, and {}, one "
            "for every 1 among them{}.",
            purpose, summary, count_of(bits_of(exponent), "squaring"), count_of(ones, "multiplication"),
            exponent > bits_of(exponent) + ones ? ", instead of as many multiplications as the exponent says" : "")};
}

inline Words received_words(Role role, const Number& y, const Number& p) {
    return {fmt::format("the {}'s public key {} arrived", side(role), short_number(y, p)),
            fmt::format("The {}'s public key {} came over the wire and lies in 2..p-2, as it must. The exponent behind "
                        "it is the {}'s secret and is not known here.",
                        side(role), short_number(y, p), side(role))};
}

inline Words bit_words(std::size_t number, char bit, const Number& before, const Number& base, const Number& modulus) {
    const Number squared = before * before % modulus, multiplied = squared * base % modulus;
    const auto shown = [&](const Number& value) { return short_number(value, modulus); };
    std::string words =
        fmt::format("Bit {} of the exponent, counted from the top, is {}. The running value {} is squared: {}.", number,
                    bit, shown(before), shown(squared));
    if (bit == '1') {
        words += fmt::format(" Because the bit is 1 it is then multiplied by the base {}: {}.", shown(base),
                             shown(multiplied));
    } else {
        words += " Because the bit is 0 nothing else happens.";
    }
    return {bit == '1' ? "bit 1: square, multiply, " + shown(multiplied) : "bit 0: square, " + shown(squared),
            words + fmt::format(" All of it is modulo {}.", shown(modulus))};
}

/// Five groups of five digits from the digest of all public numbers.
inline std::string fingerprint_digits(const Parameters& parameters, const Number& server, const Number& client) {
    const std::string label = "keyhole/1 fingerprint";
    Bytes hashed(label.begin(), label.end());
    hashed.push_back(0);
    for (const Number& number : {parameters.p, parameters.g, server, client}) {
        const Bytes bytes = low_bytes(number, (bits_of(parameters.p) + 7) / 8);
        hashed.insert(hashed.end(), bytes.begin(), bytes.end());
    }
    const Bytes digest = digest_of(hashed);
    std::string out;
    for (std::size_t group = 0; group < 5; ++group) {
        const Bytes five(digest.begin() + static_cast<std::ptrdiff_t>(5 * group),
                         digest.begin() + static_cast<std::ptrdiff_t>(5 * group + 5));
        out += fmt::format("{}{:05}", group == 0 ? "" : " ", number_of(bit_text(five)) % 100000);
    }
    return out;
}

/// `remark`: what is special about the key; `digits`: the fingerprint; empty where there is none.
inline Words derive_words(const MadeKey& made, dh::Kdf kdf, const std::string& remark, const std::string& digits) {
    const std::string key = block_hex(made.key);
    Words words{
        "DES key " + key + (remark.empty() ? "" : " (" + remark + ")"),
        fmt::format("{} of the shared secret ({}) {} {}. The lowest bit of each byte is set so that the byte has "
                    "an odd number of ones; the key is {}. Only 56 of its bits count, few enough to try them all "
                    "today.",
                    kdf == dh::Kdf::sha256 ? "SHA-256" : "The lowest 64 bits", count_of(made.secret_bytes, "byte"),
                    kdf == dh::Kdf::sha256 ? "begins with" : "are", block_hex(made.raw), key)};
    if (!remark.empty()) words.explanation += " Beware of this " + remark + ".";
    if (digits.empty()) return words;
    words.summary += ", fingerprint " + digits;
    words.explanation +=
        " Whose key is at the other end Diffie-Hellman cannot tell: a relay that answers both sides with keys of its "
        "own makes a good secret with each of them. So both ends hash p, g and the two public keys that they saw, here "
        "to the digits " +
        digits +
        ", and read them to each other over a way where they know each other, a telephone, say. With a relay between "
        "them they saw different public keys and the digits differ.";
    return words;
}

} // namespace keyhole::testing
