#include "core/kat/kat_numbers.hpp"

#include <fmt/format.h>

#include "core/base/words.hpp"
#include "core/dh/modexp.hpp"

namespace keyhole::kat {

Told read_result(const Record& record) {
    const Field* field = record.find("RESULT");
    if (field == nullptr) return Told::nothing;
    const std::string word = lower_case(field->value);
    for (const char* yes : {"valid", "acceptable", "pass", "ok", "p ("}) {
        if (word == "p" || word.starts_with(yes)) return Told::valid;
    }
    for (const char* no : {"invalid", "fail", "refuse", "f ("}) {
        if (word == "f" || word.starts_with(no)) return Told::invalid;
    }
    throw record.fault(field->line, "RESULT says neither valid nor invalid",
                       "write RESULT = valid or RESULT = invalid, or P or F");
}

namespace {

struct Exchange {
    Number p, g;
    std::optional<Number> q, xa, ya, xb, yb, z;
};

Exchange read_exchange(const Record& record, std::size_t max_bits) {
    const auto optional = [&](const char* name) {
        const Field* field = record.find(name);
        return field == nullptr ? std::nullopt : std::optional(record.number(*field, max_bits));
    };
    const char* why = "a Diffie-Hellman record needs P and G";
    return {.p = record.number(record.need("P", why), max_bits),
            .g = record.number(record.need("G", why), max_bits),
            .q = optional("Q"),
            .xa = optional("XA"),
            .ya = optional("YA"),
            .xb = optional("XB"),
            .yb = optional("YB"),
            .z = optional("Z")};
}

// Everything that the record's own numbers allow to compute.
Verdict check_arithmetic(const Record& record, const Exchange& x, bool& compared) {
    const auto compare = [&](const char* name, const std::optional<Number>& stands, const Number& number) -> Verdict {
        if (!stands) return std::nullopt;
        compared = true;
        return compare_number(record.need(name, ""), *stands, number);
    };
    const auto public_value = [&](const std::optional<Number>& key) {
        return key ? std::optional(power(x.g, *key, x.p)) : std::nullopt;
    };
    const std::optional<Number> ya = public_value(x.xa);
    const std::optional<Number> yb = public_value(x.xb);
    if (ya) {
        if (Verdict verdict = compare("YA", x.ya, *ya)) return verdict;
    }
    if (yb) {
        if (Verdict verdict = compare("YB", x.yb, *yb)) return verdict;
    }
    if (!x.z) return std::nullopt;
    const std::optional<Number>& from_b = x.yb ? x.yb : yb;
    const std::optional<Number>& from_a = x.ya ? x.ya : ya;
    if (x.xa && from_b) {
        if (Verdict verdict = compare("Z", x.z, power(*from_b, *x.xa, x.p))) return verdict;
    }
    if (x.xb && from_a) return compare("Z", x.z, power(*from_a, *x.xb, x.p));
    return std::nullopt;
}

// The exponentiation that a private key of the record leads to: the secret where it can be computed, else a public key.
std::optional<PowerSettings> shown_power(const Exchange& x) {
    const auto fits = [](const Number& number) { return bit_length(number) <= max_power_bits; };
    if (x.p == 0 || !fits(x.p) || !fits(x.g)) return std::nullopt;
    for (const auto& [key, other] : {std::pair(&x.xa, &x.yb), std::pair(&x.xb, &x.ya)}) {
        if (*key && fits(**key) && *other && fits(**other)) return PowerSettings{**other, **key, x.p};
    }
    for (const auto* key : {&x.xa, &x.xb}) {
        if (*key && fits(**key)) return PowerSettings{x.g, **key, x.p};
    }
    return std::nullopt;
}

// Why an honest party refuses this exchange; empty when it does not.
std::string refusal(const Exchange& x) {
    const dh::ParameterReport parameters = dh::check_parameters(x.p, x.g);
    if (!parameters.ok()) return parameters.fault;
    // Q, where given, is the order of the subgroup that G generates.
    const bool know_order = x.q && power(x.g, *x.q, x.p) == 1;
    for (const auto& y : {x.ya, x.yb}) {
        if (!y) continue;
        if (std::string fault = dh::public_value_fault(*y, x.p, parameters); !fault.empty()) return fault;
        if (know_order && power(*y, *x.q, x.p) != 1) return "the public value is outside the subgroup of order Q";
    }
    return {};
}

bool is_prime(const Number& n) { return mpz_probab_prime_p(n.get_mpz_t(), 28) != 0; }

// oakley768 is another name of RFC 2409's first group.
const Group* group_named(std::string name) {
    name = lower_case(name);
    if (name.starts_with("oakley")) name.replace(0, 6, "modp");
    return find_group(name);
}

// A subgroup of prime order q in a group that has no name here.
Verdict check_subgroup(const Field& field, const Number& q, const Number& p, const Number& g) {
    if (q < 2 || (p - 1) % q != 0) return Mismatch{&field, field.value, "no divisor of P - 1"};
    if (!is_prime(q)) return Mismatch{&field, field.value, "Q is not prime"};
    if (power(g, q, p) != 1) return Mismatch{&field, field.value, "Q is not the order of G"};
    return std::nullopt;
}

} // namespace

Verdict check_exchange(const Record& record, Context& context) {
    const Told told = read_result(record);
    // Numbers that are expected to be refused may be of any size.
    const Exchange exchange = read_exchange(record, told == Told::invalid ? max_number_bits : dh::max_prime_bits);
    const Field& p = record.need("P", "");
    if (told != Told::invalid) record.refuse_zero(p, exchange.p);

    if (const auto shown = shown_power(exchange)) context.trace = *shown;
    bool compared = false;
    if (told == Told::invalid) {
        if (!refusal(exchange).empty() || check_arithmetic(record, exchange, compared)) return std::nullopt;
        const Field& result = record.need("RESULT", "");
        return Mismatch{&result, result.value, "valid: nothing is wrong with these numbers"};
    }
    if (Verdict verdict = check_arithmetic(record, exchange, compared)) return verdict;
    if (told == Told::valid) {
        const Field& result = record.need("RESULT", "");
        const std::string why = refusal(exchange);
        return why.empty() ? Verdict() : Mismatch{&result, result.value, "invalid: " + why};
    }
    if (!compared) {
        throw record.fault(record.line(), fmt::format("nothing can be checked in the {}", record.short_title()),
                           "give a private key and what it leads to: XA and YA, XB and YB, or one of both sides and Z");
    }
    return std::nullopt;
}

Verdict check_power(const Record& record, Context& context) {
    const char* why = "BASE, EXPONENT, MODULUS and RESULT go together";
    const auto read = [&](const char* name) { return record.number(record.need(name, why), max_power_bits); };
    const PowerSettings settings{.base = read("BASE"), .exponent = read("EXPONENT"), .modulus = read("MODULUS")};
    const Field& result = record.need("RESULT", why);
    const Number stands = record.number(result, max_number_bits);
    record.refuse_zero(record.need("MODULUS", why), settings.modulus);
    context.trace = settings;
    if (Verdict verdict = compare_number(result, stands, power(settings.base, settings.exponent, settings.modulus))) {
        return verdict;
    }
    return compare_number(result, stands, trace_power(settings.base, settings.exponent, settings.modulus).result);
}

Verdict check_group(const Record& record) {
    const char* why = "a group needs P and G";
    const Field& p_field = record.need("P", why);
    const Field& g_field = record.need("G", why);
    const Number p = record.number(p_field, dh::max_prime_bits);
    const Number g = record.number(g_field, dh::max_prime_bits);
    const Field* q_field = record.find("Q");
    const Number q = q_field != nullptr ? record.number(*q_field, dh::max_prime_bits) : Number(0);
    if (const Field* bits = record.find("BITS"); bits != nullptr && record.decimal(*bits) != bit_length(p)) {
        return Mismatch{bits, bits->value, std::to_string(bit_length(p))};
    }

    const Field* name = record.find("NAME");
    if (const Group* group = name != nullptr ? group_named(name->value) : nullptr) {
        // The primes of named groups are computed from pi and e. That they are prime is for the tests to show: it takes
        // seconds.
        if (Verdict verdict = compare_number(p_field, p, group->p)) return verdict;
        if (Verdict verdict = compare_number(g_field, g, group->g)) return verdict;
        return q_field == nullptr ? Verdict() : compare_number(*q_field, q, (p - 1) / 2);
    }
    const dh::ParameterReport report = dh::check_parameters(p, g);
    if (!report.ok()) {
        const Field& guilty = report.p_size_ok && !report.g_in_range ? g_field : p_field;
        return Mismatch{&guilty, guilty.value, report.fault};
    }
    return q_field == nullptr ? std::nullopt : check_subgroup(*q_field, q, p, g);
}

} // namespace keyhole::kat
