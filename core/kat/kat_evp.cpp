#include "core/kat/kat_evp.hpp"

#include <fmt/format.h>

#include "core/dh/modexp.hpp"
#include "core/dh/pem.hpp"
#include "core/kat/kat_kdf.hpp"

namespace keyhole::kat {
namespace {

struct Keys {
    dh::PemNumbers own, peer;

    bool one_group() const { return own.p == peer.p && own.g == peer.g; }
};

Keys read_keys(const Record& record) {
    const auto read = [&](const char* field_name, dh::PemKind kind) {
        const Field& field = record.need(field_name, "");
        try {
            return dh::read_pem(field.value, kind, "the key");
        } catch (const Error& error) {
            throw record.fault(field.line, error.what(), "leave this record out");
        }
    };
    Keys keys{.own = read("PEM-OWN", dh::PemKind::private_key), .peer = read("PEM-PEER", dh::PemKind::public_key)};
    const auto fits = [](const std::optional<Number>& number) {
        return number && *number > 0 && bit_length(*number) <= max_power_bits;
    };
    if (!fits(keys.own.p) || !fits(keys.own.g) || !fits(keys.own.private_key) || !fits(keys.peer.public_key))
        throw record.fault(record.line(), "a key lacks its number, or is too long", "leave this record out");
    return keys;
}

// What libcrypto refuses as well.
std::string refusal(const Keys& keys) {
    if (!keys.one_group()) return "the keys belong to different groups";
    const dh::ParameterReport report = dh::check_parameters(keys.own.p, keys.own.g);
    if (!report.ok()) return report.fault;
    return dh::public_value_fault(*keys.peer.public_key, keys.own.p, report);
}

// The settings of a derivation, from lines such as `Ctrl = kdf-outlen:32`.
std::optional<Derivation> read_kdf(const Record& record) {
    Derivation out;
    for (const Field& field : record.fields) {
        if (field.name != "CTRL") continue;
        const std::size_t colon = field.value.find(':');
        const std::string name = field.value.substr(0, colon);
        const Field value{field.name, colon == std::string::npos ? "" : field.value.substr(colon + 1), field.line};
        if (name == "kdf-type") {
            out.kdf = value.value;
        } else if (name == "kdf-outlen") {
            out.size = record.decimal(value);
        } else if (name == "kdf-digest") {
            out.digest = value.value;
        } else if (name == "cekalg") {
            out.cek_algorithm = value.value;
        } else if (name == "hexkdf-ukm") {
            out.ukm = record.bytes(value);
        } else if (name != "dh_pad") {
            throw record.fault(field.line, fmt::format("Keyhole has no setting {}", excerpt(name)),
                               "leave this record out");
        }
    }
    return out.kdf.empty() ? std::nullopt : std::optional(out);
}

Verdict refused_or(const Record& record, const std::string& fault, const auto& otherwise) {
    const Field* result = record.find("RESULT");
    if (result == nullptr) return otherwise();
    if (!fault.empty()) return std::nullopt;
    return Mismatch{result, result->value, "no error: nothing is wrong with these keys"};
}

} // namespace

Verdict check_derive(const Record& record, Context& context) {
    const Keys keys = read_keys(record);
    const Number &x = *keys.own.private_key, &y = *keys.peer.public_key, &p = keys.own.p;
    const std::string fault = refusal(keys);
    return refused_or(record, fault, [&]() -> Verdict {
        const Field& stands = record.need("SHAREDSECRET", "a secret is derived, or Result says why not");
        if (!fault.empty()) return Mismatch{&stands, stands.value, fault};
        context.trace = PowerSettings{y, x, p};
        const Number secret = power(y, x, p);
        const auto kdf = read_kdf(record);
        if (!kdf) return compare_number(stands, record.number(stands, max_number_bits), secret);
        const auto key = derive(*kdf, to_bytes(secret, (bit_length(p) + 7) / 8));
        if (!key) throw record.fault(stands.line, "libcrypto cannot derive this key", "leave this record out");
        return compare_hex(stands, to_hex(*key));
    });
}

Verdict check_key_pair(const Record& record, Context& context) {
    const Keys keys = read_keys(record);
    const Field& pair = record.need("PRIVPUBKEYPAIR", "");
    context.trace = PowerSettings{keys.own.g, *keys.own.private_key, keys.own.p};
    const bool match =
        keys.one_group() && power(keys.own.g, *keys.own.private_key, keys.own.p) == *keys.peer.public_key;
    const std::string fault = match ? "" : "the public key is not that of the private key";
    return refused_or(record, fault, [&] { return match ? Verdict() : Mismatch{&pair, pair.value, fault}; });
}

} // namespace keyhole::kat
