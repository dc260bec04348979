#include "viz/panels/sequence/sequence_row_view.hpp"

#include <algorithm>
#include <cmath>

#include "core/steps/viewer.hpp"
#include "viz/picture/numbers.hpp"

namespace keyhole::viz {
namespace {

using Where = SequencePlace::Where;
constexpr FontRole font = FontRole::small;

class Row {
  public:
    Row(FrameContext& context, ScreenCanvas& canvas, const Lanes& lanes, float y, float height)
        : context_(context), canvas_(canvas), lanes_(lanes), y_(y), height_(height) {}

    void draw(const SequenceRow& row, std::optional<Where> current) {
        switch (row.shape) {
            case SequenceShape::heading: heading(*row.middle, current.has_value()); break;
            case SequenceShape::boxes: boxes(row, current); break;
            case SequenceShape::arrow: arrow(row, current.has_value()); break;
            case SequenceShape::crossing: crossing(row, current); break;
        }
    }

  private:
    float em() const { return canvas_.em(); }

    // Whoever predicts sees what a step gave once it has been reached and uncovered.
    bool hides(const SequencePart& part) const { return !part.masked && context_.hides(part.node); }
    std::vector<std::string> words_of(const SequencePart& part) const {
        const auto from = static_cast<std::ptrdiff_t>(hides(part) ? part.telling : 0);
        return {part.words.begin() + from, part.words.end()};
    }

    // The longest of the words that fits; the last one is shortened where even that does not.
    std::string fitting(const std::vector<std::string>& words, float width) const {
        for (const std::string& w : words) {
            if (formula_width(canvas_, font, w) <= width) return w;
        }
        return canvas_.shortened(font, words.back(), width);
    }
    void words_centred(const SequencePart& part, Point centre, float width, Paint ink) {
        const std::string words = fitting(words_of(part), width);
        draw_formula(canvas_, font,
                     {centre.x - formula_width(canvas_, font, words) / 2, centre.y - canvas_.height(font) / 2}, 1e6F,
                     ink, words);
    }

    // A click goes to the part's step; the mouse is told what cannot be read in full.
    bool clickable(const SequencePart& part, Rect rect) {
        if (canvas_.clicked(rect)) context_.requests.go_to(part.node);
        const bool hovered = canvas_.hovered(rect);
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        return hovered;
    }
    void outline(Rect rect, bool current, bool hovered) {
        if (current) {
            canvas_.box(rect, Ink::current_tint, Ink::current, 2.2F * canvas_.line());
        } else if (hovered) {
            canvas_.box(rect, Ink::raised, Ink::none);
        }
    }

    void heading(const SequencePart& part, bool current) {
        const float middle = y_ + 0.55F * height_;
        const bool hovered = clickable(part, {lanes_.left, y_ + 0.08F * height_, lanes_.width, 0.88F * height_});
        const std::string words = fitting(part.words, lanes_.width - 1.2F * em());
        const float half = canvas_.width(font, words) / 2 + 0.4F * em(), centre = lanes_.left + lanes_.width / 2;
        if (centre - half > lanes_.left + em()) {
            draw_dashed(canvas_, {lanes_.left, middle}, {centre - half, middle}, Ink::faint);
            draw_dashed(canvas_, {centre + half, middle}, {lanes_.right(), middle}, Ink::faint);
        }
        const float pad = 0.46F * height_;
        const Rect rect{centre - half, middle - pad, 2 * half, 2 * pad};
        canvas_.box(rect, Ink::panel, Ink::none);
        outline(rect, current, hovered);
        canvas_.text_centred(font, {centre, middle}, current ? Ink::current : Ink::text, words);
    }

    void box(const SequencePart& part, Role role, bool current, bool refused) {
        const Rect rect{lanes_.box_left(role), y_ + 0.08F * height_, lanes_.box_width(), 0.84F * height_};
        const bool hovered = clickable(part, rect);
        const Paint edge = refused                          ? Ink::error
                           : part.meaning == Meaning::plain ? Ink::border
                                                            : faded(ink_of(part.meaning), 0.75F);
        if (part.masked) return masked(part, rect, hovered);
        canvas_.box(rect, current ? Ink::current_tint : Ink::raised,
                    current   ? Ink::current
                    : hovered ? Ink::muted
                              : edge,
                    (current ? 2.2F : 1.0F) * canvas_.line());
        words_centred(part, rect.centre(), rect.w - 0.5F * em(), current ? Ink::current : Ink::text);
    }

    // It happened, but not where this could see it.
    void masked(const SequencePart& part, Rect rect, bool hovered) {
        const Paint ink = hovered ? Ink::muted : Ink::faint;
        canvas_.box(rect, Ink::panel, Ink::none);
        const Point corner = rect.corner(), far = rect.far_corner();
        draw_dashed(canvas_, corner, {far.x, corner.y}, ink);
        draw_dashed(canvas_, {corner.x, far.y}, far, ink);
        draw_dashed(canvas_, corner, {corner.x, far.y}, ink);
        draw_dashed(canvas_, {far.x, corner.y}, far, ink);
        words_centred(part, rect.centre(), rect.w - 0.5F * em(), Ink::muted);
        if (hovered) ImGui::SetTooltip("unknown here: %s", why_unknown(context_.trace.recording(), part.node).c_str());
    }

    void boxes(const SequenceRow& row, std::optional<Where> current) {
        for (const Role role : every_role) {
            const auto& part = row.sides[static_cast<std::size_t>(role)];
            const Where where = role == Role::server ? Where::server : Where::client;
            if (!part) continue;
            box(*part, role, current == where, row.refused);
            if (row.note.empty() || hides(*part)) continue;
            // What it gave, in the free half beside it; the other lifeline passes behind.
            const bool on_left = role == Role::server;
            const float gap = 0.4F * em();
            const float near = on_left ? lanes_.box_left(role) + lanes_.box_width() + gap : lanes_.box_left(role) - gap;
            const float room = on_left ? lanes_.right() - near : near - lanes_.left;
            const std::string note = canvas_.shortened(font, row.note, room);
            const float width = canvas_.width(font, note), height = canvas_.height(font);
            const Point at{on_left ? near : near - width, y_ + (height_ - height) / 2};
            canvas_.box({at.x - 0.15F * em(), at.y, width + 0.3F * em(), height}, Ink::panel, Ink::none);
            canvas_.text(font, at, row.refused ? Ink::error : Ink::muted, note);
        }
        if (row.middle && !hides(*row.sides[0]) && !hides(*row.sides[1])) badge(*row.middle, current == Where::middle);
    }

    // Between two boxes that hold the same.
    void badge(const SequencePart& part, bool current) {
        const float gap = lanes_.box_left(Role::client) - lanes_.box_left(Role::server) - lanes_.box_width();
        const Point centre{lanes_.left + lanes_.width / 2, y_ + height_ / 2};
        const float half = std::max(gap / 2 - 0.1F * em(), 0.5F * em()), up = 0.42F * height_;
        const Rect rect{centre.x - half, centre.y - up, 2 * half, 2 * up};
        const bool hovered = clickable(part, rect);
        outline(rect, current, hovered);
        const std::string words = fitting(part.words, 2 * half);
        canvas_.text_centred(FontRole::text, centre, current ? Ink::current : ink_of(part.meaning), words);
        if (hovered) ImGui::SetTooltip("%s", part.words.front().c_str());
    }

    void head(Point tip, Point from, Paint ink) {
        const float length = std::hypot(tip.x - from.x, tip.y - from.y), size = 0.42F * em();
        const Point way{(tip.x - from.x) / length, (tip.y - from.y) / length};
        const Point foot{tip.x - way.x * size, tip.y - way.y * size};
        canvas_.triangle(tip, {foot.x - way.y * 0.5F * size, foot.y + way.x * 0.5F * size},
                         {foot.x + way.y * 0.5F * size, foot.y - way.x * 0.5F * size}, ink);
    }
    void frame_line(Point from, Point to, Paint ink, float thickness) {
        canvas_.straight(from, to, ink, thickness);
        head(to, from, ink);
    }

    void arrow(const SequenceRow& row, bool current) {
        const float start = lanes_.lifeline(row.from), end = lanes_.lifeline(other(row.from));
        const Rect rect{std::min(start, end) - 0.3F * em(), y_ + 0.02F * height_, std::abs(end - start) + 0.6F * em(),
                        0.98F * height_};
        const bool hovered = clickable(*row.middle, rect);
        outline(rect, current, hovered);
        const Paint ink = current ? Ink::current : Ink::plain;
        const float middle = y_ + 0.82F * height_;
        frame_line({start, middle}, {end, middle}, ink, (current ? 2.0F : 1.2F) * canvas_.line());
        words_centred(*row.middle, {(start + end) / 2, y_ + 0.4F * height_}, std::abs(end - start) - 0.3F * em(),
                      current ? Ink::current : Ink::text);
    }

    // Both public keys are on their way at once: neither side has to wait for the other.
    void crossing(const SequenceRow& row, std::optional<Where> current) {
        const float left = lanes_.lifeline(Role::server), right = lanes_.lifeline(Role::client);
        const Rect rect{left - 0.3F * em(), y_ + 0.02F * height_, right - left + 0.6F * em(), 0.98F * height_};
        const SequencePart &a = *row.sides[0], &b = *row.sides[1];
        // Both halves lead to the same step, unless one of them is all that is known of its side.
        const float half = rect.w / 2;
        const bool a_hovered = clickable(a, {rect.x, rect.y, half, rect.h}),
                   b_hovered = clickable(b, {rect.x + half, rect.y, half, rect.h});
        outline(rect, current.has_value(), a_hovered || b_hovered);
        const Paint ink = current ? Ink::current : Ink::plain;
        const float thick = (current ? 2.0F : 1.2F) * canvas_.line();
        const float top = y_ + 0.42F * height_, foot = y_ + 0.92F * height_;
        frame_line({left, top}, {right, foot}, ink, thick);
        frame_line({right, top}, {left, foot}, ink, thick);
        // The words meet in the middle where room is scarce, and then start on their lifelines.
        const float centre = (left + right) / 2, gap = 0.3F * em(), words_y = y_ + 0.22F * height_;
        const Paint words = current ? Ink::current : Ink::text;
        const float room = centre - gap - lanes_.left;
        const std::string a_words = fitting({a.words.back()}, room), b_words = fitting({b.words.back()}, room);
        const float a_start = std::min(left + 0.1F * em(), centre - gap - canvas_.width(font, a_words));
        const float b_end = std::max(right - 0.1F * em(), centre + gap + canvas_.width(font, b_words));
        canvas_.text(font, {a_start, words_y - canvas_.height(font) / 2}, words, a_words);
        canvas_.text_to_right(font, {b_end, words_y}, words, b_words);
    }

    FrameContext& context_;
    ScreenCanvas& canvas_;
    const Lanes& lanes_;
    float y_, height_;
};

} // namespace

void draw_dashed(ScreenCanvas& canvas, Point from, Point to, Paint ink) {
    const float dash = 0.35F * canvas.em();
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const Point way{(to.x - from.x) / length, (to.y - from.y) / length};
    const int dashes = static_cast<int>(std::ceil(length / (2 * dash)));
    for (int i = 0; i < dashes; ++i) {
        const float at = 2 * dash * static_cast<float>(i);
        const float end = std::min(at + dash, length);
        canvas.straight({from.x + way.x * at, from.y + way.y * at}, {from.x + way.x * end, from.y + way.y * end}, ink,
                        canvas.line());
    }
}

void draw_sequence_row(FrameContext& context, ScreenCanvas& canvas, const Lanes& lanes, const SequenceRow& row, float y,
                       std::optional<SequencePlace::Where> current) {
    Row(context, canvas, lanes, y, lanes.line_height * static_cast<float>(row.lines())).draw(row, current);
}

} // namespace keyhole::viz
