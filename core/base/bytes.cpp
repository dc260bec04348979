#include "core/base/bytes.hpp"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>

#include "core/base/crypto/crypto.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"

namespace keyhole {
namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool moves_the_cursor(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

constexpr std::uint64_t high_bits = 0x8080808080808080;

// The first byte from `at` on whose highest bit is not that of the bytes in `high`, which is high_bits or 0.
const char* end_of_run(const char* at, const char* end, std::uint64_t high) {
    for (std::uint64_t eight = 0; end - at >= 8; at += 8) {
        std::memcpy(&eight, at, sizeof eight);
        if ((eight & high_bits) != high) break;
    }
    while (at != end && (static_cast<unsigned char>(*at) & 0x80U) == (high & 0x80U)) ++at;
    return at;
}

std::string escape(char32_t c) {
    switch (c) {
        case '\n': return "\\n";
        case '\t': return "\\t";
        case '\r': return "\\r";
        case '\\': return "\\\\";
        default: break;
    }
    const auto number = static_cast<std::uint32_t>(c);
    return number < 0x80 ? fmt::format("\\x{:02X}", number) : fmt::format("\\u{{{:04X}}}", number);
}

} // namespace

Bytes to_bytes(std::string_view text) { return {text.begin(), text.end()}; }

std::string to_string(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

std::string_view without_prefix(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    return text;
}

std::string to_hex(ByteView bytes) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(2 * bytes.size());
    for (const std::uint8_t byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<std::string> hex_digits(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\n\v\f\r");
    text = without_prefix(text.substr(std::min(first, text.size())));
    if (!text.empty() && digit(text.front()) < 0 && text.front() != ' ') return std::nullopt;
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool next_prefix = out.size() % 2 == 0 && separates_digits(text[at]) && at + 3 < text.size() &&
                                 without_prefix(text.substr(at + 1)).size() == text.size() - at - 3;
        if (next_prefix) {
            at += 2;
        } else if (digit(text[at]) >= 0) {
            out += text[at];
        } else if (!separates_digits(text[at])) {
            return std::nullopt;
        }
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    const auto digits = hex_digits(text);
    if (!digits || digits->size() % 2 != 0) return std::nullopt;
    Bytes out(digits->size() / 2);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = static_cast<std::uint8_t>(digit((*digits)[2 * i]) << 4 | digit((*digits)[2 * i + 1]));
    return out;
}

std::uint64_t parse_block(std::string_view text, std::string_view what, std::string_view text_is_given) {
    const auto bytes = from_hex(text);
    if (bytes && bytes->size() == 8) return load_block(*bytes);
    const auto digits = hex_digits(text);
    std::string why = digits ? fmt::format("it has {}, 16 are needed", counted(digits->size(), "hex digit"))
                             : "it is not all hex digits, 16 are needed";
    if (!text_is_given.empty() && text.size() == 8) {
        why += fmt::format("; as text its 8 bytes are {}: {}", to_hex(to_bytes(text)), text_is_given);
    } else if (!text_is_given.empty() && !digits) {
        why += fmt::format("; as text it has {}, 8 are needed", counted(text.size(), "byte"));
    } else {
        why += "; write it like 133457799BBCDFF1";
    }
    throw bad_input(fmt::format("{} '{}' is no DES value ({})", what, excerpt(text), why));
}

std::uint64_t text_block(std::string_view text, std::string_view what) {
    if (text.size() != 8 || !is_utf8(text)) {
        throw bad_input(
            fmt::format("{} '{}' is no DES value (it has {}{}, 8 in UTF-8 are needed; write it like orchids!)", what,
                        excerpt(text), counted(text.size(), "byte"), is_utf8(text) ? "" : " that are no UTF-8"));
    }
    return load_block(to_bytes(text));
}

Bytes block_bytes(std::uint64_t block) {
    Bytes out(8);
    store_block(block, out);
    return out;
}

std::string to_base64(ByteView bytes) { return crypto::encode_base64(bytes); }

std::optional<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    if (text.empty()) return Bytes{};
    auto decoded = crypto::decode_base64(text);
    // Decoders take = anywhere and stray bits at the end: only the one canonical spelling is accepted here.
    if (!decoded) return std::nullopt;
    Bytes out = std::move(*decoded);
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    if (text.find('=') < text.size() - padding) return std::nullopt;
    out.resize(out.size() - padding);
    const std::string last = to_base64(ByteView(out).last(3 - padding));
    if (!text.ends_with(last)) return std::nullopt;
    return out;
}

std::string base64_fault(std::string_view text) {
    if (from_base64(text)) return {};
    const auto at = [&](std::size_t index, std::string_view why) {
        return fmt::format("byte {} of its base64 is '{}', {}", index + 1, escape_controls(text.substr(index, 1)), why);
    };
    constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    const std::size_t strange = text.find_first_not_of(signs);
    if (strange != std::string_view::npos) {
        const char c = text[strange];
        const bool end = c == '\n' || c == '\r';
        return at(strange, end ? "a line end: the wire's base64 is one line" : "which is no character of base64");
    }
    const std::size_t padding = text.find('=');
    if (padding != std::string_view::npos && (padding + 2 < text.size() || text.back() != '='))
        return at(padding, "which may stand at the end only");
    if (text.size() % 4 != 0) {
        return fmt::format("its base64 has {}, no multiple of 4: something is missing, or the = at its end",
                           counted(text.size(), "character"));
    }
    if (text.size() - std::min(padding, text.size()) > 2) return at(padding, "one too many");
    return at(padding - 1, "whose last bits belong to no byte and are not 0");
}

bool is_utf8(std::string_view text) {
    // Runs of ASCII are passed over. What lies between two of them must be whole characters.
    for (const char *at = text.data(), *const end = at + text.size(); at != end;) {
        at = end_of_run(at, end, 0);
        const char* const run = at;
        at = end_of_run(at, end, high_bits);
        if (!utf8::is_valid(run, at)) return false;
    }
    return true;
}

std::string_view whole_characters(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && continues_character(text[limit])) --limit;
    return text.substr(0, limit);
}

std::string escape_controls(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (auto at = text.begin(); at != text.end();) {
        const auto invalid = utf8::find_invalid(at, text.end());
        auto harmless = at; // from here to `at`, not yet written
        while (at != invalid) {
            const auto begin = at;
            const char32_t c = utf8::unchecked::next(at);
            if (c != '\\' && !moves_the_cursor(c)) continue;
            out.append(harmless, begin);
            out += escape(c);
            harmless = at;
        }
        out.append(harmless, at);
        if (at != text.end()) out += fmt::format("\\x{:02X}", static_cast<unsigned char>(*at++));
    }
    return out;
}

std::string excerpt(std::string_view text, std::size_t limit) {
    const std::string_view head = whole_characters(text, limit);
    return escape_controls(head) + (head.size() < text.size() ? ".." : "");
}

} // namespace keyhole
