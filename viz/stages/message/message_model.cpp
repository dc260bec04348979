#include "viz/stages/message/message_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "core/steps/step_kinds.hpp"

namespace keyhole::viz {
namespace {

// Whether to show bytes as text is decided by their beginning, so that a large file does not cost more than a small
// one. A character that the sample cuts in two is left out of it.
bool reads_as_text(ByteView bytes) {
    constexpr std::size_t sample = 4096;
    std::size_t end = std::min(bytes.size(), sample);
    if (end < bytes.size()) end = character_at(bytes, end).offset;
    const std::string_view head = as_text(bytes.first(end));
    return is_utf8(head) && head.find('\0') == std::string_view::npos;
}

std::string size_of(const Trace& trace, const MessageRecord& m, const Node& station) {
    const auto shown = [](std::size_t count) { return grouped_decimal(count) + " B"; };
    const std::uint64_t number = station.number(Kind::message);
    switch (station.kind()) {
        case Kind::encode: return shown(m.sent->plaintext.size());
        case Kind::pad: return shown(trace.pass(number, Direction::encrypt).input.size());
        case Kind::encrypt: return shown(m.sent->ciphertext.size());
        case Kind::frame: return shown((m.sent ? m.sent->frame : m.received->frame).size() + 1);
        case Kind::decode: return shown(m.received->ciphertext.size());
        case Kind::decrypt: return shown(m.received->padded.size());
        default: return m.received->plaintext ? shown(m.received->plaintext->size()) : "refused";
    }
}

// `unseen` bytes are counted and not shown: the line end.
Layer layer(ByteView bytes, bool text, const std::optional<Node>& made, std::size_t unseen = 0) {
    return {.known = true, .bytes = bytes, .text = text, .size = counted(bytes.size() + unseen, "byte"), .made = made};
}

Layer unknown(std::string why) {
    return {.known = false, .bytes = {}, .text = false, .size = std::move(why), .made = {}};
}

ByteView model_of(const std::string& text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

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

std::vector<Station> stations(const Trace& trace, const Node& node) {
    const StepTree& tree = trace.tree();
    const Node message = node.up_to(Kind::message);
    const MessageRecord& m = trace.recording().messages[message.last().number - 1];
    std::vector<Station> out;
    for (std::uint64_t i = 0; i < tree.child_count(message); ++i) {
        const Node child = tree.child(message, i);
        const Kind kind = child.kind();
        out.push_back({.node = child,
                       .name = std::string(info(kind).word),
                       .size = size_of(trace, m, child),
                       .received = kind == Kind::decode || kind == Kind::decrypt || kind == Kind::unpad,
                       .current = child == node || node.up_to(kind) == child});
    }
    return out;
}

MessageModel make_message_model(const Trace& trace, const Node& node) {
    const Recording& r = trace.recording();
    const Node message = node.up_to(Kind::message);
    const std::uint64_t number = message.last().number;
    const MessageRecord& m = r.messages[number - 1];
    const auto step = [&](Kind kind) -> std::optional<Node> {
        const Node child = message.child({.kind = kind});
        return trace.tree().contains(child) ? std::optional(child) : std::nullopt;
    };
    MessageModel model;
    model.number = number;
    model.exchange = !r.des;
    model.refused = is_refused(r, m);
    const auto party = [](Role role) { return role == Role::server ? "Server" : "Client"; };
    model.parties = {fmt::format("{}, sends", party(m.sender)), fmt::format("{}, receives", party(other(m.sender)))};
    if (!model.exchange) model.parties = {"Enciphering", "Deciphering"};

    const auto pair = [&](std::string name, Layer sent, Layer received) {
        const bool same = sent.known && received.known && std::ranges::equal(sent.bytes, received.bytes);
        model.layers.push_back({std::move(name), {std::move(sent), std::move(received)}, same});
    };
    const bool overheard = is_overheard(r);
    const Layer not_here = unknown(!model.exchange ? ""
                                   : overheard     ? "not known on the wire"
                                                   : "not known on this side");
    const Layer refused = model.refused ? unknown("refused") : overheard ? not_here : unknown("not deciphered yet");
    const auto sent = [&](const auto& make) { return m.sent ? make(*m.sent) : not_here; };
    const auto received = [&](const auto& make) { return m.received ? make(*m.received) : not_here; };
    const auto shows_text = [](ByteView bytes) { return reads_as_text(bytes); };
    pair("text", sent([&](const SentMessage& s) { return layer(s.plaintext, shows_text(s.plaintext), {}); }),
         received([&](const ReceivedMessage& got) {
             return got.plaintext ? layer(*got.plaintext, shows_text(*got.plaintext), step(Kind::unpad)) : refused;
         }));
    pair("bytes", sent([&](const SentMessage& s) { return layer(s.plaintext, false, step(Kind::encode)); }),
         received([&](const ReceivedMessage& got) {
             return got.plaintext ? layer(*got.plaintext, false, step(Kind::unpad)) : refused;
         }));
    pair(r.padding() == Padding::none ? "bytes, no padding" : "padded bytes", sent([&](const SentMessage&) {
             return layer(trace.pass(number, Direction::encrypt).input, false, step(Kind::pad));
         }),
         received([&](const ReceivedMessage& got) {
             const auto made = step(Kind::decrypt);
             return made ? layer(got.padded, false, made) : refused;
         }));
    pair("ciphertext", sent([&](const SentMessage& s) { return layer(s.ciphertext, false, step(Kind::encrypt)); }),
         received([&](const ReceivedMessage& got) { return layer(got.ciphertext, false, step(Kind::decode)); }));
    if (model.exchange) {
        pair("JSON line",
             sent([&](const SentMessage& s) { return layer(model_of(s.frame), true, step(Kind::frame), 1); }),
             received(
                 [&](const ReceivedMessage& got) { return layer(model_of(got.frame), true, step(Kind::decode), 1); }));
    }
    model.steps[0] = {step(Kind::encode), step(Kind::pad), step(Kind::encrypt)};
    // Taking the padding off and reading the text is one step of the receiver.
    model.steps[1] = {step(Kind::unpad), step(Kind::unpad), step(Kind::decrypt)};
    if (model.exchange) {
        model.steps[0].push_back(m.sent ? step(Kind::frame) : std::nullopt);
        model.steps[1].push_back(step(Kind::decode));
    }
    return model;
}

std::optional<Node> MessageModel::named_step(std::size_t side, std::size_t i) const {
    const auto& all = steps[side];
    const bool goes_on = side == 0 ? i > 0 && all[i - 1] == all[i] : i + 1 < all.size() && all[i + 1] == all[i];
    return goes_on ? std::nullopt : all[i];
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
            sheet.refused = is_refused(r, m);
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
    if (sheet.refused) return refusal_words();
    if (sheet.rule == Padding::none)
        return fmt::format("No padding: all {} are the message{}.", counted(length, "byte"),
                           sheet.blocks ? ", and the last block may be shorter than the others" : "");
    if (sheet.taken_off) {
        const std::string remain =
            fmt::format("Without it {} remain{}.", counted(length, "byte"), length == 1 ? "s" : "");
        switch (sheet.rule) {
            case Padding::zero:
                return added == 0 ? "The last byte is not zero: there is no padding to take off."
                                  : fmt::format("All zeros at the end are taken for padding: {}. {}",
                                                doubt_after_zeros(added), remain);
            case Padding::iso7816:
                return fmt::format(
                    "Before the zeros at the end stands 80, which marks where the message ends: {} of "
                    "padding. {}",
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

std::string refusal_words() {
    return "Refused with bad_ciphertext. The answer is the same for wrong padding, text that is no UTF-8, bad base64, "
           "a missing IV, and anything but whole blocks. If answers told these apart, somebody on the wire could send "
           "altered blocks and read the text out of the answers, byte by byte (a padding oracle; Vaudenay 2002).";
}

std::string no_authentication_words() {
    return "Nothing authenticates this message: a change on the way is deciphered like any other text, and nobody can "
           "prove who sent it.";
}

} // namespace keyhole::viz
