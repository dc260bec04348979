#include "core/kat/kat_botan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/modes/modes.hpp"
#include "core/modes/padding.hpp"

namespace keyhole::kat {
namespace {

struct Algorithm {
    bool triple = false;
    std::string mode = "ecb";
    Padding padding = Padding::none;
};

struct ModeName {
    std::string_view text, mode;
};

constexpr std::array<ModeName, 6> modes = {
    {{"ECB", "ecb"}, {"CBC", "cbc"}, {"CFB", "cfb"}, {"CFB(64)", "cfb"}, {"CFB(8)", "cfb8"}, {"OFB", "ofb"}}};

struct PaddingName {
    std::string_view text;
    Padding padding;
};

constexpr std::array<PaddingName, 3> paddings = {
    {{"NOPADDING", Padding::none}, {"PKCS7", Padding::pkcs7}, {"ONEANDZEROS", Padding::iso7816}}};

std::optional<bool> is_triple(std::string_view cipher) {
    if (cipher == "DES") return false;
    if (cipher == "TRIPLEDES") return true;
    return std::nullopt;
}

// "DES/CBC/PKCS7" or "OFB(DES)", in upper case.
std::optional<Algorithm> read_algorithm(std::string_view section) {
    Algorithm out;
    for (const auto& [around, mode] : {ModeName{"OFB(", "ofb"}, ModeName{"CTR-BE(", "ctr"}}) {
        if (!section.starts_with(around) || !section.ends_with(')')) continue;
        const auto triple = is_triple(section.substr(around.size(), section.size() - around.size() - 1));
        if (!triple) return std::nullopt;
        return Algorithm{.triple = *triple, .mode = std::string(mode)};
    }
    const std::size_t cut = std::min(section.find('/'), section.size());
    const auto triple = is_triple(section.substr(0, cut));
    if (!triple) return std::nullopt;
    out.triple = *triple;
    if (cut == section.size()) return out;
    section.remove_prefix(cut + 1);
    const std::size_t end = std::min(section.find('/'), section.size());
    const auto* const mode = std::ranges::find(modes, section.substr(0, end), &ModeName::text);
    if (mode == modes.end()) return std::nullopt;
    out.mode = mode->mode;
    if (end == section.size()) return out;
    const auto* const padding = std::ranges::find(paddings, section.substr(end + 1), &PaddingName::text);
    if (padding == paddings.end()) return std::nullopt;
    out.padding = padding->padding;
    return out;
}

void rename(Record& record, std::string_view from, std::string_view to, std::string_view written) {
    const auto field = std::ranges::find(record.fields, from, &Field::name);
    if (field == record.fields.end()) return;
    if (record.has(to))
        throw record.fault(field->line, fmt::format("{} and {} are in one record", written, to),
                           "they mean the same; leave one of them out");
    field->name = to;
    field->written = written;
}

} // namespace

bool is_botan_cipher(const Record& record) { return record.has("OUT"); }

void split_key(Record& record, std::size_t keys) {
    const Field key = record.need("KEY", "a DES record needs a KEY");
    const auto digits = hex_digits(key.value);
    if (!digits || digits->size() != 16 * keys)
        throw record.fault(key.line, fmt::format("KEY '{}' is no key for three-key DES", excerpt(key.value)),
                           keys == 3 ? "write 48 hex digits" : "write 32 hex digits, or 48");
    std::erase_if(record.fields, [](const Field& field) { return field.name == "KEY"; });
    for (std::size_t i = 0; i < 3; ++i)
        record.fields.push_back({fmt::format("KEY{}", i + 1), digits->substr(16 * (i % keys), 16), key.line});
}

bool read_botan_cipher(Record& record) {
    const auto algorithm = read_algorithm(record.section);
    if (!algorithm) return false;
    record.section = "ENCRYPT";
    record.mode = algorithm->mode;
    const Mode mode = *find_mode(record.mode);
    const Field& out = *record.find("OUT");
    if (!record.has("IN") && makes_key_stream(mode) && !shifts_ciphertext(mode)) {
        const Bytes zeros(record.bytes(out).size());
        record.fields.push_back({"IN", to_hex(zeros), out.line});
    }
    record.need("IN", "Out is what becomes of it");
    if (mode != Mode::ecb) record.need("NONCE", fmt::format("{} starts from one", record.mode));
    rename(record, "NONCE", "IV", "Nonce");
    rename(record, "IN", "PLAINTEXT", "In");
    rename(record, "OUT", "CIPHERTEXT", "Out");
    if (algorithm->padding != Padding::none) {
        Field& text = *std::ranges::find(record.fields, "PLAINTEXT", &Field::name);
        const Bytes unpadded = text.value.empty() ? Bytes() : record.bytes(text);
        text.value = to_hex(pad(algorithm->padding, unpadded));
    }
    if (!algorithm->triple) return true;
    const bool three = hex_digits(record.need("KEY", "a DES record needs a KEY").value).value_or("").size() == 48;
    split_key(record, three ? 3 : 2);
    return true;
}

} // namespace keyhole::kat
