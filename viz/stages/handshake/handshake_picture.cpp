#include "viz/stages/handshake/handshake_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/steps/step_kinds.hpp"
#include "viz/picture/column.hpp"
#include "viz/picture/numbers.hpp"
#include "viz/stages/handshake/handshake_model.hpp"

namespace keyhole::viz {
namespace {

// Font Awesome.
constexpr std::string_view eye = "\uf06e", lock = "\uf023", tick = "\uf00c", cross = "\uf00d", warning = "\uf071";

Ink ink_of(Standing standing) {
    switch (standing) {
        case Standing::current: return Ink::current;
        case Standing::done: return Ink::text;
        case Standing::later:
        case Standing::unknown: break;
    }
    return Ink::faint;
}

std::string id_of(Role role, SideRow row) {
    constexpr std::array names = {"private", "public", "shared", "key"};
    return fmt::format("{}.{}", name(role), names[static_cast<std::size_t>(row)]);
}

class HandshakePicture : Column {
  public:
    HandshakePicture(const StageInput& input, const HandshakeModel& model, Canvas& canvas)
        : Column(canvas, input.room), node_(input.step.node), m_(model), picture_(canvas.picture()) {
        const float height = input.room.h;
        wire_ = std::clamp(0.3F * width_, 7 * em_, 13 * em_);
        box_ = (width_ - wire_) / 2;
        // Rows share the height that the notes leave.
        roomy_ = height > 34 * em_;
        gap_ = std::clamp((height - 34 * em_) / 6, 0.35F * em_, 1.2F * em_);
        least_ = std::clamp((height - 18 * em_ - 6 * gap_) / 4, 3.6F * em_, 5 * em_);
    }

    void draw() {
        paragraph(FontRole::title, Ink::text, title(node_));
        paragraph(FontRole::text, Ink::text, m_.viewpoint);
        y_ += 0.3F * em_;
        heads();
        // The ground of the wire lies below what crosses it; how far down it goes is known afterwards.
        const std::size_t ground = picture_.shapes.size();
        const float left = x_ + box_ + 0.5F * em_;
        canvas_.box(Rect::between({left, y_}, {right() - box_ - 0.5F * em_, end_}), Ink::raised, Ink::none);
        crossing(m_.connect, m_.connect_node, "connect", "TCP connect", false, 1.9F * em_);
        crossing(m_.parameters_standing, m_.parameters_node, "parameters",
                 m_.parameters.empty() ? "p, g" : m_.parameters, true, 2.2F * em_);
        row(SideRow::private_key);
        row(SideRow::public_key);
        Rect& wire = std::get<shape::Box>(picture_.shapes[ground].form).rect;
        wire.h = y_ - gap_ + 0.3F * em_ - wire.y;
        row(SideRow::shared);
        row(SideRow::key);
        note(eye, m_.listener);
        note(warning, m_.weakness);
        picture_.foot = y_;
    }

  private:
    float middle() const { return x_ + width_ / 2; }

    void mark_work(float from, float to) {
        const bool first = picture_.work_to < picture_.work_from;
        picture_.work_from = first ? from : std::min(picture_.work_from, from);
        picture_.work_to = first ? to : std::max(picture_.work_to, to);
    }

    void heads() {
        const float y = y_ + 0.5F * em_;
        canvas_.text_centred(FontRole::text, {x_ + box_ / 2, y}, Ink::text, "Server");
        canvas_.text_centred(FontRole::text, {right() - box_ / 2, y}, Ink::text, "Client");
        canvas_.text_centred(FontRole::small, {middle(), y}, Ink::muted, fmt::format("{}  the wire", eye));
        y_ += 1.4F * em_;
    }

    void arrow_across(float y, bool to_client, Standing standing, float reach) {
        const float left = x_ + box_ - reach, right_end = right() - box_ + reach;
        canvas_.arrow({to_client ? left : right_end, y}, {to_client ? right_end : left, y}, ink_of(standing),
                      (standing == Standing::current ? 2.4F : 1.2F) * canvas_.line(), 0.45F * em_, 0.28F * em_);
    }

    // Something that goes over the wire from edge to edge, its name above the arrow.
    void crossing(Standing standing, const std::optional<Node>& node, const std::string& id, const std::string& words,
                  bool to_client, float height) {
        const float reach = 0.3F * em_, inner = wire_ - 1.6F * em_;
        const Paint ink = standing == Standing::later ? Ink::faint : Ink::text;
        float y = y_;
        const auto line = [&](std::string_view part) {
            const FontRole font = canvas_.largest(part, inner, {FontRole::figures_small, FontRole::figures_tiny});
            if (canvas_.width(font, part) > inner) {
                y = canvas_.paragraph(font, {middle() - inner / 2, y}, inner, ink, part);
                return;
            }
            canvas_.text_centred(font, {middle(), y + 0.5F * em_}, ink, part);
            y += 1.15F * em_;
        };
        // "p = .., g = .." on one line, or each on its own.
        const std::size_t comma = words.find(", ");
        const bool whole = canvas_.width(FontRole::figures_small, words) <= inner || comma == std::string::npos;
        line(std::string_view(words).substr(0, whole ? words.size() : comma));
        if (!whole) line(std::string_view(words).substr(comma + 2));
        y += 0.1F * em_;
        arrow_across(y, to_client, standing, reach);
        if (node) {
            const Rect rect{x_ + box_ - reach, y_, wire_ + 2 * reach, y + 0.3F * em_ - y_};
            canvas_.box({rect.x, rect.y - 0.1F * em_, rect.w, rect.h + 0.2F * em_}, Ink::none, Ink::none, 0, id);
            canvas_.link(id, rect, *node);
        }
        if (standing == Standing::current) mark_work(y_, y + em_);
        y_ = std::max(y + 0.5F * em_, y_ + height) + 0.5F * gap_;
    }

    float inner_width() const { return box_ - 1.4F * em_; }

    static std::string caption_of(const SideNumber& n) {
        const bool open = n.letter == "A" || n.letter == "B";
        const std::string words = fmt::format("{}  {}, {}", open ? eye : lock, n.letter, n.role);
        return n.size.empty() ? words : fmt::format("{}, {}", words, n.size);
    }

    FontRole font_of(const SideNumber& n) const {
        const auto fits = [&](FontRole font) { return canvas_.width(font, n.value) < inner_width(); };
        if (n.value.size() <= 10 && fits(FontRole::figures_large)) return FontRole::figures_large;
        return roomy_ && fits(FontRole::figures) ? FontRole::figures : FontRole::figures_small;
    }

    float height_of(const SideNumber& n) const {
        const float inner = inner_width();
        return 0.7F * em_ + canvas_.paragraph_height(FontRole::small, inner, caption_of(n)) +
               canvas_.paragraph_height(font_of(n), inner, n.value) +
               formula_height(canvas_, FontRole::small, inner, n.formula) +
               canvas_.paragraph_height(FontRole::small, inner, n.remark);
    }

    void side(const SideNumber& n, const std::string& id, float x, float height) {
        const Rect rect{x, y_, box_, height};
        const bool here = n.standing == Standing::current;
        const bool known = n.standing == Standing::done || here;
        canvas_.box(rect,
                    here    ? Ink::current_tint
                    : known ? Ink::raised
                            : Ink::none,
                    here ? Ink::current : Ink::border, (here ? 2.4F : 1.0F) * canvas_.line(), id);
        canvas_.box({x + 0.2F * em_, y_ + 0.3F * em_, 0.22F * em_, height - 0.6F * em_},
                    known ? ink_of(n.meaning) : Ink::faint, Ink::none);
        const float inner = inner_width(), left = x + 0.8F * em_;
        float y = canvas_.paragraph(FontRole::small, {left, y_ + 0.3F * em_}, inner, known ? Ink::text : Ink::muted,
                                    caption_of(n));
        y = canvas_.paragraph(font_of(n), {left, y}, inner, Ink::text, n.value);
        y = draw_formula(canvas_, FontRole::small, {left, y}, inner, known ? Ink::muted : Ink::faint, n.formula);
        canvas_.paragraph(FontRole::small, {left, y}, inner, n.standing == Standing::unknown ? Ink::text : Ink::muted,
                          n.remark);
        if (n.node) canvas_.link(id, rect, *n.node);
        if (here) mark_work(rect.y, rect.bottom());
    }

    void row(SideRow which) {
        const SideNumber& server = m_.at(Role::server, which);
        const SideNumber& client = m_.at(Role::client, which);
        const float height = std::max({height_of(server), height_of(client), least_});
        side(server, id_of(Role::server, which), x_, height);
        side(client, id_of(Role::client, which), right() - box_, height);
        switch (which) {
            case SideRow::private_key: stays(height); break;
            case SideRow::public_key: public_arrows(height); break;
            case SideRow::shared: meeting(m_.same_secret, "secret", "same number", Ink::secret, height); break;
            case SideRow::key: meeting(m_.same_key, "key", "same key", Ink::key, height); break;
        }
        y_ += height + gap_;
    }

    // One line in the middle of the wire where it fits, else as many as it needs.
    void between(Paint ink, float y, float inner, std::string_view words, const std::string& id = {}) {
        if (canvas_.width(FontRole::small, words) <= inner)
            return canvas_.text_centred(FontRole::small, {middle(), y}, ink, words, id);
        const float height = canvas_.paragraph_height(FontRole::small, inner, words);
        canvas_.paragraph(FontRole::small, {middle() - inner / 2, y - height / 2}, inner, ink, words, id);
    }

    void stays(float height) { between(Ink::muted, y_ + height / 2, wire_ - 1.6F * em_, "a and b never cross"); }

    // A goes right, B goes left; what crosses is what the boxes say.
    void public_arrows(float height) {
        const auto one = [&](Role role, float y) {
            const SideNumber& n = m_.at(role, SideRow::public_key);
            const std::string words =
                n.value.empty() || n.value.size() > 8 ? n.letter : fmt::format("{} = {}", n.letter, n.value);
            canvas_.text_centred(FontRole::figures_small, {middle(), y - 0.65F * em_},
                                 n.value.empty() ? Ink::faint : Ink::text, words, fmt::format("{}.sent", name(role)));
            arrow_across(y, role == Role::server, n.standing, -0.2F * em_);
        };
        one(Role::server, y_ + 0.42F * height);
        one(Role::client, y_ + 0.86F * height);
    }

    // Whether both sides have the same, with a line from either box.
    void meeting(std::optional<bool> same, const std::string& id, std::string_view word, Ink own, float height) {
        if (!same) return;
        const Ink ink = *same ? own : Ink::error;
        const std::string words = *same ? fmt::format("{} {}", tick, word) : fmt::format("{} they differ", cross);
        const float y = y_ + height / 2;
        const float half = canvas_.width(FontRole::text, words) / 2 + 0.4F * em_;
        if (2 * half >= wire_ - 1.2F * em_) return between(ink, y, wire_ - 0.8F * em_, words, id);
        const float reach = 0.2F * em_, line = 2 * canvas_.line();
        canvas_.straight({x_ + box_ + reach, y}, {middle() - half, y}, ink, line);
        canvas_.straight({middle() + half, y}, {right() - box_ - reach, y}, ink, line);
        canvas_.text_centred(FontRole::text, {middle(), y}, ink, words, id);
        if (own == Ink::secret && wire_ > 9.5F * em_)
            canvas_.text_centred(FontRole::small, {middle(), y + 1.2F * em_}, Ink::muted, "it was never sent");
    }

    void note(std::string_view sign, std::string_view words) {
        canvas_.text(FontRole::text, {x_ + 0.3F * em_, y_ + 0.1F * em_}, Ink::muted, sign);
        y_ = canvas_.paragraph(FontRole::small, {x_ + 1.9F * em_, y_ + 0.15F * em_}, width_ - 2.2F * em_, Ink::text,
                               words) +
             0.25F * em_;
    }

    Node node_;
    const HandshakeModel& m_;
    Picture& picture_;
    float wire_ = 0, box_ = 0, gap_ = 0, least_ = 0; // pixels: widths of the wire and of a side; between rows; a row
    bool roomy_ = false;
};

} // namespace

Picture handshake_picture(const StageInput& input) {
    return draw_picture<HandshakePicture>(input, make_handshake_model(input.trace, input.step.node));
}

} // namespace keyhole::viz
