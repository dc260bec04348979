#include "cli/chat/relay_options.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "flags/options.hpp"

namespace keyhole::cli {
namespace {

// Takes "client:" or "server:" off the front.
Role take_role(std::string_view& text, std::string_view option, std::string_view form) {
    const std::size_t colon = text.find(':');
    const auto role = find_role(text.substr(0, colon));
    if (role && colon != std::string_view::npos) {
        text.remove_prefix(colon + 1);
        return *role;
    }
    throw bad_input(
        fmt::format("{} {} names no sender (one of two parties sends it; write {})", option, in_quotes(text), form));
}

// Takes a number up to a colon or the end off the front.
std::optional<std::uint64_t> take_number(std::string_view& text) {
    const std::string_view digits = text.substr(0, text.find(':'));
    const auto number = whole_number<std::uint64_t>(digits);
    if (number) text.remove_prefix(std::min(text.size(), digits.size() + 1));
    return number;
}

std::string replaced(std::string text, const Replacement& replacement) {
    std::size_t at = 0;
    while ((at = text.find(replacement.old_text, at)) != std::string::npos) {
        text.replace(at, replacement.old_text.size(), replacement.new_text);
        at += replacement.new_text.size();
        if (text.size() > max_text_bytes) break;
    }
    return text;
}

} // namespace

Replacement parse_replacement(const std::string& text) {
    constexpr std::string_view form = "client:OLD=NEW or server:OLD=NEW";
    std::string_view rest = text;
    Replacement out{.from = take_role(rest, "--replace", form), .old_text = {}, .new_text = {}};
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos || equals == 0) {
        throw bad_input(fmt::format("--replace {} does not say what to replace (two texts are needed; write {})",
                                    in_quotes(text), form));
    }
    out.old_text = rest.substr(0, equals);
    out.new_text = rest.substr(equals + 1);
    if (!is_utf8(text)) throw bad_input("--replace is not UTF-8 (nothing else can be sent; convert it first)");
    return out;
}

Flip parse_flip(const std::string& text) {
    constexpr std::string_view form = "client:SEQ:BYTE or client:SEQ:iv3:BIT, all from 1, BIT at most 8";
    std::string_view rest = text;
    Flip out{.from = take_role(rest, "--flip", form), .seq = 0, .place = {}};
    const auto seq = take_number(rest);
    out.place.in_iv = seq && rest.starts_with("iv");
    if (out.place.in_iv) rest.remove_prefix(2);
    const bool ends_open = rest.ends_with(':');
    const auto byte = seq ? take_number(rest) : std::nullopt;
    const auto bit = byte && !rest.empty() ? take_number(rest) : std::optional<std::uint64_t>(8);
    if (!seq || !byte || !bit || ends_open || !rest.empty() || *seq < 1 || *byte < 1 || *bit < 1 || *bit > 8 ||
        (out.place.in_iv && *byte > 8)) {
        throw bad_input(fmt::format("--flip {} names no bit (it has another form; write {})", in_quotes(text), form));
    }
    out.seq = *seq;
    out.place.byte = *byte;
    out.place.bit = static_cast<unsigned>(*bit);
    return out;
}

bool is_for(const Flip& flip, const Passage& passage) {
    const auto* message = passage.frame ? std::get_if<MessageFrame>(&*passage.frame) : nullptr;
    return message && passage.from == flip.from && message->seq == flip.seq;
}

Alteration alteration(std::vector<Replacement> replacements, std::vector<Flip> flips) {
    if (replacements.empty() && flips.empty()) return {};
    return [replacements = std::move(replacements), flips = std::move(flips)](const Passage& passage) {
        std::string content = passage.content;
        for (const Replacement& replacement : replacements) {
            if (replacement.from == passage.from) content = replaced(std::move(content), replacement);
        }
        std::optional<Frame> frame = passage.frame;
        for (const Flip& flip : flips) {
            if (!is_for(flip, passage)) continue;
            const auto line = flip_bit(std::get<MessageFrame>(*frame), flip.place);
            if (!line) continue;
            content = *line;
            frame = std::get<Frame>(decode_frame(content));
        }
        return std::optional(std::move(content));
    };
}

std::string to_text(const BitPlace& place) {
    return fmt::format("{} byte {}, bit {}", place.in_iv ? "IV" : "ciphertext", place.byte, place.bit);
}

} // namespace keyhole::cli
