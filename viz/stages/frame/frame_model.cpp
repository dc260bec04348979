#include "viz/stages/frame/frame_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_fields = 64; // as the receiver takes

// Reads an object's text from left to right; positions past the end stop everything.
class FieldScanner {
  public:
    explicit FieldScanner(std::string_view line) : line_(line) {}

    std::vector<Field> scan() {
        std::vector<Field> fields;
        space();
        if (!take('{')) return fields;
        while (fields.size() < most_fields) {
            space();
            Field field;
            const auto key = text();
            if (!key) break;
            field.key = {key->begin - 1, key->end + 1};
            field.name = std::string(line_.substr(key->begin, key->size()));
            space();
            if (!take(':')) break;
            space();
            if (const auto value = text()) {
                field.value = *value;
                field.quoted = true;
            } else {
                field.value = other_value();
            }
            fields.push_back(std::move(field));
            space();
            if (!take(',')) break;
        }
        return fields;
    }

  private:
    char here() const { return at_ < line_.size() ? line_[at_] : '\0'; }
    bool take(char wanted) {
        if (here() != wanted) return false;
        ++at_;
        return true;
    }
    void space() { at_ = std::min(line_.find_first_not_of(" \t\r\n", at_), line_.size()); }

    // What stands between quotes.
    std::optional<Span> text() {
        if (!take('"')) return std::nullopt;
        const std::size_t begin = at_;
        for (;;) {
            const std::size_t quote = line_.find('"', at_);
            if (quote == std::string_view::npos) return at_ = line_.size(), std::nullopt;
            std::size_t slashes = 0;
            while (quote - slashes > begin && line_[quote - slashes - 1] == '\\') ++slashes;
            at_ = quote + 1;
            if (slashes % 2 == 0) return Span{begin, quote};
        }
    }

    // A number, a word, or something nested.
    Span other_value() {
        const std::size_t begin = at_;
        int depth = 0;
        while (at_ < line_.size()) {
            const char c = line_[at_];
            if (depth == 0 && (c == ',' || c == '}')) break;
            if (c == '"') {
                text();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            ++at_;
        }
        std::size_t end = at_;
        while (end > begin && line_[end - 1] == ' ') --end;
        return {begin, end};
    }

    std::string_view line_;
    std::size_t at_ = 0;
};

// Base64 is linked where every character is one sign: JSON lets a sender write "\/" for "/".
bool is_plain_base64(std::string_view value, std::size_t bytes) {
    return bytes > 0 && value.size() == (bytes + 2) / 3 * 4 && value.find('\\') == std::string_view::npos;
}

int value_of(char c) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t found = alphabet.find(c);
    return found == std::string_view::npos ? -1 : static_cast<int>(found);
}

} // namespace

const Field* FrameModel::field_of(Holds holds) const {
    const auto found = std::ranges::find(fields, holds, &Field::holds);
    return holds == Holds::nothing || found == fields.end() ? nullptr : &*found;
}

std::vector<Field> json_fields(std::string_view line) { return FieldScanner(line).scan(); }

FrameModel make_frame_model(const Trace& trace, const Node& node) {
    const Node message = node.up_to(Kind::message);
    const MessageRecord& m = trace.recording().messages[message.last().number - 1];
    FrameModel frame;
    frame.arriving = node.kind() == Kind::decode;
    const bool from_receiver = m.received && (frame.arriving || !m.sent);
    frame.line = from_receiver ? m.received->frame : m.sent->frame;
    frame.ciphertext = from_receiver ? ByteView(m.received->ciphertext) : ByteView(m.sent->ciphertext);
    const std::optional<des::Block>& iv = from_receiver ? m.received->iv : m.sent->iv;
    if (iv) frame.iv = block_bytes(*iv);
    if (from_receiver) frame.refusal = refusal(trace.recording(), m);
    frame.cipher = message.child({.kind = from_receiver ? Kind::decrypt : Kind::encrypt});
    frame.fields = json_fields(frame.line);
    for (Field& field : frame.fields) {
        const Holds holds = field.name == "iv"           ? Holds::iv
                            : field.name == "ciphertext" ? Holds::ciphertext
                                                         : Holds::nothing;
        const std::string_view value = frame.line.substr(field.value.begin, field.value.size());
        if (field.quoted && is_plain_base64(value, frame.bytes(holds).size())) field.holds = holds;
    }
    return frame;
}

Link link_at(const FrameModel& frame, std::size_t position) {
    Link link;
    link.line = link.line_group = {position, position + 1};
    const auto found =
        std::ranges::find_if(frame.fields, [&](const Field& field) { return field.whole().contains(position); });
    if (found == frame.fields.end()) return link;
    link.field = &*found;
    link.holds = found->holds;
    if (found->holds == Holds::nothing || !found->value.contains(position)) {
        link.line = link.line_group = found->whole();
        link.bytes = link.bytes_group = {0, frame.bytes(found->holds).size()};
        return link;
    }
    const std::size_t size = frame.bytes(found->holds).size();
    const std::size_t at = position - found->value.begin;
    const std::size_t group = at / 4, sign = at % 4;
    link.line_group = {found->value.begin + 4 * group, found->value.begin + 4 * group + 4};
    link.bytes_group = {3 * group, std::min(3 * group + 3, size)};
    // Sign k of a group carries its bits 6k to 6k + 5.
    link.bytes = {std::min(3 * group + 6 * sign / 8, link.bytes_group.end),
                  std::min(3 * group + (6 * sign + 5) / 8 + 1, link.bytes_group.end)};
    return link;
}

Link link_of_byte(const FrameModel& frame, Holds holds, std::size_t byte) {
    const Field* field = frame.field_of(holds);
    const std::size_t group = byte / 3, place = byte % 3;
    Link link = link_at(frame, field->value.begin + 4 * group);
    link.bytes = {byte, byte + 1};
    // Byte k of a group is its bits 8k to 8k + 7.
    link.line = {link.line_group.begin + 8 * place / 6, link.line_group.begin + (8 * place + 7) / 6 + 1};
    return link;
}

std::optional<Base64Group> base64_group(const FrameModel& frame, const Link& link) {
    if (link.holds == Holds::nothing || link.line_group.size() != 4 || link.bytes_group.size() > 3) return std::nullopt;
    const ByteView bytes = frame.bytes(link.holds);
    Base64Group group;
    group.bytes = static_cast<unsigned>(link.bytes_group.size());
    for (unsigned i = 0; i < 3; ++i) {
        group.bits = group.bits << 8U | (i < group.bytes ? bytes[link.bytes_group.begin + i] : 0U);
    }
    for (unsigned i = 0; i < 4; ++i) {
        group.characters[i] = frame.line[link.line_group.begin + i];
        group.values[i] = value_of(group.characters[i]);
    }
    return group;
}

std::string frame_words(const FrameModel& frame) {
    const std::size_t bytes = frame.ciphertext.size(), signs = (bytes + 2) / 3 * 4;
    std::size_t base64 = signs;
    std::string words = fmt::format("{} bytes of ciphertext {} {} characters of base64", grouped_decimal(bytes),
                                    frame.arriving ? "\u2190" : "\u2192", grouped_decimal(signs));
    if (!frame.iv.empty()) {
        words += fmt::format(", 8 of IV {} 12", frame.arriving ? "\u2190" : "\u2192");
        base64 += 12;
    }
    if (!frame.refusal.empty() && frame.field_of(Holds::ciphertext) == nullptr)
        return fmt::format("{} bytes on the wire, the line end included", grouped_decimal(frame.wire_size()));
    return words + fmt::format("; with {} of JSON around them {} bytes on the wire, the line end included",
                               grouped_decimal(frame.wire_size() - std::min(base64, frame.wire_size())),
                               grouped_decimal(frame.wire_size()));
}

} // namespace keyhole::viz
