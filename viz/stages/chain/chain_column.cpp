#include "viz/stages/chain/chain_column.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "viz/base/number_model.hpp"
#include "viz/stages/chain/chain_wires.hpp"

namespace keyhole::viz {
namespace {

std::string spaced_hex(des::Block block) { return fmt::format("{:08X} {:08X}", block >> 32U, block & 0xFFFFFFFFU); }

std::string spaced_hex(ByteView bytes) {
    const std::string hex = to_hex(bytes);
    return hex.size() > 8 ? hex.substr(0, 8) + " " + hex.substr(8) : hex;
}

// "₁₂"; a long number would not fit and is left out.
std::string index_of(const ChainBlock& block) {
    return block.number < 100000 ? indexed("", static_cast<unsigned>(block.number)) : "";
}

// What goes into DES: in ctr a counter, in cbc a sum.
std::string name_of_input(Mode mode, const ChainBlock& b) {
    if (const auto feedback = feedback_of(mode); feedback && feedback->into_register) {
        // In cfb8 and cfb1 the formula calls it R; a long number does not fit.
        const auto number = static_cast<unsigned>(b.number);
        const bool segments = segment_bits(mode) < 64;
        if (b.number == 1) return segments ? indexed("register R", 1) + " = IV" : "register = IV";
        if (b.number >= 10000) return "register";
        const std::string before = indexed(mode == Mode::ofb ? "O" : "C", number - 1);
        return segments ? fmt::format("{}, {} came in", indexed("R", number), before) : "register = " + before;
    }
    if (mode == Mode::ctr)
        return b.number == 1 ? "counter = IV" : fmt::format("counter = IV + {}", grouped_decimal(b.number - 1));
    if (b.number == 1) return "P\u2081 \u2295 IV";
    const std::string index = index_of(b);
    if (index.empty()) return "P \u2295 C before";
    return "P" + index + " \u2295 C" + indexed("", static_cast<unsigned>(b.number - 1));
}

std::string name_of_output(Mode mode, const ChainBlock& b) {
    if (!makes_key_stream(mode)) return "out of DES\u207B\u00B9";
    if (mode == Mode::cfb8) return "first 8 bits used";
    if (mode == Mode::cfb1) return fmt::format("first bit used: {}", b.key_stream.front());
    if (mode == Mode::ofb && b.plain.size() == 8) return "O" + index_of(b) + ", key stream";
    return b.plain.size() == 8 ? "key stream" : fmt::format("key stream, {} used", b.plain.size());
}

// The text of a plaintext block without its padding, which is counted instead.
std::string text_words(Mode mode, const ChainBlock& b) {
    if (mode == Mode::cfb1)
        return fmt::format("bit {} of {}", 1 + (b.number - 1) % 8,
                           b.padding > 0 ? "+padding" : "\u201C" + b.text + "\u201D");
    std::string words = b.text;
    constexpr std::size_t bytes_of_dot = 2; // in UTF-8; padding shows as dots
    words.resize(words.size() - bytes_of_dot * b.padding);
    if (!words.empty()) words = "\u201C" + words + "\u201D";
    if (b.padding > 0) words += fmt::format("{}+{} padding", words.empty() ? "" : " ", b.padding);
    return words;
}

// One block: its boxes, and what is written in them.
class BlockColumn {
  public:
    BlockColumn(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column)
        : canvas_(canvas),
          chain_(chain),
          g_(grid),
          b_(chain.blocks[column]),
          column_(column),
          em_(canvas.em()),
          id_(fmt::format("block.{}", b_.number)) {}

    void draw(ColumnLight light) {
        const bool lit = light.pointed || light.marked;
        const Rect around = Rect::between({g_.left(column_) - 0.35F * em_, g_.origin.y},
                                          {g_.right(column_) + 0.35F * em_, g_.foot + 0.3F * em_});
        if (lit) canvas_.box(around, light.pointed ? Ink::raised : Ink::none, Ink::current, 2.2F * canvas_.line(), id_);
        canvas_.text_centred(FontRole::small, {g_.centre(column_), g_.origin.y + 0.7F * em_},
                             lit ? Ink::current : Ink::text, fmt::format("block {}", grouped_decimal(b_.number)));
        draw_chain_wires(canvas_, chain_, g_, column_, lit);
        for (const ChainGrid::Place& place : g_.places) part(place);
        Area& area = canvas_.area(id_, around);
        area.follow = b_.number;
        area.go_to = b_.node;
        area.tooltip = tooltip_;
    }

  private:
    void part(const ChainGrid::Place& place) {
        switch (place.part) {
            case ColumnPart::plain: return bytes_box(place, "P", b_.plain, b_.same_plain);
            case ColumnPart::cipher: return bytes_box(place, "C", b_.cipher, b_.same_cipher);
            case ColumnPart::enters: return value_box(place, name_of_input(chain_.mode, b_), b_.enters);
            case ColumnPart::leaves: return value_box(place, name_of_output(chain_.mode, b_), b_.leaves);
            case ColumnPart::des: return des_box(place);
            case ColumnPart::mix: return mix_sign(place);
        }
    }

    std::string id_of_part(ColumnPart part) const { return fmt::format("{}.{}", id_, id_of(part)); }

    // What the step makes is outlined; the rest is only there.
    void frame(const ChainGrid::Place& place) {
        const bool product =
            place.part == (chain_.direction == Direction::encrypt ? ColumnPart::cipher : ColumnPart::plain);
        canvas_.box({g_.left(column_), place.top, g_.box, place.height}, Ink::panel,
                    product ? Ink::current : Ink::border, (product ? 2.2F : 1.0F) * canvas_.line(),
                    id_of_part(place.part));
    }

    void bytes_box(const ChainGrid::Place& place, std::string_view letter, ByteView bytes,
                   std::optional<std::uint64_t> same) {
        frame(place);
        const float x = g_.left(column_) + 0.4F * em_, end = g_.right(column_) - 0.4F * em_;
        const float name_end =
            canvas_.text(FontRole::small, {x, place.top + 0.25F * em_}, Ink::muted, std::string(letter) + index_of(b_));
        if (same) mark_same(place, name_end, end, letter, *same);
        const bool plain = place.part == ColumnPart::plain;
        hex({x, place.top + 1.24F * em_}, bytes, plain ? b_.padding : 0);
        if (!plain) return;
        const std::string words = text_words(chain_.mode, b_);
        const auto fits = [&](FontRole font) { return canvas_.width(font, words) < end - x; };
        const FontRole font = fits(FontRole::figures_small) ? FontRole::figures_small
                              : fits(FontRole::small)       ? FontRole::small
                                                            : FontRole::figures_tiny;
        canvas_.text(font, {x, place.top + 2.25F * em_}, Ink::muted, words);
    }

    // Padding is told apart by a line below it and a fainter ink.
    void hex(Point at, ByteView bytes, std::size_t padding) {
        constexpr FontRole font = FontRole::figures_small;
        const std::string words =
            chain_.mode == Mode::cfb1 ? std::string(1, bytes.front() == 1 ? '1' : '0') : spaced_hex(bytes);
        const std::size_t text = bytes.size() - padding;
        const std::size_t kept = std::min(2 * text + (text > 4 ? 1U : 0U), words.size());
        const float cut = canvas_.text(font, at, Ink::text, words.substr(0, kept));
        if (padding == 0) return;
        const float end = canvas_.text(font, {cut, at.y}, Ink::muted, words.substr(kept));
        const float y = at.y + canvas_.height(font);
        canvas_.straight({cut, y}, {end, y}, Ink::current, 2 * canvas_.line());
    }

    // Equal blocks carry a sign and a name, whatever the colour.
    void mark_same(const ChainGrid::Place& place, float from, float to, std::string_view letter, std::uint64_t same) {
        const std::string words = fmt::format(
            "= {}{}", letter, same < 100000 ? indexed("", static_cast<unsigned>(same)) : grouped_decimal(same));
        const float width = canvas_.width(FontRole::small, words);
        if (to - width < from + 0.2F * em_) return;
        const float y = place.top + 0.72F * em_;
        canvas_.box({to - width - 0.35F * em_, y - 0.5F * em_, width + 0.6F * em_, em_}, Ink::plain, Ink::none, 0,
                    id_of_part(place.part) + ".same");
        canvas_.text_to_right(FontRole::small, {to - 0.05F * em_, y}, Ink::on_fill, words);
        tooltip_ = fmt::format("the same eight bytes as in block {}", grouped_decimal(same));
    }

    void value_box(const ChainGrid::Place& place, std::string_view name, des::Block value) {
        frame(place);
        const float x = g_.left(column_) + 0.4F * em_;
        canvas_.text(FontRole::small, {x, place.top + 0.15F * em_}, Ink::muted, name);
        const Point at{x, place.top + 1.05F * em_};
        const std::string digits = spaced_hex(value);
        if (segment_bits(chain_.mode) == 64) {
            canvas_.text(FontRole::figures_small, at, Ink::text, digits);
        } else if (place.part == ColumnPart::leaves) {
            // What is kept stands out: a byte, or the digit whose first bit it is.
            const std::size_t kept = chain_.mode == Mode::cfb8 ? 2 : 1;
            const float cut = canvas_.text(FontRole::figures_small, at, Ink::current, digits.substr(0, kept));
            canvas_.text(FontRole::figures_small, {cut, at.y}, Ink::muted, digits.substr(kept));
        } else {
            canvas_.text(FontRole::figures_small, at, Ink::text, digits);
            register_bits({x, place.top + 2.2F * em_, g_.box - 0.8F * em_, 1.05F * em_}, value);
        }
    }

    // The register as two rows of 32 bits, each bit a cell that is full where it is 1. What came in last, on the right,
    // stands out.
    void register_bits(Rect room, des::Block value) {
        const float pitch = room.w / 32, height = 0.42F * room.h;
        const unsigned came_in = b_.number > 1 ? segment_bits(chain_.mode) : 0;
        for (unsigned position = 1; position <= 64; ++position) {
            const unsigned column = (position - 1) % 32;
            const float y = position <= 32 ? room.y : room.bottom() - height;
            const Ink ink = position > 64 - came_in ? Ink::current : Ink::muted;
            const Rect cell{room.x + pitch * static_cast<float>(column), y, 0.85F * pitch, height};
            if (bit_at(value, 64, position) == 1) {
                canvas_.box(cell, ink, Ink::none);
            } else {
                canvas_.straight({cell.x, cell.bottom()}, {cell.right(), cell.bottom()}, ink, canvas_.line());
            }
        }
    }

    // In the key's own colour.
    void des_box(const ChainGrid::Place& place) {
        canvas_.box({g_.left(column_) + 0.8F * em_, place.top, g_.box - 1.6F * em_, place.height}, Ink::raised,
                    Ink::key, 1.6F * canvas_.line(), id_of_part(place.part));
        const bool inverse = chain_.direction == Direction::decrypt && !makes_key_stream(chain_.mode);
        const float centre = g_.centre(column_), y = place.middle();
        canvas_.text_centred(FontRole::text, {centre - 0.9F * em_, y}, Ink::text, inverse ? "DES\u207B\u00B9" : "DES");
        canvas_.text_centred(FontRole::text, {centre + 1.6F * em_, y}, Ink::key, "K");
    }

    void mix_sign(const ChainGrid::Place& place) {
        const Point c{g_.centre(column_), place.middle()};
        const float r = place.height / 2, thickness = 1.6F * canvas_.line();
        canvas_.circle(c, r, Ink::panel, Ink::text, thickness, id_of_part(place.part));
        canvas_.straight({c.x - r, c.y}, {c.x + r, c.y}, Ink::text, thickness);
        canvas_.straight({c.x, c.y - r}, {c.x, c.y + r}, Ink::text, thickness);
    }

    Canvas& canvas_;
    const Chain& chain_;
    const ChainGrid& g_;
    const ChainBlock& b_;
    std::size_t column_;
    float em_;
    std::string id_, tooltip_;
};

} // namespace

void draw_chain_column(Canvas& canvas, const Chain& chain, const ChainGrid& grid, std::size_t column,
                       ColumnLight light) {
    BlockColumn(canvas, chain, grid, column).draw(light);
}

} // namespace keyhole::viz
