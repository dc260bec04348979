#include "viz/stages/message/code_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/stages/message/byte_sheet.hpp"

namespace keyhole::viz {
namespace {

// "é = U+00E9 = 233, 11 bits in 2 bytes"
std::string code_words(const Canvas& canvas, ByteView text, const Character& c, const CodeBits& code) {
    const std::string sign = sign_of(canvas, text, c);
    const std::string head = sign == code_point(c) ? "" : sign + " = ";
    return fmt::format("{}{} = {}, {} bits in {}", head, code_point(c), grouped_decimal(c.code), code.payload_bits,
                       counted(c.length, "byte"));
}

// The bytes' bits in groups of eight, and above their middle the code point's bits side by side.
struct BitGrid {
    Point at; // the corner of the upper row
    float pitch = 0, gap = 0, lower = 0, height = 0;
    float upper_left = 0;

    float cell() const { return pitch - std::max(2.0F, 0.1F * pitch); }
    Rect upper(unsigned payload) const {
        return {upper_left + pitch * static_cast<float>(payload - 1), at.y, cell(), height};
    }
    Rect below(std::size_t i) const {
        return {at.x + pitch * static_cast<float>(i) + gap * static_cast<float>(i / 8), lower, cell(), height};
    }
};

BitGrid make_grid(const CodeBits& code, Point at, float width, float em) {
    const auto bytes = static_cast<float>(code.bits.size() / 8);
    BitGrid g;
    g.at = at;
    g.gap = 0.8F * em;
    const float gaps = g.gap * (bytes - 1);
    g.pitch = std::floor(std::clamp((width - gaps) / (8 * bytes), 0.5F * em, 1.4F * em));
    g.height = 1.15F * em;
    g.lower = at.y + g.height + 1.7F * em;
    g.upper_left = at.x + (g.pitch * (8 * bytes - static_cast<float>(code.payload_bits)) + gaps) / 2;
    return g;
}

} // namespace

std::string sign_of(const Canvas& canvas, ByteView text, const Character& character) {
    const bool named = glyph(text, character) != as_text(text.subspan(character.offset, character.length));
    if (!character.valid || named || canvas.type().has(FontRole::text, character.code)) return glyph(text, character);
    return code_point(character);
}

float draw_code(Canvas& canvas, ByteView text, std::size_t offset, Point at, float width) {
    const float em = canvas.em();
    const Character c = character_at(text, offset);
    if (!c.valid) return canvas.paragraph(FontRole::small, at, width, Ink::muted, "This byte is part of no character.");
    const CodeBits code = code_bits(text, c);
    const float top =
        canvas.paragraph(FontRole::text, at, width, Ink::text, code_words(canvas, text, c, code)) + 0.2F * em;
    const BitGrid g = make_grid(code, {at.x, top}, width, em);
    for (std::size_t i = 0; i < code.bits.size(); ++i) {
        const CodeBit& bit = code.bits[i];
        const Rect below = g.below(i);
        const bool marker = bit.payload == 0;
        if (!marker) {
            const Rect upper = g.upper(bit.payload);
            canvas.wire({upper.centre().x, upper.bottom()}, {below.centre().x, below.y},
                        faded(Ink::plain, canvas.style().theme.wire_alpha), canvas.line());
            canvas.cell(upper, bit.bit, Ink::plain, false, fmt::format("code.{}", bit.payload));
        }
        canvas.cell(below, bit.bit, marker ? Ink::faint : Ink::plain, false, fmt::format("bit.{}", i + 1));
    }
    const float foot = g.lower + g.height + 0.2F * em;
    for (std::size_t i = 0; i < c.length; ++i) {
        const float centre = (g.below(8 * i).x + g.below(8 * i + 7).right()) / 2;
        canvas.text_centred(FontRole::figures_small, {centre, foot + 0.5F * em}, Ink::text,
                            fmt::format("{:02X}", text[c.offset + i]));
    }
    return canvas.paragraph(
        FontRole::small, {at.x, foot + 1.3F * em}, width, Ink::muted,
        "Bits without a wire mark the byte (RFC 3629): 0 stands alone, 110, 1110 and 11110 lead, 10 goes on.");
}

} // namespace keyhole::viz
