// Words and values for the handshake: connection, parameters, key pairs, shared secret and session key, and for a
// modular exponentiation and its bits. (RFC 2631, RFC 7919; Handbook of Applied Cryptography, algorithm 14.79.)
#include "core/steps/explain.hpp"

#include <algorithm>

#include "core/base/words.hpp"
#include "core/des/des_keys.hpp"
#include "core/recording/fingerprint.hpp"

namespace keyhole {
namespace {

BigValue big(const Number& number, const Number& modulus) {
    return {number, std::max<std::size_t>(bit_length(modulus), 1)};
}

void connect_step(Step& step) {
    step.summary = "the client opens a TCP connection to the server";
    step.explanation =
        "The client connects to the server. From here on both send lines of JSON over this connection, and anybody on "
        "the path can read and change every one of them: TCP hides nothing and proves nothing.";
}

// What g generates, as words that go on after "g lies in 2..p-2 and".
std::string generated_words(const Parameters& p, const dh::ParameterReport& report, const dh::Order& order) {
    if (report.safe_prime && !report.g_generates_squares) {
        return "generates all p-1 numbers, not the subgroup of prime order (p-1)/2, so that its powers give away "
               "whether an exponent is even";
    }
    if (report.g_generates_squares) return "generates the subgroup of prime order (p-1)/2";
    const dh::Answer prime = order.prime();
    if (prime == dh::Answer::unknown)
        return "generates a subgroup whose order is not known here: p-1 could not be factored";
    if (prime == dh::Answer::yes) return "generates a subgroup of prime order";
    if (order.known() && order.value == p.p - 1) return "generates all p-1 numbers, an order that is not prime";
    return "generates a subgroup whose order is not prime: what an exponent is modulo its small factors can be found "
           "out";
}

void parameters_step(const TraceValues& trace, Step& step) {
    const Parameters& p = *trace.recording().parameters;
    const dh::ParameterReport& report = trace.parameter_report();
    const BigValue prime = big(p.p, p.p), generator = big(p.g, p.p);
    const std::string sizes = fmt::format("p = {} with {} and g = {}", prime, counted(report.p_bits, "bit"), generator);
    step.values = {{"group", Word{p.group}}, {"p", prime}, {"g", generator}, {"p_bits", Count{report.p_bits}}};
    if (step.node.kind() == Kind::check) {
        const dh::Order& order = trace.generator_order();
        const auto yes_no = [](bool yes) { return Word{yes ? "yes" : "no"}; };
        step.add({{"odd", yes_no(report.p_odd)},
                  {"prime", yes_no(report.p_prime)},
                  {"safe_prime", yes_no(report.safe_prime)},
                  {"g_in_range", yes_no(report.g_in_range)},
                  {"g_has_prime_order", Word{std::string(dh::name(order.prime()))}}});
        step.summary = fmt::format("p is {} with {}, g is in 2..p-2: accepted",
                                   report.safe_prime ? "a safe prime" : "a prime", counted(report.p_bits, "bit"));
        step.explanation = fmt::format(
            "The client trusts nothing: it looks at {}. p is odd, prime, and {}. g lies in 2..p-2 and {}. {}", sizes,
            report.safe_prime ? "(p-1)/2 is prime too, so there are no small subgroups to be pushed into"
                              : "not a safe prime, so a peer could push this side into a small subgroup",
            generated_words(p, report, order),
            report.p_bits < 1024 ? "A prime of this size protects nobody; it is for looking at."
                                 : "What this cannot tell is who sent them.");
        return;
    }
    step.add({{"kdf", Word{std::string(dh::name(p.kdf))}}, {"mode", Word{std::string(name(p.mode))}}});
    step.summary = fmt::format("group {}, {} bits, kdf {}, mode {}", escape_controls(p.group), report.p_bits,
                               dh::name(p.kdf), name(p.mode));
    step.explanation = fmt::format(
        "The server takes the group {}: {}. Both numbers are public: the secret will be an exponent. It also says how "
        "the shared secret becomes a DES key ({}) and in which mode messages are enciphered ({}).{}",
        escape_controls(p.group), sizes, dh::name(p.kdf), name(p.mode),
        report.p_bits < 1024 ? " A prime this small can be broken at once: it is for looking at, not for secrets."
                             : "");
}

// What is known of both sides' numbers, under the names of the server's and the client's.
void add_both(const Recording& r, std::optional<Number> PartyRecord::*number, std::string_view servers,
              std::string_view clients, Step& step) {
    for (const Role role : every_role) {
        const std::optional<Number>& known = r.party(role).*number;
        if (known) step.add(role == Role::server ? servers : clients, big(*known, r.parameters->p));
    }
}

void keys_step(const Recording& r, Step& step) {
    add_both(r, &PartyRecord::public_key, "server_public", "client_public", step);
    step.summary = "each side has a private exponent and computes g to that power";
    step.explanation =
        "Each side has a private key, a secret number, and raises g to it modulo p. The result, the public key, may be "
        "shown to anybody: to get back from it to the exponent is the discrete logarithm problem.";
}

void private_key_step(const Recording& r, Step& step) {
    const Role role = step.node.last().role;
    const Number& x = *r.party(role).private_key;
    step.values = {{"private_key", big(x, x)}, {"bits", Count{bit_length(x)}}};
    step.summary = fmt::format("a secret exponent of {}", counted(bit_length(x), "bit"));
    step.explanation = fmt::format(
        "The {}'s private key is {}, a number of {}: drawn at random, or given by hand to follow a textbook. It is "
        "never sent. {}",
        name(role), big(x, x), counted(bit_length(x), "bit"),
        bit_length(r.parameters->p) >= 1536
            ? "It may be shorter than p: the best attacks on an exponent take the square "
              "root of its range, those on p depend on p alone."
            : "With so few bits one could try them all.");
}

// Where a power is computed: base^exponent mod modulus, and what the result is for.
void power_step(const PowerRecord& power, Step& step, std::string_view result_name, const std::string& purpose) {
    const std::size_t bits = bit_length(power.exponent());
    const std::size_t ones = mpz_popcount(power.exponent().get_mpz_t());
    const BigValue base = big(power.base(), power.modulus()), exponent = big(power.exponent(), power.exponent()),
                   modulus = big(power.modulus(), power.modulus()), result = big(power.result(), power.modulus());
    step.values = {{"base", base},        {"exponent", exponent},     {"modulus", modulus},
                   {result_name, result}, {"squarings", Count{bits}}, {"multiplications", Count{ones}}};
    step.summary = fmt::format("{} to the power {} modulo {} is {}", base, exponent, modulus, result);
    step.explanation = fmt::format(
        "{}: {}. Square and multiply needs {}, one for every bit of the exponent, and {}, one for every 1 among "
        "them{}.",
        purpose, step.summary, counted(bits, "squaring"), counted(ones, "multiplication"),
        power.exponent() > bits + ones ? ", instead of as many multiplications as the exponent says" : "");
}

void received_public_step(const Recording& r, Step& step) {
    const Role role = step.node.last().role;
    const BigValue y = big(*r.party(role).public_key, r.parameters->p);
    step.values = {{"public_key", y}};
    step.summary = fmt::format("the {}'s public key {} arrived", name(role), y);
    step.explanation = fmt::format(
        "The {}'s public key {} came over the wire and lies in 2..p-2, as it must. The exponent behind it is the {}'s "
        "secret and is not known here.",
        name(role), y, name(role));
}

void bit_step(const PowerRecord& power, Step& step) {
    const auto n = step.node.last().number;
    const PowerStep s = power.step(n);
    const Number before = power.value_after(n - 1);
    const auto shown = [&](const Number& value) { return big(value, power.modulus()); };
    step.values = {
        {"bit_index", Count{n}}, {"bit", Bits{s.bit, 1}}, {"before", shown(before)}, {"squared", shown(s.squared)}};
    step.explanation =
        fmt::format("Bit {} of the exponent, counted from the top, is {}. The running value {} is squared: {}.", n,
                    s.bit, shown(before), shown(s.squared));
    if (s.multiplied) {
        step.add("base", shown(power.base()));
        step.add("multiplied", shown(*s.multiplied));
        step.explanation += fmt::format(" Because the bit is 1 it is then multiplied by the base {}: {}.",
                                        shown(power.base()), shown(*s.multiplied));
        step.summary = fmt::format("bit {}: square, multiply, {}", s.bit, shown(*s.multiplied));
    } else {
        step.explanation += " Because the bit is 0 nothing else happens.";
        step.summary = fmt::format("bit {}: square, {}", s.bit, shown(s.squared));
    }
    step.add("modulus", shown(power.modulus()));
    step.explanation += fmt::format(" All of it is modulo {}.", shown(power.modulus()));
}

void secret_step(const Recording& r, Step& step) {
    add_both(r, &PartyRecord::shared, "server_shared", "client_shared", step);
    step.summary = "each side raises the other's public key to its own exponent: the same number on both sides";
    step.explanation =
        "Each side raises the other's public key to its own private key. Both get g to the product of the two "
        "exponents, the shared secret, and both make the DES key of it. Someone who only listened knows both public "
        "keys but neither exponent. Someone who sat in the middle could have made a key with each of them: nothing "
        "here proves who is who.";
}

void derive_step(const dh::Derivation& d, const std::optional<std::string>& digits, Step& step) {
    const Bits key{d.key, 64}, raw{d.raw, 64};
    step.values = {{"secret", octets(d.secret)}};
    if (d.digest) step.add("digest", octets(Bytes(d.digest->begin(), d.digest->end())));
    step.add({{"secret_bytes", Count{d.secret.size()}}, {"raw", raw}, {"key", key}});
    const std::string remark = des::describe(des::inspect_key(d.key));
    step.summary = fmt::format("DES key {}{}", key, remark.empty() ? "" : " (" + remark + ")");
    step.explanation = fmt::format(
        "{} of the shared secret ({}) {} {}. The lowest bit of each byte is set so that the byte has an odd number of "
        "ones; the key is {}. Only 56 of "
        "its bits count, few enough to try them all today.{}",
        d.digest ? "SHA-256" : "The lowest 64 bits", counted(d.secret.size(), "byte"), d.digest ? "begins with" : "are",
        raw, key, remark.empty() ? "" : fmt::format(" Beware of this {}.", remark));
    if (!digits) return;
    step.add("fingerprint", Word{*digits});
    step.summary += fmt::format(", fingerprint {}", *digits);
    step.explanation += fmt::format(
        " Whose key is at the other end Diffie-Hellman cannot tell: a relay that answers both sides with keys of its "
        "own makes a good secret with each of them. So both ends hash p, g and the two public keys that they saw, here "
        "to the digits {}, and read them to each other over a way where they know each other, a telephone, say. With a "
        "relay between them they saw different public keys and the digits differ.",
        *digits);
}

} // namespace

void explain_dh_step(const TraceValues& trace, Step& step) {
    using enum Kind;
    const Recording& r = trace.recording();
    const Node& node = step.node;
    switch (node.kind()) {
        case connect: return connect_step(step);
        case parameters:
        case choose:
        case check: return parameters_step(trace, step);
        case keys: return keys_step(r, step);
        case private_key: return private_key_step(r, step);
        case public_key:
            if (!r.party(node.last().role).private_key) return received_public_step(r, step);
            return power_step(trace.power(node), step, "public_key",
                              fmt::format("The {} raises g to its private key", name(node.last().role)));
        case shared:
            return power_step(trace.power(node), step, "shared_secret",
                              fmt::format("The {} raises the {}'s public key to its own private key",
                                          name(node.last().role), name(other(node.last().role))));
        case modexp: return power_step(trace.power(node), step, "result", "A modular exponentiation");
        case bit: return bit_step(trace.power(node), step);
        case secret: return secret_step(r, step);
        case derive: return derive_step(trace.derivation(node.last().role), fingerprint(r), step);
        default: assert(false);
    }
}

} // namespace keyhole
