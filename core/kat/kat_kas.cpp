#include "core/kat/kat_kas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/words.hpp"
#include "core/dh/modexp.hpp"
#include "core/kat/kat_kdf.hpp"
#include "core/kat/kat_numbers.hpp"

namespace keyhole::kat {
namespace {

constexpr std::string_view parties[] = {"CAVS", "IUT"};

// A key pair of one party, static or ephemeral.
struct Pair {
    const Field* private_field = nullptr;
    const Field* public_field = nullptr;
    std::optional<Number> x, y;
};

struct Domain {
    Number p, g;
    std::optional<Number> q;
};

Domain read_domain(const Record& record) {
    const char* why = "P and G stand in the record or once above it";
    const auto read = [&](const Field& field) { return record.number(field, dh::max_prime_bits); };
    const Field *p = &record.need("P", why), *q = record.find("Q");
    Domain domain{
        .p = read(*p), .g = read(record.need("G", why)), .q = q == nullptr ? std::nullopt : std::optional(read(*q))};
    record.refuse_zero(*p, domain.p);
    return domain;
}

Pair read_pair(const Record& record, std::string_view party) {
    Pair out;
    for (const std::string_view kind : {"STAT", "EPHEM"}) {
        const Field* x = record.find(fmt::format("X{}{}", kind, party));
        const Field* y = record.find(fmt::format("Y{}{}", kind, party));
        if (x == nullptr && y == nullptr) continue;
        if (out.private_field != nullptr || out.public_field != nullptr) {
            throw record.fault(record.line(), "Keyhole has no scheme with two key pairs a side",
                               "dhHybrid1 and MQV are such; dhStatic, dhEphem and dhOneFlow are there");
        }
        out = {.private_field = x, .public_field = y, .x = {}, .y = {}};
        if (x != nullptr) out.x = record.number(*x, max_power_bits);
        if (y != nullptr) out.y = record.number(*y, max_number_bits);
    }
    return out;
}

// NIST SP 800-56A, section 5.6.2.4 (rev. 1; 5.6.2.3.1 since): within 2..p-2 and in the subgroup of order q.
bool is_valid_public(const Number& y, const Domain& domain) {
    return y >= 2 && y <= domain.p - 2 && (!domain.q || power_modulo(y, *domain.q, domain.p) == 1);
}

// The digest that a section such as [FA - SHA224] names.
std::string digest_of(const std::string& section) {
    const std::size_t at = section.find("SHA");
    return at == std::string::npos ? "" : section.substr(at, section.find_first_not_of("SHA0123456789-", at) - at);
}

// The first thing that is not as it should be.
Verdict first_fault(const Record& record, const Domain& domain, const std::array<Pair, 2>& pairs) {
    for (const Pair& pair : pairs) {
        if (pair.y && !is_valid_public(*pair.y, domain))
            return Mismatch{pair.public_field, pair.public_field->value, "no public key of this group"};
    }
    const auto numbers = [&](const Number& base, const Number& exponent) { return power(base, exponent, domain.p); };
    for (const Pair& pair : pairs) {
        if (!pair.x || !pair.y) continue;
        if (Verdict verdict = compare_number(*pair.public_field, *pair.y, numbers(domain.g, *pair.x))) return verdict;
    }
    const Field& z = record.need("Z", "a KAS record leads to a secret");
    const Number stands = record.number(z, max_number_bits);
    for (const std::size_t own : {0U, 1U}) {
        if (!pairs[own].x || !pairs[1 - own].y) continue;
        if (Verdict verdict = compare_number(z, stands, numbers(*pairs[1 - own].y, *pairs[own].x))) return verdict;
    }
    const Field* hashed = record.find("CAVSHASHZZ");
    const auto digest = hashed == nullptr ? std::nullopt : hash(digest_of(record.section), record.bytes(z));
    return digest ? compare_hex(*hashed, to_hex(*digest)) : std::nullopt;
}

bool has_letters(std::string_view value) {
    return value == without_prefix(value) && value.find_first_of("abcdefABCDEF") != std::string_view::npos;
}

// Botan's KDF2(SHA-1) under libcrypto's name.
std::optional<Derivation> read_kdf(const Record& record) {
    const Field* kdf = record.find("KDF");
    if (kdf == nullptr) return std::nullopt;
    const std::string name = upper_case(kdf->value);
    if (!name.starts_with("KDF2(") || !name.ends_with(")")) {
        throw record.fault(kdf->line, fmt::format("Keyhole has no KDF {}", excerpt(kdf->value)),
                           "KDF2 is there; leave this record out");
    }
    const Field& size = record.need("OUTLEN", "a KDF needs the length of its output, in bytes");
    return Derivation{.kdf = "X963KDF",
                      .digest = name.substr(5, name.size() - 6),
                      .cek_algorithm = {},
                      .ukm = {},
                      .size = static_cast<std::size_t>(record.decimal(size))};
}

} // namespace

bool is_party_number(std::string_view name) {
    if (!name.starts_with('X') && !name.starts_with('Y')) return false;
    return name.substr(1).starts_with("STAT") || name.substr(1).starts_with("EPHEM");
}

bool is_kas(const Record& record) {
    return std::any_of(record.fields.begin(), record.fields.end(),
                       [](const Field& field) { return is_party_number(field.name); });
}

Verdict check_kas(const Record& record, Context& context) {
    const Told told = read_result(record);
    const Domain domain = read_domain(record);
    const std::array<Pair, 2> pairs = {read_pair(record, parties[0]), read_pair(record, parties[1])};
    const auto known = [&](std::size_t own) { return pairs[own].x && pairs[1 - own].y; };
    if (!known(0) && !known(1)) {
        throw record.fault(record.line(), fmt::format("nothing can be checked in the {}", record.short_title()),
                           "a private key of one side and the public key of the other lead to Z");
    }
    const std::size_t own = known(1) ? 1 : 0;
    if (bit_length(*pairs[1 - own].y) <= max_power_bits)
        context.trace = PowerSettings{*pairs[1 - own].y, *pairs[own].x, domain.p};
    Verdict fault = first_fault(record, domain, pairs);
    if (told != Told::invalid) return fault;
    if (fault) return std::nullopt;
    const Field& result = record.need("RESULT", "");
    return Mismatch{&result, result.value, "P: nothing is wrong with these numbers"};
}

Verdict check_agreement(const Record& record, Context& context) {
    const char* why = "P, G, X, Y and K go together";
    bool hex = false;
    for (const char* name : {"P", "G", "X", "Y"}) hex = hex || has_letters(record.need(name, why).value);
    const auto is_decimal = [&](const Field& field) {
        return !hex && !field.value.empty() && field.value.find_first_not_of("0123456789") == std::string::npos;
    };
    const auto number = [&](const char* name) {
        const Field& field = record.need(name, why);
        return is_decimal(field) ? record.decimal_number(field, max_power_bits) : record.number(field, max_power_bits);
    };
    const Number p = number("P"), x = number("X"), y = number("Y");
    record.refuse_zero(record.need("P", why), p);
    context.trace = PowerSettings{y, x, p};
    const Number secret = power(y, x, p);
    const Field& k = record.need("K", why);
    if (const auto kdf = read_kdf(record)) {
        const auto key = derive(*kdf, to_bytes(secret, (bit_length(p) + 7) / 8));
        if (!key) throw record.fault(k.line, "libcrypto cannot derive this K", "leave this record out");
        return compare_hex(k, to_hex(*key));
    }
    if (is_decimal(k) && record.decimal_number(k, max_number_bits) == secret) return std::nullopt;
    return compare_number(k, record.number(k, max_number_bits), secret);
}

Verdict check_invalid_key(const Record& record) {
    const Domain domain = read_domain(record);
    const Field& field = record.need("INVALIDKEY", "");
    if (!is_valid_public(record.number(field, max_number_bits), domain)) return std::nullopt;
    return Mismatch{&field, field.value, "a public key of this group"};
}

} // namespace keyhole::kat
