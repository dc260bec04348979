#include "viz/stages/message/bytes_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/stages/message/byte_sheet.hpp"
#include "viz/stages/message/code_picture.hpp"
#include "viz/stages/message/message_head.hpp"

namespace keyhole::viz {
namespace {

// Whether one of the characters is opened below the bytes.
bool opens(const ByteSheet& sheet, const Node& node) {
    return sheet.characters && sheet.text_bytes > 0 && node.kind() != Kind::pad;
}

std::size_t opened_byte(ByteView text, Item followed) {
    return followed > 0 && followed <= text.size() ? static_cast<std::size_t>(followed - 1) : character_to_open(text);
}

// The rows of bytes: eight of them with their characters above.
class ByteRows {
  public:
    ByteRows(Canvas& canvas, const ByteSheet& sheet, Rect room)
        : canvas_(canvas), sheet_(sheet), at_(room.corner()), em_(canvas.em()) {
        label_ = 4.3F * em_;
        cell_ = std::floor(std::clamp((room.w - label_ - 1.2F * em_) / 8, 1.5F * em_, 4.6F * em_));
        upper_ = sheet.characters || sheet.padding() > 0 ? 1.35F * em_ : 0.2F * em_;
        // Few rows stand larger.
        const float share = room.h / static_cast<float>(std::max<std::size_t>(sheet.rows(), 1));
        byte_ = std::clamp(share - upper_ - 0.55F * em_, 1.4F * em_, 2.1F * em_);
        row_ = upper_ + byte_ + 0.55F * em_;
        shown_ = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::max(room.h, 0.0F) / row_), 2,
                                           std::max<std::size_t>(sheet.rows(), 2));
    }

    std::uint64_t shown() const { return shown_; }
    float height() const { return row_ * static_cast<float>(std::clamp<std::uint64_t>(sheet_.rows(), 1, shown_)); }
    float right() const { return at_.x + label_ + 8 * cell_; }

    /// The character of the byte at `opened` is lit.
    void draw(std::uint64_t first, std::optional<std::size_t> opened) {
        const ByteView text = sheet_.bytes.first(sheet_.text_bytes);
        first_ = static_cast<std::size_t>(8 * first);
        end_ = std::min(sheet_.bytes.size(), static_cast<std::size_t>(8 * (first + shown_)));
        follows_ = opened.has_value();
        if (opened) {
            const Character lit = character_at(text, *opened);
            lit_from_ = lit.offset;
            lit_to_ = lit.end();
        }
        for (std::size_t i = first_; i < end_; i += 8) row_label(i);
        const std::size_t text_end = std::min(end_, text.size());
        if (sheet_.characters && first_ < text_end) {
            for (const Character& c : characters(text, first_, text_end - first_)) character(c);
        }
        for (std::size_t i = first_; i < end_; ++i) byte(i);
    }

  private:
    Point corner(std::size_t offset) const {
        const std::size_t from_first = offset - first_;
        return {at_.x + label_ + cell_ * static_cast<float>(from_first % 8),
                at_.y + row_ * static_cast<float>(from_first / 8)};
    }
    bool is_lit(std::size_t offset) const { return offset >= lit_from_ && offset < lit_to_; }
    Item item_at(std::size_t offset) const { return follows_ && offset < sheet_.text_bytes ? item_of_byte(offset) : 0; }

    void row_label(std::size_t offset) {
        const Point from = corner(offset);
        const std::string words =
            sheet_.blocks ? fmt::format("block {}", grouped_decimal(offset / 8 + 1)) : grouped_decimal(offset);
        canvas_.text_to_right(canvas_.largest(words, label_ - 0.6F * em_, {FontRole::small, FontRole::figures_tiny}),
                              {from.x - 0.5F * em_, from.y + upper_ + byte_ / 2}, Ink::muted, words);
    }

    // A character spans its bytes; one that goes on in the next row is drawn in both.
    void character(const Character& c) {
        const std::size_t from = std::max(c.offset, first_), to = std::min(c.end(), end_);
        const std::string name = fmt::format("char.{}", c.offset + 1);
        for (std::size_t at = from; at < to;) {
            const std::size_t stop = std::min(to, at / 8 * 8 + 8);
            const Point left = corner(at);
            const Rect rect{left.x, left.y, cell_ * static_cast<float>(stop - at) - 0.15F * em_, upper_ - 0.1F * em_};
            const std::string id = at == c.offset ? name : name + ".rest";
            canvas_.area(id, rect).follow = item_at(c.offset);
            if (c.length > 1) canvas_.box(rect, Ink::raised, is_lit(at) ? Ink::current : Ink::border, 0, id);
            sign(c, rect, at > c.offset ? ".." : "", is_lit(at), id);
            at = stop;
        }
    }

    void sign(const Character& c, Rect rect, std::string_view before, bool lit, const std::string& id) {
        const std::string shown = std::string(before) + sign_of(canvas_, sheet_.bytes, c);
        const bool seen = c.valid && c.code > 0x20 && c.code != 0x7F && shown.size() < 6;
        FontRole font = seen ? FontRole::text : FontRole::small;
        if (canvas_.width(font, shown) > rect.w) font = FontRole::figures_tiny;
        if (canvas_.width(font, shown) > rect.w + 0.1F * em_) return;
        canvas_.text_centred(font, {rect.centre().x, rect.y + upper_ / 2 - 0.05F * em_},
                             lit    ? Ink::current
                             : seen ? Ink::text
                                    : Ink::muted,
                             shown, id);
    }

    void byte(std::size_t i) {
        const Point left = corner(i);
        const Rect rect{left.x, left.y + upper_, cell_ - 0.15F * em_, byte_};
        const std::size_t padding = sheet_.padding_number(i);
        const bool marked = padding > 0 || is_lit(i);
        const std::string id = fmt::format("byte.{}", i + 1);
        canvas_.box(rect, padding > 0 ? Ink::current_tint : Ink::panel, marked ? Ink::current : Ink::border,
                    (marked ? 2.2F : 1.0F) * canvas_.line(), id);
        canvas_.area(id, rect).follow = item_at(i);
        const Point centre = rect.centre();
        canvas_.text_centred(cell_ > 2 * em_ ? FontRole::figures : FontRole::figures_small, centre,
                             padding > 0 ? Ink::current : Ink::text, fmt::format("{:02X}", sheet_.bytes[i]));
        if (padding == 0) return;
        canvas_.text_centred(
            FontRole::small, {centre.x, left.y + upper_ / 2 - 0.05F * em_}, Ink::current,
            cell_ > 3 * em_ ? fmt::format("{} of {}", padding, sheet_.padding()) : std::to_string(padding));
    }

    Canvas& canvas_;
    const ByteSheet& sheet_;
    Point at_;
    float em_, label_ = 0, cell_ = 0, upper_ = 0, byte_ = 0, row_ = 0;
    std::uint64_t shown_ = 0;
    std::size_t first_ = 0, end_ = 0; // bytes in sight
    bool follows_ = false;
    std::size_t lit_from_ = 0, lit_to_ = 0; // the bytes of the character that is opened
};

std::string title_of(const ByteSheet& sheet, Kind kind) {
    switch (kind) {
        case Kind::encode: return sheet.characters ? "Characters become bytes" : "The bytes of the message";
        case Kind::pad: return sheet.rule != Padding::none ? "Padding to whole blocks" : "Cutting into blocks";
        case Kind::decode: return "The ciphertext's bytes";
        default:
            return !sheet.refusal.empty()        ? "Refused"
                   : sheet.rule != Padding::none ? "Padding comes off, text remains"
                                                 : "Bytes become text";
    }
}

// How the padding is counted out. Returns the foot.
float draw_padding_words(const StageInput& input, Canvas& canvas, const ByteSheet& sheet, float y) {
    const Rect room = input.room;
    y = canvas.paragraph(FontRole::text, {room.x, y}, room.w, !sheet.refusal.empty() ? Ink::error : Ink::text,
                         padding_words(sheet));
    if (input.step.node.kind() == Kind::unpad && sheet.rule == Padding::pkcs7 && sheet.padding() > 0)
        y = canvas.paragraph(FontRole::small, {room.x, y}, room.w, Ink::muted,
                             fmt::format("The last byte, {:02X}, says how many go; each of them must have that value.",
                                         sheet.bytes.back()));
    return y + 0.4F * canvas.em();
}

// The row to scroll to: the end of a message whose padding is shown, or the character that a key went to.
std::optional<std::uint64_t> row_to_show(const StageInput& input, const ByteSheet& sheet, bool padding,
                                         std::optional<std::size_t> opened) {
    if (input.stepped && opened) return *opened / 8;
    if (input.moved && padding && sheet.rows() > 0) return sheet.rows() - 1;
    return std::nullopt;
}

} // namespace

Picture bytes_picture(const StageInput& input) {
    Picture picture;
    Canvas canvas(input.style, picture);
    const float em = canvas.em();
    const Rect room = input.room;
    const Node& node = input.step.node;
    const ByteSheet sheet = byte_sheet(input.trace, node);
    const ByteView text = sheet.bytes.first(sheet.text_bytes);
    const bool padding = node.kind() == Kind::pad || node.kind() == Kind::unpad;
    const std::string words = padding ? "" : input.step.summary;
    const float top = draw_message_head(input, canvas, title_of(sheet, node.kind()), words);
    float y = padding ? draw_padding_words(input, canvas, sheet, top) : top;
    std::optional<std::size_t> opened;
    if (opens(sheet, node)) opened = opened_byte(text, input.state.followed);

    ByteRows bytes(canvas, sheet, {room.x, y, room.w, room.bottom() - y - (opened ? 8.9F : 2.2F) * em});
    const std::string list = "bytes " + input.step.address;
    const RowWindow rows =
        rows_in_sight(input, list, sheet.rows(), bytes.shown(), row_to_show(input, sheet, padding, opened));
    if (sheet.bytes.empty()) canvas.text(FontRole::text, {room.x, y}, Ink::muted, "There are no bytes.");
    bytes.draw(rows.top(), opened);
    if (rows.last_top() > 0) {
        picture.lists.push_back({.id = list,
                                 .all = sheet.rows(),
                                 .shown = rows.shown(),
                                 .first = rows.top(),
                                 .bar = {bytes.right() + 0.4F * em, y, 0.6F * em, bytes.height() - 0.5F * em},
                                 .list = {room.x, y, room.w, bytes.height()},
                                 .page_keys = true});
        const std::uint64_t end = std::min<std::uint64_t>(8 * (rows.top() + rows.shown()), sheet.bytes.size());
        y = canvas.paragraph(FontRole::small, {room.x, y + bytes.height()}, room.w, Ink::muted,
                             fmt::format("Bytes {} to {} of {}", grouped_decimal(8 * rows.top() + 1),
                                         grouped_decimal(end), grouped_decimal(sheet.bytes.size())));
    } else {
        y += bytes.height();
    }
    if (opened) y = draw_code(canvas, text, *opened, {room.x, y + 0.2F * em}, room.w);
    end_stage(input, canvas, top, y, words);
    return picture;
}

Item next_character(const StageInput& input, Item followed, int step) {
    const Node& node = input.step.node;
    if (node.kind() == Kind::message) return 0;
    const ByteSheet sheet = byte_sheet(input.trace, node);
    if (!opens(sheet, node)) return 0;
    const ByteView text = sheet.bytes.first(sheet.text_bytes);
    const std::size_t opened = opened_byte(text, followed);
    const Character here = character_at(text, opened);
    if (step > 0) return item_of_byte(std::min(here.end(), text.size() - 1));
    return item_of_byte(here.offset > 0 ? character_at(text, here.offset - 1).offset : opened);
}

} // namespace keyhole::viz
