#include "paper/shapes/plain_shapes.hpp"

#include <algorithm>

#include "viz/picture/print_theme.hpp"

namespace keyhole::paper {
namespace {

using namespace viz;

constexpr float lit_outline = 2.2F; // thin lines, as viz/draw/painter.cpp has it
constexpr float roundness = 0.18F;  // of a cell, in parts of its width
constexpr float mark = 0.45F;       // em: what is as narrow as this is a mark and keeps its fill on paper

class Plainly {
  public:
    Plainly(const Theme& theme, const Typeface& type, const std::function<void(const Plain&)>& take)
        : on_paper_(is_for_paper(theme)),
          type_(type),
          take_(take),
          line_(std::max(1.0F, theme.line * type.em() / 18)) {}

    void operator()(const shape::Box& box) const {
        const bool narrow = std::min(box.rect.w, box.rect.h) <= mark * type_.em();
        if (!on_paper_ || narrow || box.fill.ink == Ink::none) return put(box);
        shape::Box framed = box;
        if (framed.outline.ink == Ink::none && is_strong(box.fill.ink)) framed.outline = box.fill.ink;
        framed.fill = Ink::panel;
        put(framed);
    }

    void operator()(const shape::Circle& circle) const {
        if (!on_paper_ || circle.fill.ink == Ink::none || 2 * circle.radius <= mark * type_.em()) return put(circle);
        shape::Circle framed = circle;
        if (framed.outline.ink == Ink::none) framed.outline = circle.fill.ink;
        framed.fill = Ink::panel;
        put(framed);
    }

    void operator()(const shape::Cell& cell) const {
        using enum shape::CellLook;
        const float rounding = cell.dense ? 0 : roundness * cell.rect.w;
        frame(cell, rounding);
        const float width = lit_outline * line_;
        const float out = cell.dense || cell.sign != 0 ? width / 2 : 0;
        if (cell.dense) sign(cell);
        if (cell.look == lit || cell.look == followed)
            put(shape::Box{cell.rect.grown(out), Ink::none, cell.look == lit ? Ink::current : Ink::followed, width,
                           rounding > 0 ? rounding + out : 0});
        if (!cell.dense) sign(cell);
        if (cell.look == left_out)
            put(shape::Line{{cell.rect.x, cell.rect.bottom()}, {cell.rect.right(), cell.rect.y}, Ink::faint, line_});
        if (cell.look == marked) put(shape::Box{cell.rect.grown(2), Ink::none, cell.paint, 2 * line_, rounding});
    }

    template <class Form>
    void operator()(const Form& form) const {
        put(form);
    }

  private:
    static bool is_strong(Ink ink) {
        return ink != Ink::background && ink != Ink::panel && ink != Ink::raised && ink != Ink::current_tint;
    }

    void put(const shape::Form& form, bool one = false) const { take_({form, one}); }

    void frame(const shape::Cell& cell, float rounding) const {
        shape::Box box{
            .rect = cell.rect, .fill = Ink::none, .outline = Ink::none, .thickness = line_, .rounding = rounding};
        if (cell.filled) {
            box.fill = cell.paint;
            if (on_paper_) {
                box.fill = faded(cell.paint, cell.sign != 0 ? 0.16F : 0.6F);
                box.outline = cell.paint;
            }
        } else if (cell.dense) {
            if (!on_paper_) box.fill = faded(cell.paint, 0.16F);
        } else {
            box.outline = faded(cell.paint, cell.look == shape::CellLook::left_out ? 0.9F : 0.6F);
        }
        if (box.fill.ink != Ink::none || box.outline.ink != Ink::none) put(box, cell.filled);
    }

    void sign(const shape::Cell& cell) const {
        if (cell.sign == 0) return;
        const bool quiet = cell.sign == '?' || cell.look == shape::CellLook::left_out;
        const Ink ink = quiet ? Ink::muted : cell.filled ? Ink::on_fill : Ink::text;
        const std::string digit(1, cell.sign);
        const float wide = type_.width(cell.font, digit), tall = type_.height(cell.font);
        const Point centre = cell.rect.centre();
        put(shape::Text{{centre.x - wide / 2, centre.y - tall / 2, wide, tall}, cell.font, ink, digit});
    }

    bool on_paper_;
    const Typeface& type_;
    const std::function<void(const Plain&)>& take_;
    float line_; // pixels
};

} // namespace

void each_plain(const Shape& shape, const Theme& theme, const Typeface& type,
                const std::function<void(const Plain&)>& take) {
    std::visit(Plainly(theme, type, take), shape.form);
}

} // namespace keyhole::paper
