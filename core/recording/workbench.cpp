#include "core/recording/workbench.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/base/utf8.hpp"
#include "core/base/words.hpp"

namespace keyhole {
namespace {

namespace fs = std::filesystem;

des::Block read_key(const WorkbenchText& text) {
    if (text.key && text.key_text)
        throw bad_input("both --key and --key-text (they contradict; give the key in hex or as text)");
    if (text.key_text) return text_block(*text.key_text, "key text");
    if (!text.key)
        throw bad_input("no key (DES needs one; give --key with 16 hex digits, or --key-text with 8 bytes of text)");
    return parse_block(*text.key, "key", text.key_text_is_given);
}

// With line ends and blanks, as tools wrap it, and with or without the = at its end.
Bytes read_base64(const std::string& text) {
    constexpr std::string_view blanks = " \t\n\v\f\r";
    constexpr std::string_view signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    std::string packed;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (blanks.find(text[i]) != std::string_view::npos) continue;
        if (signs.find(text[i]) == std::string_view::npos) {
            const std::string_view from = std::string_view(text).substr(i, 4);
            throw bad_input(fmt::format(
                "'{}' is not base64 (character {}, '{}', is no character of it; write A-Z, a-z, "
                "0-9, + and /)",
                excerpt(text), i + 1, escape_controls(from.substr(0, character_at(to_bytes(from), 0).length))));
        }
        packed += text[i];
    }
    const std::size_t count = packed.size();
    if (packed.find('=') == std::string::npos) packed.append((4 - packed.size() % 4) % 4, '=');
    auto bytes = from_base64(packed);
    if (!bytes)
        throw bad_input(fmt::format("'{}' is not base64 (its {} encode no whole number of bytes; give all of it)",
                                    excerpt(text), counted(count, "character")));
    return *std::move(bytes);
}

// What `openssl enc` writes for a password: 8 bytes of text, 8 of salt, and then the ciphertext.
void refuse_salted(const Bytes& data) {
    std::string_view text = as_text(data);
    Bytes decoded;
    if (text.starts_with("U2FsdGVkX1") && text.size() >= 24) {
        decoded = from_base64(text.substr(0, 24)).value_or(Bytes());
        text = as_text(decoded);
    }
    if (!text.starts_with("Salted__")) return;
    const std::string salt = to_hex(to_bytes(text.substr(8, 8)));
    throw bad_input(fmt::format(
        "the data begin with Salted__{} (OpenSSL derived the key from a password and the salt {}; `openssl enc -P -S "
        "{}` with the options of the encryption prints key and IV, and the ciphertext begins behind the first 16 "
        "bytes)",
        decoded.empty() ? "" : ", in base64", salt, salt));
}

Bytes read_data(const WorkbenchText& text) {
    const auto given = [](const auto&... fields) { return ((fields ? 1 : 0) + ...); };
    const int count = given(text.hex, text.text, text.base64, text.file);
    if (count == 0) throw bad_input("no input (nothing to work on; give --hex H, --text T, --base64 B or --in FILE)");
    if (count > 1)
        throw bad_input("more than one input (they contradict; give one of --hex, --text, --base64 and --in)");
    if (text.file == "-") return to_bytes(read_standard_input(max_workbench_bytes));
    if (text.file) return to_bytes(read_file(*text.file, max_workbench_bytes));
    if (text.base64) return read_base64(*text.base64);
    if (text.text) {
        if (!is_utf8(*text.text))
            throw bad_input("the text is not UTF-8 (a text has to be; give other bytes with --hex, --base64 or --in)");
        return to_bytes(*text.text);
    }
    const auto bytes = from_hex(*text.hex);
    if (!bytes)
        throw bad_input(
            fmt::format("'{}' is not hex (each byte takes two digits; write it with an even number of 0-9, A-F)",
                        excerpt(*text.hex)));
    return *bytes;
}

Padding read_padding(const WorkbenchText& text) {
    if (!text.padding) return text.hex ? Padding::none : Padding::pkcs7;
    return chosen(every_padding, "padding", *text.padding);
}

void read_iv(const WorkbenchText& text, WorkbenchInput& out, Random& random) {
    if (text.iv) {
        if (out.settings.mode == Mode::ecb) {
            throw bad_input("an IV with mode ecb (ecb has no IV; leave --iv out or choose another --mode)");
        }
        out.iv = parse_block(*text.iv, "IV");
    } else if (out.settings.mode != Mode::ecb) {
        if (text.decrypt) {
            throw bad_input(fmt::format("no IV (decryption in {} begins with it; give that of the encryption)",
                                        name(out.settings.mode)));
        }
        out.iv = random.block();
        out.iv_drawn = true;
    }
}

} // namespace

bool WorkbenchReading::good(WorkbenchField field) const {
    return std::ranges::find(faults, field, &WorkbenchFault::field) == faults.end();
}

std::string read_box(const std::string& path) {
    constexpr std::size_t longest_box = 4096; // bytes
    return read_file(path, longest_box);
}

std::string read_regular_box(const std::string& path) {
    std::error_code unreadable; // then read_file says why
    const fs::file_status status = fs::status(path, unreadable);
    if (fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status))
        throw bad_input(fmt::format(
            "{} is no regular file (the window does not wait for a pipe or a device; give a file)", shown(path)));
    return read_box(path);
}

des::Variant read_variant(std::string_view list, const des::ReadBox& box) { return des::parse_variant(list, box); }

WorkbenchReading read_workbench(const WorkbenchText& text, Random random, const des::ReadBox& box) {
    WorkbenchReading out;
    WorkbenchInput& input = out.input;
    const auto in_field = [&](WorkbenchField field, auto read) {
        try {
            read();
        } catch (const Error& error) {
            out.faults.push_back({field, error});
        }
    };
    input.direction = text.decrypt ? Direction::decrypt : Direction::encrypt;
    if (text.variant) in_field(WorkbenchField::variant, [&] { input.variant = read_variant(*text.variant, box); });
    in_field(WorkbenchField::key, [&] { input.settings.key = read_key(text); });
    if (text.mode)
        in_field(WorkbenchField::mode, [&] { input.settings.mode = chosen(every_mode, "mode", *text.mode); });
    in_field(WorkbenchField::padding, [&] { input.settings.padding = read_padding(text); });
    if (out.good(WorkbenchField::mode)) in_field(WorkbenchField::iv, [&] { read_iv(text, input, random); });
    in_field(WorkbenchField::data, [&] {
        input.data = read_data(text);
        if (text.decrypt) refuse_salted(input.data);
    });
    return out;
}

WorkbenchInput resolve(const WorkbenchText& text, Random random) {
    WorkbenchReading reading = read_workbench(text, std::move(random));
    if (!reading.faults.empty()) throw reading.faults.front().error;
    return std::move(reading.input);
}

} // namespace keyhole
