// The stage of a message's bytes, a block of eight a row: the characters that they make, the padding counted out, and
// one character opened into its bits. (RFC 3629, section 3; RFC 5652, section 6.3.)
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/stages/message/message_parts.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t nowhere = ~std::size_t{0};

// A step's bytes, eight a row.
class ByteStage {
  public:
    ByteStage(FrameContext& context, ScreenCanvas& canvas, const ByteSheet& sheet, ImVec2 at, ImVec2 room)
        : context_(context), canvas_(canvas), sheet_(sheet), at_(at), em_(context.fonts.em) {
        label_ = 4.3F * em_;
        cell_ = std::floor(std::clamp((room.x - label_ - 1.2F * em_) / 8, 1.5F * em_, 4.6F * em_));
        upper_ = sheet.characters || sheet.padding() > 0 ? 1.35F * em_ : 0.2F * em_;
        // Few rows stand larger.
        const float share = room.y / static_cast<float>(std::max<std::size_t>(sheet.rows(), 1));
        byte_ = std::clamp(share - upper_ - 0.55F * em_, 1.4F * em_, 2.1F * em_);
        row_ = upper_ + byte_ + 0.55F * em_;
    }

    std::uint64_t rows_in(float height) const {
        return std::clamp<std::uint64_t>(static_cast<std::uint64_t>(height / row_), 2,
                                         std::max<std::size_t>(sheet_.rows(), 2));
    }
    float row_height() const { return row_; }
    float right() const { return at_.x + label_ + 8 * cell_; }

    void draw(std::uint64_t first, std::uint64_t rows, std::optional<std::size_t> selected) {
        selected_ = selected;
        const std::size_t end = std::min(sheet_.bytes.size(), static_cast<std::size_t>(8 * (first + rows)));
        first_ = static_cast<std::size_t>(8 * first);
        for (std::uint64_t r = first; 8 * r < end; ++r) row_label(r);
        if (sheet_.characters) {
            const std::size_t text_end = std::min(end, sheet_.text_bytes);
            if (first_ < text_end) {
                for (const Character& c : characters(sheet_.bytes.first(sheet_.text_bytes), first_, text_end - first_))
                    character(c, end);
            }
        }
        for (std::size_t i = first_; i < end; ++i) byte(i);
    }

    /// `otherwise` where there is none.
    std::size_t clicked(std::size_t otherwise) const { return clicked_ == nowhere ? otherwise : clicked_; }
    std::size_t hovered(std::size_t otherwise) const { return hovered_ == nowhere ? otherwise : hovered_; }

  private:
    ImVec2 corner(std::size_t offset) const {
        const std::size_t from_first = offset - first_;
        return {at_.x + label_ + cell_ * static_cast<float>(from_first % 8),
                at_.y + row_ * static_cast<float>(from_first / 8)};
    }

    void row_label(std::uint64_t row) {
        const ImVec2 from = corner(static_cast<std::size_t>(8 * row));
        const std::string words =
            sheet_.blocks ? fmt::format("block {}", grouped_decimal(row + 1)) : grouped_decimal(8 * row);
        const ImFont* font = ScreenCanvas::size(context_.fonts.small, words).x < label_ - 0.6F * em_
                                 ? context_.fonts.small
                                 : context_.fonts.figures_tiny;
        canvas_.text_to_right(font, {from.x - 0.5F * em_, from.y + upper_ + byte_ / 2}, context_.theme.muted, words);
    }

    // A character spans its bytes; one that goes on in the next row is drawn in both.
    void character(const Character& c, std::size_t end) {
        const Theme& theme = context_.theme;
        const std::size_t from = std::max(c.offset, first_), to = std::min(c.end(), end);
        const bool chosen = selected_ && *selected_ >= c.offset && *selected_ < c.end();
        for (std::size_t at = from; at < to;) {
            const std::size_t stop = std::min(to, at / 8 * 8 + 8);
            const ImVec2 left = corner(at);
            const float width = cell_ * static_cast<float>(stop - at) - 0.15F * em_;
            const ImVec2 foot{left.x + width, left.y + upper_ - 0.1F * em_};
            if (canvas_.hovered(left, foot)) hovered_ = c.offset;
            if (canvas_.clicked(left, foot)) clicked_ = c.offset;
            if (c.length > 1) canvas_.box(left, foot, theme.raised, chosen ? theme.current : theme.border);
            const ImVec2 centre{left.x + width / 2, left.y + upper_ / 2 - 0.05F * em_};
            const std::string shown = at > c.offset ? ".." + sign_of(c) : sign_of(c);
            const bool seen = c.valid && c.code > 0x20 && c.code != 0x7F && shown.size() < 6;
            const ImFont* font = seen ? context_.fonts.text : context_.fonts.small;
            if (ScreenCanvas::size(font, shown).x > width) font = context_.fonts.figures_tiny;
            if (ScreenCanvas::size(font, shown).x <= width + 0.1F * em_)
                canvas_.text_centred(font, centre, chosen ? theme.current : seen ? theme.text : theme.muted, shown);
            at = stop;
        }
    }

    // What the fonts cannot draw is named by its number.
    std::string sign_of(const Character& c) const {
        const bool drawable =
            c.code <= 0xFFFF && context_.fonts.text->FindGlyphNoFallback(static_cast<ImWchar>(c.code)) != nullptr;
        return c.valid && !drawable ? code_point(c) : glyph(sheet_.bytes, c);
    }

    void byte(std::size_t i) {
        const Theme& theme = context_.theme;
        const ImVec2 left = corner(i);
        const ImVec2 from{left.x, left.y + upper_}, to{left.x + cell_ - 0.15F * em_, left.y + upper_ + byte_};
        const std::size_t padding = sheet_.padding_number(i);
        const bool hovered = canvas_.hovered(from, to);
        if (hovered) hovered_ = i;
        if (hovered && ImGui::IsMouseClicked(0)) clicked_ = i;
        bool chosen = false;
        if (selected_ && sheet_.characters && *selected_ < sheet_.text_bytes && i < sheet_.text_bytes) {
            const Character c = character_at(sheet_.bytes.first(sheet_.text_bytes), *selected_);
            chosen = i >= c.offset && i < c.end();
        }
        const ImU32 outline = padding > 0 || chosen || hovered ? theme.current : theme.border;
        canvas_.box(from, to, padding > 0 ? theme.current_tint : theme.panel, outline,
                    (padding > 0 || chosen ? 2.2F : 1) * canvas_.line());
        const ImVec2 centre{(from.x + to.x) / 2, (from.y + to.y) / 2};
        canvas_.text_centred(cell_ > 2 * em_ ? context_.fonts.figures : context_.fonts.figures_small, centre,
                             padding > 0 ? theme.current : theme.text, fmt::format("{:02X}", sheet_.bytes[i]));
        if (padding > 0) {
            canvas_.text_centred(
                context_.fonts.small, {centre.x, left.y + upper_ / 2 - 0.05F * em_}, theme.current,
                cell_ > 3 * em_ ? fmt::format("{} of {}", padding, sheet_.padding()) : std::to_string(padding));
        }
    }

    FrameContext& context_;
    ScreenCanvas& canvas_;
    const ByteSheet& sheet_;
    ImVec2 at_;
    float em_, label_ = 0, cell_ = 0, upper_ = 0, byte_ = 0, row_ = 0;
    std::size_t first_ = 0;
    std::size_t clicked_ = nowhere, hovered_ = nowhere;
    std::optional<std::size_t> selected_;
};

// How the code point lies in its bytes: its bits above, the bytes below with the bits that only mark them.
float draw_code(FrameContext& context, ScreenCanvas& canvas, const ByteSheet& sheet, std::size_t offset, ImVec2 at,
                float width) {
    const Theme& theme = context.theme;
    const Fonts& fonts = context.fonts;
    const float em = fonts.em;
    const ByteView text = sheet.bytes.first(sheet.text_bytes);
    const Character c = character_at(text, offset);
    if (!c.valid) return words_at(canvas, at, width, theme.muted, "This byte is part of no character.");
    const CodeBits code = code_bits(text, c);
    const bool drawable =
        c.code <= 0xFFFF && c.code > 0x20 && fonts.text->FindGlyphNoFallback(static_cast<ImWchar>(c.code)) != nullptr;
    const std::string sign = drawable                                             ? glyph(text, c) + " = "
                             : glyph(text, c) == code_point(c) || c.code > 0xFFFF ? ""
                                                                                  : glyph(text, c) + " = ";
    const std::string words =
        fmt::format("{}{} = {}, {} bits in {} byte{}", sign, code_point(c), grouped_decimal(c.code), code.payload_bits,
                    c.length, c.length == 1 ? "" : "s");
    float y = canvas.paragraph(fonts.text, at, width, theme.text, words) + 0.2F * em;
    const float gap = 0.8F * em;
    const auto bytes = static_cast<float>(c.length);
    const float pitch = std::floor(std::clamp((width - gap * (bytes - 1)) / (8 * bytes), 0.5F * em, 1.4F * em));
    const ImVec2 size{pitch - std::max(2.0F, 0.1F * pitch), 1.15F * em};
    const auto x_of = [&](std::size_t i) {
        return at.x + pitch * static_cast<float>(i) + gap * static_cast<float>(i / 8);
    };
    // The code point's bits stand together, centred above the bytes.
    const float whole = pitch * 8 * bytes + gap * (bytes - 1);
    const float upper_x = at.x + (whole - pitch * static_cast<float>(code.payload_bits)) / 2;
    const float upper = y, lower = y + size.y + 1.7F * em;
    for (std::size_t i = 0; i < code.bits.size(); ++i) {
        const CodeBit& bit = code.bits[i];
        if (bit.payload == 0) continue;
        const float top_x = upper_x + pitch * static_cast<float>(bit.payload - 1);
        canvas.wire({top_x + size.x / 2, upper + size.y}, {x_of(i) + size.x / 2, lower},
                    faded(theme.plain, theme.wire_alpha), canvas.line());
        canvas.cell({top_x, upper}, size, bit.bit, theme.plain, false);
    }
    for (std::size_t i = 0; i < code.bits.size(); ++i) {
        const CodeBit& bit = code.bits[i];
        canvas.cell({x_of(i), lower}, size, bit.bit, bit.payload == 0 ? theme.faint : theme.plain, false);
    }
    y = lower + size.y + 0.2F * em;
    for (std::size_t i = 0; i < c.length; ++i) {
        const float centre = (x_of(8 * i) + x_of(8 * i + 7) + size.x) / 2;
        canvas.text_centred(fonts.figures_small, {centre, y + 0.5F * em}, theme.text,
                            fmt::format("{:02X}", text[c.offset + i]));
    }
    y += 1.3F * em;
    return words_at(
        canvas, {at.x, y}, width, theme.muted,
        "Bits without a wire mark the byte (RFC 3629): 0 stands alone, 110, 1110 and 11110 lead, 10 goes on.");
}

std::string title_of(const FrameContext& context, const ByteSheet& sheet) {
    switch (context.step.node.kind()) {
        case Kind::encode: return sheet.characters ? "Characters become bytes" : "The bytes of the message";
        case Kind::pad: return sheet.pkcs7 ? "Padding to whole blocks" : "Cutting into blocks";
        case Kind::decode: return "The ciphertext's bytes";
        default:
            return sheet.refused ? "Refused" : sheet.pkcs7 ? "Padding comes off, text remains" : "Bytes become text";
    }
}

ImGuiID selected_id(const FrameContext& context) {
    const std::string key = "selected " + context.step.address;
    return ImGui::GetID(key.c_str());
}

void keep_selected(const FrameContext& context, std::size_t offset) {
    ImGui::GetStateStorage()->SetInt(selected_id(context), static_cast<int>(offset));
}

// The byte whose character is opened; Z and X move it on by a character.
std::size_t select(const FrameContext& context, ByteView text, LongList& list) {
    const int kept = ImGui::GetStateStorage()->GetInt(selected_id(context), -1);
    const std::size_t before =
        std::min(kept < 0 ? character_to_open(text) : static_cast<std::size_t>(kept), text.size() - 1);
    const Character here = character_at(text, before);
    std::size_t selected = before;
    if (context.ui.item_step > 0) selected = std::min(here.end(), text.size() - 1);
    if (context.ui.item_step < 0 && here.offset > 0) selected = character_at(text, here.offset - 1).offset;
    if (selected != before) list.bring_into_sight(selected / 8);
    return selected;
}

} // namespace

void draw_bytes_stage(FrameContext& context) {
    const float em = context.fonts.em;
    const Theme& theme = context.theme;
    const Node& node = context.step.node;
    ScreenCanvas canvas(theme, context.fonts);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const ByteSheet sheet = byte_sheet(context.trace, node);
    const ByteView text = sheet.bytes.first(sheet.text_bytes);
    const bool padding = node.kind() == Kind::pad || node.kind() == Kind::unpad;
    const std::string words = padding ? "" : context.step.summary;
    float y = draw_message_head(context, canvas, title_of(context, sheet), words);
    const float picture = y;
    if (padding) {
        y = canvas.paragraph(context.fonts.text, {origin.x, y}, width, sheet.refused ? theme.error : theme.text,
                             padding_words(sheet));
        if (node.kind() == Kind::unpad && sheet.padding() > 0)
            y = words_at(canvas, {origin.x, y}, width, theme.muted,
                         fmt::format("The last byte, {:02X}, says how many go; each of them must have that value.",
                                     sheet.bytes.back()));
        y += 0.4F * em;
    }
    const bool opens = sheet.characters && !text.empty() && node.kind() != Kind::pad;
    const float room = stage_height() - (y - origin.y) - (opens ? 8.9F : 2.2F) * em;
    ByteStage stage(context, canvas, sheet, {origin.x, y}, {width, room});
    const std::uint64_t rows = stage.rows_in(room);
    LongList list("bytes " + context.step.address, sheet.rows(), rows);
    if (context.moved && padding && sheet.rows() > 0) list.bring_into_sight(sheet.rows() - 1);
    const std::size_t selected = opens ? select(context, text, list) : 0;
    if (sheet.bytes.empty()) canvas.text(context.fonts.text, {origin.x, y}, theme.muted, "There are no bytes.");
    stage.draw(list.first(), rows, opens ? std::optional(selected) : std::nullopt);
    if (opens) keep_selected(context, stage.clicked(selected));
    const float height =
        stage.row_height() * static_cast<float>(std::min<std::uint64_t>(rows, std::max<std::size_t>(sheet.rows(), 1)));
    list.scroll(context, canvas, {stage.right() + 0.4F * em, y, 0.6F * em, height - 0.5F * em},
                {origin.x, y, width, height}, true);
    y += height;
    if (!list.whole()) {
        const std::uint64_t end = std::min<std::uint64_t>(8 * (list.first() + rows), sheet.bytes.size());
        y = words_at(canvas, {origin.x, y}, width, theme.muted,
                     fmt::format("Bytes {} to {} of {}", grouped_decimal(8 * list.first() + 1), grouped_decimal(end),
                                 grouped_decimal(sheet.bytes.size())));
    }
    if (opens) {
        const std::size_t hovered = stage.hovered(selected);
        y = draw_code(context, canvas, sheet, hovered < text.size() ? hovered : selected, {origin.x, y + 0.2F * em},
                      width);
    }
    end_stage(context, canvas, origin, picture, y, words);
}

} // namespace keyhole::viz
