#include "viz/stages/message/message_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/steps/step_kinds.hpp"
#include "viz/stages/message/bytes_picture.hpp"
#include "viz/stages/message/message_head.hpp"
#include "viz/stages/message/message_model.hpp"

namespace keyhole::viz {
namespace {

// Eight bytes, a block of DES, and a space.
std::string hex_of(ByteView bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        if (i > 0) out += ' ';
        out += to_hex(bytes.subspan(i, std::min<std::size_t>(8, bytes.size() - i)));
    }
    return out;
}

// As many characters of the bytes as fit the width in `lines` lines; what is cut says so by two dots.
std::vector<std::string> preview(const Canvas& canvas, const Layer& layer, FontRole font, float width,
                                 std::size_t lines) {
    const auto columns = static_cast<std::size_t>(std::max(4.0F, width / canvas.width(font, "0")));
    const ByteView head = layer.bytes.first(std::min(layer.bytes.size(), columns * lines));
    const std::string all = layer.text ? drawable(canvas.type(), font, escape_controls(as_text(head))) : hex_of(head);
    std::vector<std::string> out;
    std::string_view rest = all;
    while (!rest.empty() && out.size() < lines) {
        std::size_t count = canvas.type().fitting(font, rest, width);
        // Hex is cut between blocks of eight bytes, or at least between bytes.
        if (!layer.text && count < rest.size()) count = count >= 17 ? count / 17 * 17 : count / 2 * 2;
        count = std::clamp<std::size_t>(count, 1, rest.size());
        while (count < rest.size() && (static_cast<unsigned char>(rest[count]) & 0xC0U) == 0x80U) ++count;
        out.emplace_back(rest.substr(0, count));
        rest.remove_prefix(count);
    }
    const bool cut = !rest.empty() || head.size() < layer.bytes.size();
    if (cut && !out.empty()) out.back() = canvas.shortened(font, out.back() + "..", width);
    return out;
}

class WayPicture {
  public:
    WayPicture(Canvas& canvas, const MessageModel& message, Rect room)
        : canvas_(canvas), m_(message), room_(room), em_(canvas.em()) {
        sides_ = m_.exchange ? 2 : 1;
        middle_ = sides_ == 2 ? 2.2F * em_ : 0;
        column_ = (room.w - middle_) / static_cast<float>(sides_);
        // Each box has room for two lines of what it holds; what is left over goes to all alike.
        float boxes = 0;
        for (std::size_t i = 0; i < m_.layers.size(); ++i) {
            std::size_t lines = 1;
            for (const Layer& l : m_.layers[i].sides)
                if (l.known) lines = std::max(lines, preview(canvas_, l, font_of(i, l), text_width(), 2).size());
            heights_.push_back(head_height() + static_cast<float>(lines) * pitch_of(font_of(i, m_.layers[i].sides[0])));
            boxes += heights_.back();
        }
        const auto count = static_cast<float>(m_.layers.size());
        const float spare = room.h - 1.8F * em_ - boxes;
        gap_ = std::clamp(spare / count, 1.9F * em_, 2.6F * em_);
        const float more = std::clamp((spare - gap_ * (count - 1)) / count, 0.0F, 3.0F * em_);
        for (float& height : heights_) height += more;
    }

    /// Returns the foot.
    float draw() {
        const std::size_t only = m_.layers.front().sides[0].known ? 0 : 1;
        for (std::size_t s = 0; s < sides_; ++s) {
            const std::size_t side = sides_ == 2 ? s : only;
            const float x = room_.x + (column_ + middle_) * static_cast<float>(s);
            canvas_.text_centred(FontRole::text, {x + column_ / 2, room_.y + 0.6F * em_}, Ink::text, m_.parties[side]);
            for (std::size_t i = 0; i < m_.layers.size(); ++i) {
                layer(side, i, x);
                if (i + 1 < m_.layers.size()) step(side, i, x);
            }
        }
        if (sides_ == 2) between();
        return foot(m_.layers.size() - 1);
    }

  private:
    float text_width() const { return column_ - em_; }
    float pitch_of(FontRole font) const { return 1.2F * canvas_.height(font); }
    // Above the lines and below them.
    float head_height() const { return 1.6F * em_; }
    FontRole font_of(std::size_t layer, const Layer& l) const {
        return l.text && m_.layers[layer].name == "text" ? FontRole::text : FontRole::figures_small;
    }
    float top(std::size_t layer) const {
        float y = room_.y + 1.7F * em_;
        for (std::size_t i = 0; i < layer; ++i) y += heights_[i] + gap_;
        return std::round(y);
    }
    float foot(std::size_t layer) const { return top(layer) + heights_[layer]; }

    void layer(std::size_t side, std::size_t i, float x) {
        const LayerPair& pair = m_.layers[i];
        const Layer& l = pair.sides[side];
        const Rect rect{x, top(i), column_, heights_[i]};
        const std::string id = fmt::format("{}.{}", side == 0 ? "sent" : "received", pair.name);
        canvas_.box(rect, Ink::panel, Ink::border, 0, id);
        if (l.made) canvas_.link(id, rect, *l.made);
        const float pad = 0.5F * em_;
        const Ink ink = l.known ? Ink::muted : Ink::faint;
        const bool refused = !l.known && l.size == "refused";
        canvas_.text(FontRole::small, {rect.x + pad, rect.y + 0.25F * em_}, ink, pair.name);
        canvas_.text_to_right(FontRole::small, {rect.right() - pad, rect.y + 0.7F * em_}, refused ? Ink::error : ink,
                              l.size);
        if (!l.known) return;
        const FontRole font = font_of(i, l);
        const float pitch = pitch_of(font);
        const auto lines = static_cast<std::size_t>(std::max(1.0F, std::floor((rect.h - 1.5F * em_) / pitch)));
        float y = rect.y + 1.35F * em_;
        for (const std::string& line : preview(canvas_, l, font, text_width(), lines)) {
            canvas_.text(font, {rect.x + pad, y}, Ink::text, line);
            y += pitch;
        }
    }

    void arrow(Point from, Point to, Ink ink, float lines) {
        draw_arrow(canvas_, from, to, ink, lines * canvas_.line(), 0.35F * em_);
    }

    // The arrow between two heights, down on the sender's side and up on the receiver's, and on it the step's name.
    void step(std::size_t side, std::size_t i, float x) {
        if (!m_.steps[side][i]) return;
        const Point above{x + column_ / 2, foot(i)}, below{above.x, top(i + 1)};
        const bool up = side == 1;
        arrow(up ? below : above, up ? above : below, Ink::muted, 1.4F);
        const std::optional<Node> node = m_.named_step(side, i);
        if (!node) return;
        const std::string word(info(node->kind()).word);
        const float half = canvas_.width(FontRole::small, word) / 2 + 0.5F * em_;
        const Point middle{above.x, (above.y + below.y) / 2};
        const Rect rect{middle.x - half, middle.y - 0.62F * em_, 2 * half, 1.24F * em_};
        canvas_.box(rect, Ink::raised, Ink::border, 0, word);
        canvas_.link(word, rect, *node);
        canvas_.text_centred(FontRole::small, middle, Ink::text, word, word);
    }

    // The wire at the foot, and the sign of equality where both sides hold the same.
    void between() {
        const float x = room_.x + column_, centre = x + middle_ / 2;
        for (std::size_t i = 0; i < m_.layers.size(); ++i) {
            const LayerPair& pair = m_.layers[i];
            const bool known = pair.sides[0].known && pair.sides[1].known;
            const bool wire = i + 1 == m_.layers.size();
            float y = top(i) + heights_[i] / 2;
            if (wire) {
                arrow({x + 0.1F * em_, y}, {x + middle_ - 0.1F * em_, y}, Ink::text, 3);
                canvas_.text_centred(FontRole::small, {centre, y - 0.8F * em_}, Ink::muted, "wire");
                y += 0.9F * em_;
            }
            if (known && !(wire && pair.same))
                canvas_.text_centred(FontRole::text, {centre, y}, pair.same ? Ink::text : Ink::error,
                                     pair.same ? "=" : "\u2260");
        }
    }

    Canvas& canvas_;
    const MessageModel& m_;
    Rect room_;
    float em_;
    std::size_t sides_ = 2;
    float middle_ = 0, column_ = 0, gap_ = 0;
    std::vector<float> heights_; // of each layer's boxes
};

} // namespace

Picture message_picture(const StageInput& input) {
    if (input.step.node.kind() != Kind::message) return bytes_picture(input);
    Picture picture;
    Canvas canvas(input.style, picture);
    const float em = canvas.em();
    const Rect room = input.room;
    const MessageModel message = make_message_model(input.trace, input.step.node);
    const float top = draw_message_head(input, canvas, input.step.title, input.step.summary);
    const float words = (!message.refusal.empty() ? 6.5F : 2.2F) * em;
    float y = WayPicture(canvas, message, {room.x, top, room.w, room.bottom() - top - words}).draw() + 0.6F * em;
    const auto paragraph = [&](Ink ink, std::string_view text) {
        y = canvas.paragraph(FontRole::small, {room.x, y}, room.w, ink, text);
    };
    if (!message.refusal.empty()) {
        paragraph(Ink::error, refusal_words(message.refusal));
        y += 0.3F * em;
    }
    if (message.exchange) paragraph(Ink::muted, no_authentication_words());
    end_stage(input, canvas, top, y, input.step.summary);
    return picture;
}

} // namespace keyhole::viz
