#include "viz/stages/block/ladder_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/stages/block/block_picture.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {

Ladder::Ladder(const StageInput& input, const BlockModel& block, Canvas& canvas, float height)
    : input_(input),
      b_(block),
      canvas_(canvas),
      followed_(ladder_bit(input.state.followed)),
      em_(canvas.em()),
      hex_(canvas.width(FontRole::figures_small, "00000000")),
      label_(1.75F * em_),
      centre_(input.room.centre().x),
      rung_(std::clamp(height / static_cast<float>(block.rounds), 1.15F * em_, 2.3F * em_)) {
    // From a lane outwards: the half's name, eight digits, cells.
    const float sides = (input.room.w - 2 * (hex_ + label_ + 0.9F * em_)) / 2;
    const float inner = std::clamp(0.3F * sides, 2.2F * em_, 4.2F * em_);
    const float pitch = (sides - inner) / 33.5F;
    cells_ = pitch >= 0.2F * em_;
    left_lane_ = centre_ - inner;
    right_lane_ = centre_ + inner;
    left_ = {.count = 32,
             .group = 8,
             .pitch = std::min(pitch, 0.6F * em_),
             .height = std::min(0.95F * em_, rung_ - 0.35F * em_)};
    left_.gap = left_.pitch / 2;
    right_ = left_;
    left_.left = left_lane_ - 0.6F * em_ - hex_ - label_ - left_.width();
    right_.left = right_lane_ + 0.6F * em_ + hex_ + label_;
}

Rect Ladder::bar(std::string_view name, float top, const Node& node) {
    const Rect rect = Rect::between({left_lane_ - 1.2F * em_, top}, {right_lane_ + 1.2F * em_, top + 1.15F * em_});
    canvas_.box(rect, Ink::raised, Ink::border, 0, std::string(name));
    canvas_.link(std::string(name), rect, node);
    canvas_.text_centred(FontRole::small, rect.centre(), Ink::text, name);
    return rect;
}

float Ladder::draw(float top, float lead) {
    lane({left_lane_, top - lead}, {left_lane_, top}, Ink::left, 0);
    lane({right_lane_, top - lead}, {right_lane_, top}, Ink::right, 1);
    for (unsigned n = 1; n <= b_.rounds; ++n) {
        rung(n, top);
        top += rung_;
    }
    return swap(top);
}

// L and R, f with its subkey, the exclusive or, and both halves changing sides.
void Ladder::rung(unsigned n, float top) {
    const float thin = 1.4F * canvas_.line();
    const float box = std::min(1.0F * em_, rung_ - 0.42F * em_), middle = top + box / 2;
    const float turn = top + box + 0.04F * em_, end = top + rung_;
    const Rect all{input_.room.x, top - 0.12F * em_, input_.room.w, box + 0.24F * em_};
    const std::string id = fmt::format("round.{}", n);
    const Node node = input_.step.node.child({.kind = Kind::round, .number = n});
    canvas_.box(all, Ink::none, Ink::none, 0, id);
    canvas_.link(id, all, node);
    for (const bool left : {true, false})
        row({.half = left ? n - 1 : n, .is_left = left, .at_left = left, .middle = middle, .area = id, .go_to = node});
    // Down both lanes, then across: R becomes the next L, what the exclusive or gives becomes the next R.
    lane({right_lane_, top}, {right_lane_, turn}, Ink::right, n);
    lane({left_lane_, top}, {left_lane_, turn}, Ink::left, n - 1);
    lane({right_lane_, turn}, {left_lane_, end}, Ink::right, n);
    lane({left_lane_, turn}, {right_lane_, end}, Ink::left, n + 1);
    // R goes into f as well, and f's result to the exclusive or.
    const float reach = std::min(1.7F * em_, centre_ - left_lane_ - 0.7F * em_), head = 0.26F * em_;
    const Point tip{centre_ + reach, middle};
    canvas_.straight({right_lane_, middle}, tip, Ink::right, thin);
    canvas_.triangle(tip, {tip.x + head, tip.y - 0.7F * head}, {tip.x + head, tip.y + 0.7F * head}, Ink::right);
    canvas_.straight({centre_ - reach, middle}, {left_lane_, middle}, Ink::sbox, thin);
    canvas_.box(Rect::between({centre_ - reach, top}, {centre_ + reach, top + box}), Ink::raised, Ink::border);
    constexpr FontRole font = FontRole::small;
    const std::string& subkey = b_.subkeys[n - 1];
    const float f = canvas_.width(font, "f "), words = f + canvas_.width(font, subkey);
    const Point at{centre_ - words / 2, middle - canvas_.height(font) / 2};
    canvas_.text(font, at, Ink::text, "f");
    canvas_.text(font, {at.x + f, at.y}, Ink::key, subkey);
    exclusive_or({left_lane_, middle});
}

void Ladder::exclusive_or(Point centre) {
    const float r = 0.32F * em_, thin = 1.3F * canvas_.line();
    canvas_.circle(centre, r, Ink::panel, Ink::text, thin);
    canvas_.straight({centre.x - r, centre.y}, {centre.x + r, centre.y}, Ink::text, thin);
    canvas_.straight({centre.x, centre.y - r}, {centre.x, centre.y + r}, Ink::text, thin);
}

// L16 and R16, how they change places, and the preoutput, which has R16 first; in a variant without the swap they stay.
float Ladder::swap(float top) {
    const float height = 0.95F * em_, crossed = top + 2 * height, foot = crossed + height + 0.2F * em_;
    const unsigned last_left = b_.rounds, last_right = b_.rounds + 1;
    const std::string_view words = b_.swaps ? "swap" : "no swap";
    const auto both = [&](float y, bool below) {
        const bool swapped = below && b_.swaps;
        for (const bool left : {true, false})
            row({.half = left == swapped ? last_right : last_left,
                 .is_left = left != swapped,
                 .at_left = left,
                 .middle = y + height / 2,
                 .preoutput = below});
    };
    both(top, false);
    lane({left_lane_, top}, {left_lane_, top + height}, Ink::left, last_left);
    lane({right_lane_, top}, {right_lane_, top + height}, Ink::right, last_right);
    lane({left_lane_, top + height}, {b_.swaps ? right_lane_ : left_lane_, crossed}, Ink::left, last_left);
    lane({right_lane_, top + height}, {b_.swaps ? left_lane_ : right_lane_, crossed}, Ink::right, last_right);
    const float reach = canvas_.width(FontRole::small, words) / 2 + 0.4F * em_;
    const Rect box = Rect::between({centre_ - reach, top}, {centre_ + reach, top + height});
    canvas_.box(box, Ink::raised, Ink::border, 0, "swap");
    canvas_.link("swap", Rect::between({left_lane_ - 0.4F * em_, top}, {right_lane_ + 0.4F * em_, crossed}),
                 input_.step.node.child({.kind = Kind::swap}));
    canvas_.text_centred(FontRole::small, box.centre(), Ink::text, words);
    both(crossed, true);
    if (canvas_.width(FontRole::small, "preoutput") < right_lane_ - left_lane_ - 0.6F * em_)
        canvas_.text_centred(FontRole::small, {centre_, crossed + height / 2}, Ink::muted, "preoutput");
    lane({left_lane_, crossed}, {left_lane_, foot}, b_.swaps ? Ink::right : Ink::left,
         b_.swaps ? last_right : last_left);
    lane({right_lane_, crossed}, {right_lane_, foot}, b_.swaps ? Ink::left : Ink::right,
         b_.swaps ? last_left : last_right);
    return foot;
}

void Ladder::row(const Row& row) {
    const std::string label = row.is_left ? indexed("L", row.half) : indexed("R", row.half - 1);
    const Ink ink = row.is_left ? Ink::left : Ink::right;
    const float inner = row.at_left ? left_lane_ - 0.6F * em_ : right_lane_ + 0.6F * em_;
    const float name = row.at_left ? inner - canvas_.width(FontRole::small, label) : inner;
    const float digits = row.at_left ? inner - label_ - hex_ + 0.35F * em_ : inner + label_ - 0.35F * em_;
    canvas_.text(FontRole::small, {name, row.middle - canvas_.height(FontRole::small) / 2}, ink, label);
    canvas_.text(FontRole::figures_small, {digits, row.middle - canvas_.height(FontRole::figures_small) / 2}, Ink::text,
                 hex_text(b_.halves[row.half]).substr(2));
    if (cells_) row_cells(row, ink);
}

// Named by the half, "L4.7", or by the place in the preoutput.
void Ladder::row_cells(const Row& row, Ink ink) {
    Strip strip = row.at_left ? left_ : right_;
    strip.top = std::round(row.middle - strip.height / 2);
    const std::string name = row.preoutput ? "preoutput"
                             : row.is_left ? fmt::format("L{}", row.half)
                                           : fmt::format("R{}", row.half - 1);
    const unsigned before = row.preoutput && !row.at_left ? 32 : 0;
    for (unsigned i = 1; i <= 32; ++i) {
        const LadderBit bit{row.half, i};
        draw_small_bit(canvas_, strip, i, bit_at(b_.halves[row.half].value, 32, i), ink,
                       followed_ == bit ? CellLook::followed : CellLook::ordinary,
                       fmt::format("{}.{}", name, before + i));
        Area& area = canvas_.area(row.area, {strip.x(i), strip.top, strip.pitch, strip.height});
        area.follow = item_of(bit);
        area.go_to = row.go_to;
    }
}

void Ladder::lane(Point from, Point to, Paint own, unsigned half) {
    const bool lit = followed_ && followed_->half == half;
    canvas_.straight(from, to, lit ? Paint(Ink::followed) : own, (lit ? 2.2F : 1.4F) * canvas_.line());
}

} // namespace keyhole::viz
