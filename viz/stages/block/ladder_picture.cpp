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
      rung_(std::clamp(height / 16, 1.15F * em_, 2.3F * em_)) {
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
    for (const LadderRound& round : b_.rounds) {
        rung(round, top);
        top += rung_;
    }
    return swap(top);
}

// L and R, f with its subkey, the exclusive or, and both halves changing sides.
void Ladder::rung(const LadderRound& round, float top) {
    const unsigned n = round.round;
    const float thin = 1.4F * canvas_.line();
    const float box = std::min(1.0F * em_, rung_ - 0.42F * em_), middle = top + box / 2;
    const float turn = top + box + 0.04F * em_, end = top + rung_;
    const Rect all{input_.room.x, top - 0.12F * em_, input_.room.w, box + 0.24F * em_};
    const std::string id = fmt::format("round.{}", n);
    const Node node = input_.step.node.child({.kind = Kind::round, .number = n});
    canvas_.box(all, Ink::none, Ink::none, 0, id);
    canvas_.link(id, all, node);
    row({.left = true,
         .middle = middle,
         .half = n - 1,
         .label = round.left_label,
         .paint = Ink::left,
         .bits = round.left,
         .ids = fmt::format("L{}", n - 1),
         .area = id,
         .go_to = node});
    row({.left = false,
         .middle = middle,
         .half = n,
         .label = round.right_label,
         .paint = Ink::right,
         .bits = round.right,
         .ids = fmt::format("R{}", n - 1),
         .area = id,
         .go_to = node});
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
    const float f = canvas_.width(font, "f "), words = f + canvas_.width(font, round.subkey_label);
    const Point at{centre_ - words / 2, middle - canvas_.height(font) / 2};
    canvas_.text(font, at, Ink::text, "f");
    canvas_.text(font, {at.x + f, at.y}, Ink::key, round.subkey_label);
    exclusive_or({left_lane_, middle});
}

void Ladder::exclusive_or(Point centre) {
    const float r = 0.32F * em_, thin = 1.3F * canvas_.line();
    canvas_.circle(centre, r, Ink::panel, Ink::text, thin);
    canvas_.straight({centre.x - r, centre.y}, {centre.x + r, centre.y}, Ink::text, thin);
    canvas_.straight({centre.x, centre.y - r}, {centre.x, centre.y + r}, Ink::text, thin);
}

// L16 and R16, how they change places, and the preoutput, which has R16 first.
float Ladder::swap(float top) {
    const float height = 0.95F * em_, crossed = top + 2 * height, foot = crossed + height + 0.2F * em_;
    const std::string left = indexed("L", 16), right = indexed("R", 16);
    const auto both = [&](float y, Row first, Row second) {
        first.middle = second.middle = y + height / 2;
        second.left = false;
        row(first);
        row(second);
    };
    Row l{.half = 16, .label = left, .paint = Ink::left, .bits = b_.left_16, .ids = "L16"};
    Row r{.half = 17, .label = right, .paint = Ink::right, .bits = b_.right_16, .ids = "R16"};
    both(top, l, r);
    lane({left_lane_, top}, {left_lane_, top + height}, Ink::left, 16);
    lane({right_lane_, top}, {right_lane_, top + height}, Ink::right, 17);
    lane({left_lane_, top + height}, {right_lane_, crossed}, Ink::left, 16);
    lane({right_lane_, top + height}, {left_lane_, crossed}, Ink::right, 17);
    const float reach = canvas_.width(FontRole::small, "swap") / 2 + 0.4F * em_;
    const Rect box = Rect::between({centre_ - reach, top}, {centre_ + reach, top + height});
    canvas_.box(box, Ink::raised, Ink::border, 0, "swap");
    canvas_.link("swap", Rect::between({left_lane_ - 0.4F * em_, top}, {right_lane_ + 0.4F * em_, crossed}),
                 input_.step.node.child({.kind = Kind::swap}));
    canvas_.text_centred(FontRole::small, box.centre(), Ink::text, "swap");
    l.ids = r.ids = "preoutput";
    l.first = 33;
    both(crossed, r, l);
    if (canvas_.width(FontRole::small, "preoutput") < right_lane_ - left_lane_ - 0.6F * em_)
        canvas_.text_centred(FontRole::small, {centre_, crossed + height / 2}, Ink::muted, "preoutput");
    lane({left_lane_, crossed}, {left_lane_, foot}, Ink::right, 17);
    lane({right_lane_, crossed}, {right_lane_, foot}, Ink::left, 16);
    return foot;
}

void Ladder::row(const Row& row) {
    const std::string hex = hex_text(row.bits).substr(2);
    const float inner = row.left ? left_lane_ - 0.6F * em_ : right_lane_ + 0.6F * em_;
    const float name = row.left ? inner - canvas_.width(FontRole::small, row.label) : inner;
    const float digits = row.left ? inner - label_ - hex_ + 0.35F * em_ : inner + label_ - 0.35F * em_;
    canvas_.text(FontRole::small, {name, row.middle - canvas_.height(FontRole::small) / 2}, row.paint, row.label);
    canvas_.text(FontRole::figures_small, {digits, row.middle - canvas_.height(FontRole::figures_small) / 2}, Ink::text,
                 hex);
    if (cells_) row_cells(row);
}

void Ladder::row_cells(const Row& row) {
    Strip strip = row.left ? left_ : right_;
    strip.top = std::round(row.middle - strip.height / 2);
    for (unsigned i = 1; i <= 32; ++i) {
        const LadderBit bit{row.half, i};
        draw_small_bit(canvas_, strip, i, bit_at(row.bits.value, 32, i), row.paint, followed_ == bit,
                       fmt::format("{}.{}", row.ids, row.first - 1 + i));
        Area& area = canvas_.area(row.area, {strip.x(i), strip.top, strip.pitch, strip.height});
        area.follow = item_of(bit);
        area.go_to = row.go_to;
    }
}

void Ladder::lane(Point from, Point to, Paint own, unsigned half) {
    const bool lit = followed_ && followed_->half == half;
    canvas_.straight(from, to, lit ? Paint(Ink::current) : own, (lit ? 2.2F : 1.4F) * canvas_.line());
}

} // namespace keyhole::viz
