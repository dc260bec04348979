#include "viz/stages/message/byte_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/stages/message/message_model.hpp"

namespace keyhole::viz {
namespace {

// The names that ASCII gives to what has no shape (ISO 646), the common ones.
std::string_view control_name(char32_t code) {
    switch (code) {
        case 0x00: return "NUL";
        case 0x09: return "TAB";
        case 0x0A: return "LF";
        case 0x0D: return "CR";
        case 0x1B: return "ESC";
        case 0x20: return "space";
        case 0x7F: return "DEL";
        case 0xA0: return "nbsp";
        default: return {};
    }
}

} // namespace

bool reads_as_text(ByteView bytes) {
    constexpr std::size_t sample = 4096; // a character that it cuts in two is left out
    std::size_t end = std::min(bytes.size(), sample);
    if (end < bytes.size()) end = character_at(bytes, end).offset;
    const std::string_view head = as_text(bytes.first(end));
    return is_utf8(head) && head.find('\0') == std::string_view::npos;
}

ByteSheet byte_sheet(const Trace& trace, const Node& node) {
    const Recording& r = trace.recording();
    const std::uint64_t number = node.number(Kind::message);
    const MessageRecord& m = r.messages[number - 1];
    ByteSheet sheet;
    sheet.rule = r.padding();
    switch (node.kind()) {
        case Kind::encode:
            sheet.bytes = m.sent->plaintext;
            sheet.text_bytes = sheet.bytes.size();
            break;
        case Kind::pad:
            sheet.bytes = trace.pass(number, Direction::encrypt).input;
            sheet.text_bytes = m.sent->plaintext.size();
            sheet.blocks = segment_bits(r.mode()) == 64;
            break;
        case Kind::decode:
            sheet.bytes = m.received->ciphertext;
            sheet.text_bytes = sheet.bytes.size();
            sheet.blocks = segment_bits(r.mode()) == 64;
            return sheet;
        default:
            sheet.bytes = m.received->padded;
            sheet.refusal = refusal(r, m);
            sheet.taken_off = true;
            sheet.text_bytes = m.received->plaintext ? m.received->plaintext->size() : sheet.bytes.size();
            sheet.blocks = segment_bits(r.mode()) == 64;
            if (!m.received->plaintext) return sheet;
    }
    sheet.characters = reads_as_text(sheet.bytes.first(sheet.text_bytes));
    return sheet;
}

std::string glyph(ByteView text, const Character& character) {
    if (!character.valid) return "?";
    if (const std::string_view name = control_name(character.code); !name.empty()) return std::string(name);
    const std::string shown(as_text(text.subspan(character.offset, character.length)));
    // Controls of all kinds would draw nothing or turn the line around: their number stands for them.
    return character.code != '\\' && escape_controls(shown) != shown ? code_point(character) : shown;
}

CodeBits code_bits(ByteView text, const Character& character) {
    const unsigned n = character.length;
    CodeBits out;
    out.payload_bits = n == 1 ? 7 : 7 - n + 6 * (n - 1);
    unsigned payload = 0;
    for (unsigned i = 0; i < n; ++i) {
        const unsigned markers = i > 0 ? 2 : n == 1 ? 1 : n + 1;
        for (unsigned bit = 1; bit <= 8; ++bit) {
            const bool marker = bit <= markers;
            if (!marker) ++payload;
            out.bits.push_back({bit_at(text[character.offset + i], 8, bit), marker ? 0 : payload});
        }
    }
    return out;
}

std::string padding_words(const ByteSheet& sheet) {
    const std::size_t added = sheet.padding(), length = sheet.text_bytes;
    if (!sheet.refusal.empty()) return refusal_words(sheet.refusal);
    if (sheet.rule == Padding::none)
        return fmt::format("No padding: all {} are the message{}.", counted(length, "byte"),
                           sheet.blocks ? ", and the last block may be shorter than the others" : "");
    if (sheet.taken_off) {
        const std::string remain =
            fmt::format("Without it {} remain{}.", counted(length, "byte"), length == 1 ? "s" : "");
        switch (sheet.rule) {
            case Padding::zero:
                return length == 0 && added == 0 ? "There is no byte, and no padding to take off."
                       : added == 0              ? "The last byte is not zero: there is no padding to take off."
                                                 : fmt::format("All zeros at the end are taken for padding: {}. {}",
                                                               doubt_after_zeros(added), remain);
            case Padding::iso7816:
                return fmt::format("{} 80, which marks where the message ends: {} of padding. {}",
                                   added == 1 ? "The last byte is" : "Before the zeros at the end stands",
                                   counted(added, "byte"), remain);
            default:
                return fmt::format("The last byte is {:02X}: {} of padding{}. {}", added, counted(added, "byte"),
                                   added == 1 ? "" : ", all of that value", remain);
        }
    }
    const std::string missing = length % 8 != 0 ? fmt::format("{} missing to a whole block", counted(added, "byte"))
                                : added == 0    ? "nothing is missing"
                                                : "nothing is missing, and yet a whole block is added";
    const std::string sum = fmt::format("{} = {} \u00D7 8 + {}: {}.", grouped_decimal(length),
                                        grouped_decimal(length / 8), length % 8, missing);
    switch (sheet.rule) {
        case Padding::zero: {
            const std::string lost = lost_to_zeros(sheet.bytes.first(length));
            return sum + (added == 0 ? " So nothing is added." : fmt::format(" So {} of 00.", counted(added, "byte"))) +
                   (lost.empty() ? "" : " But " + lost + ".");
        }
        case Padding::iso7816:
            return sum + " So 80" + (added == 1 ? "." : fmt::format(" and {} of 00.", counted(added - 1, "byte")));
        default: return fmt::format("{} So {} of value {:02X}.", sum, counted(added, "byte"), added);
    }
}

std::size_t character_to_open(ByteView text) {
    const ByteView head = text.first(std::min<std::size_t>(text.size(), 1024));
    const auto found = std::ranges::find_if(head, [](std::uint8_t byte) { return byte >= 0x80; });
    return found == head.end() ? 0 : static_cast<std::size_t>(found - head.begin());
}

} // namespace keyhole::viz
