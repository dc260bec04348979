// The stage of a whole message: its way as two columns that meet on the wire, down through the sender's steps and up
// through the receiver's, with what it is at every height.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/steps/step_kinds.hpp"
#include "viz/stages/message/message_parts.hpp"

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
std::vector<std::string> preview(const Layer& layer, const ImFont* font, float width, std::size_t lines) {
    const std::size_t columns = static_cast<std::size_t>(std::max(4.0F, width / ScreenCanvas::size(font, "0").x));
    const std::size_t most = columns * lines;
    const ByteView head = layer.bytes.first(std::min(layer.bytes.size(), most));
    std::string all = layer.text ? escape_controls(as_text(head)) : hex_of(head);
    bool cut = head.size() < layer.bytes.size();
    std::vector<std::string> out;
    std::string_view rest = all;
    while (!rest.empty() && out.size() < lines) {
        const char* fits = nullptr;
        font->CalcTextSizeA(font->FontSize, width, 0, rest.data(), rest.data() + rest.size(), &fits);
        auto count = static_cast<std::size_t>(fits - rest.data());
        // Hex is cut between blocks of eight bytes, or at least between bytes.
        if (!layer.text && count < rest.size()) count = count >= 17 ? count / 17 * 17 : count / 2 * 2;
        count = std::clamp<std::size_t>(count, 1, rest.size());
        while (count < rest.size() && (static_cast<unsigned char>(rest[count]) & 0xC0U) == 0x80U) ++count;
        out.emplace_back(rest.substr(0, count));
        rest.remove_prefix(count);
    }
    cut = cut || !rest.empty();
    if (cut && !out.empty()) {
        std::string& last = out.back();
        while (last.size() > 2 && ScreenCanvas::size(font, last + "..").x > width) last.pop_back();
        while (!last.empty() && (static_cast<unsigned char>(last.back()) & 0xC0U) == 0x80U) last.pop_back();
        if (!last.empty() && static_cast<unsigned char>(last.back()) >= 0x80U) last.pop_back();
        last += "..";
    }
    return out;
}

class WayStage {
  public:
    WayStage(FrameContext& context, ScreenCanvas& canvas, const MessageModel& message, ImVec2 at, float width,
             float height)
        : context_(context), canvas_(canvas), m_(message), at_(at), width_(width), em_(context.fonts.em) {
        sides_ = m_.exchange ? 2 : 1;
        middle_ = sides_ == 2 ? 2.2F * em_ : 0;
        column_ = (width_ - middle_) / static_cast<float>(sides_);
        const auto count = static_cast<float>(m_.layers.size());
        const float room = height - 1.8F * em_;
        gap_ = std::clamp((room / count - 4.0F * em_), 1.9F * em_, 2.6F * em_);
        box_ = std::clamp((room - gap_ * (count - 1)) / count, 4.0F * em_, 6.0F * em_);
    }

    /// Returns the foot.
    float draw() {
        const std::size_t only = m_.layers.front().sides[0].known ? 0 : 1;
        for (std::size_t s = 0; s < sides_; ++s) {
            const std::size_t side = sides_ == 2 ? s : only;
            const float x = at_.x + (column_ + middle_) * static_cast<float>(s);
            canvas_.text_centred(context_.fonts.text, {x + column_ / 2, at_.y + 0.6F * em_}, context_.theme.text,
                                 m_.parties[side]);
            for (std::size_t i = 0; i < m_.layers.size(); ++i) {
                layer(side, i, x);
                if (i + 1 < m_.layers.size()) step(side, i, x);
            }
        }
        if (sides_ == 2) between();
        return top(m_.layers.size() - 1) + box_;
    }

  private:
    float top(std::size_t layer) const {
        return std::round(at_.y + 1.7F * em_ + (box_ + gap_) * static_cast<float>(layer));
    }

    void layer(std::size_t side, std::size_t i, float x) {
        const LayerPair& pair = m_.layers[i];
        const Layer& l = pair.sides[side];
        const Theme& theme = context_.theme;
        const Fonts& fonts = context_.fonts;
        const ImVec2 from{x, top(i)}, to{x + column_, top(i) + box_};
        const bool hovered = l.made && canvas_.hovered(from, to);
        canvas_.box(from, to, hovered ? theme.raised : theme.panel, hovered ? theme.current : theme.border);
        if (hovered && ImGui::IsMouseClicked(0)) context_.requests.go_to(*l.made);
        const float pad = 0.5F * em_;
        const ImU32 ink = l.known ? theme.muted : theme.faint;
        const bool refused = !l.known && l.size == "refused";
        canvas_.text(fonts.small, {from.x + pad, from.y + 0.25F * em_}, ink, pair.name);
        canvas_.text_to_right(fonts.small, {to.x - pad, from.y + 0.7F * em_}, refused ? theme.error : ink, l.size);
        if (!l.known) return;
        const ImFont* font = l.text && pair.name == "text" ? fonts.text : fonts.figures_small;
        const float step = 1.2F * font->FontSize;
        const auto lines = static_cast<std::size_t>(std::max(1.0F, std::floor((box_ - 1.5F * em_) / step)));
        float y = from.y + 1.35F * em_;
        for (const std::string& line : preview(l, font, column_ - 2 * pad, lines)) {
            canvas_.text(font, {from.x + pad, y}, theme.text, line);
            y += step;
        }
    }

    void arrow(ImVec2 from, ImVec2 to, ImU32 ink, float width) {
        canvas_.straight(from, to, ink, width);
        const float tip = 0.35F * em_;
        const bool level = from.y == to.y;
        const float way = level ? (to.x > from.x ? 1.0F : -1.0F) : (to.y > from.y ? 1.0F : -1.0F);
        const ImVec2 back = level ? ImVec2{to.x - way * tip, to.y} : ImVec2{to.x, to.y - way * tip};
        const ImVec2 side = level ? ImVec2{0, 0.7F * tip} : ImVec2{0.7F * tip, 0};
        canvas_.straight({back.x - side.x, back.y - side.y}, to, ink, width);
        canvas_.straight({back.x + side.x, back.y + side.y}, to, ink, width);
    }

    // The arrow between two heights, down on the sender's side and up on the receiver's, with the step as a chip.
    void step(std::size_t side, std::size_t i, float x) {
        if (!m_.steps[side][i]) return;
        const Theme& theme = context_.theme;
        const float above = top(i) + box_, below = top(i + 1);
        const float middle = x + column_ / 2;
        const bool up = side == 1;
        arrow({middle, up ? below : above}, {middle, up ? above : below}, theme.muted, 1.4F * canvas_.line());
        const std::optional<Node> node = m_.named_step(side, i);
        if (!node) return;
        const ImFont* font = context_.fonts.small;
        const std::string word(info(node->kind()).word);
        const float half = ScreenCanvas::size(font, word).x / 2 + 0.5F * em_;
        const float y = (above + below) / 2;
        const ImVec2 from{middle - half, y - 0.62F * em_}, to{middle + half, y + 0.62F * em_};
        const bool hovered = canvas_.hovered(from, to);
        canvas_.box(from, to, theme.raised, hovered ? theme.current : theme.border);
        canvas_.text_centred(font, {middle, y}, hovered ? theme.current : theme.text, word);
        if (hovered && ImGui::IsMouseClicked(0)) context_.requests.go_to(*node);
    }

    // The wire at the foot, and the sign of equality where both sides hold the same.
    void between() {
        const float x = at_.x + column_;
        for (std::size_t i = 0; i < m_.layers.size(); ++i) {
            const LayerPair& pair = m_.layers[i];
            const float y = top(i) + box_ / 2;
            if (i + 1 == m_.layers.size()) {
                arrow({x + 0.1F * em_, y}, {x + middle_ - 0.1F * em_, y}, context_.theme.text, 3 * canvas_.line());
                canvas_.text_centred(context_.fonts.small, {x + middle_ / 2, y - 0.8F * em_}, context_.theme.muted,
                                     "wire");
                if (pair.sides[0].known && pair.sides[1].known && !pair.same)
                    canvas_.text_centred(context_.fonts.text, {x + middle_ / 2, y + 0.9F * em_}, context_.theme.error,
                                         "\u2260");
            } else if (pair.sides[0].known && pair.sides[1].known) {
                canvas_.text_centred(context_.fonts.text, {x + middle_ / 2, y},
                                     pair.same ? context_.theme.text : context_.theme.error,
                                     pair.same ? "=" : "\u2260");
            }
        }
    }

    FrameContext& context_;
    ScreenCanvas& canvas_;
    const MessageModel& m_;
    ImVec2 at_;
    float width_, em_;
    std::size_t sides_ = 2;
    float middle_ = 0, column_ = 0, box_ = 0, gap_ = 0;
};

void draw_way(FrameContext& context) {
    const float em = context.fonts.em;
    ScreenCanvas canvas(context.theme, context.fonts);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float seen = stage_height();
    const MessageModel message = make_message_model(context.trace, context.step.node);
    float y = draw_message_head(context, canvas, context.step.title, context.step.summary);
    const float picture = y;
    WayStage way(context, canvas, message, {origin.x, y}, width,
                 seen - (y - origin.y) - (message.refused ? 6.5F : 2.2F) * em);
    y = way.draw() + 0.6F * em;
    if (message.refused) y = words_at(canvas, {origin.x, y}, width, context.theme.error, refusal_words()) + 0.3F * em;
    if (message.exchange) y = words_at(canvas, {origin.x, y}, width, context.theme.muted, no_authentication_words());
    end_stage(context, canvas, origin, picture, y, context.step.summary);
}

} // namespace

void draw_message_stage(FrameContext& context) {
    if (context.step.node.kind() == Kind::message) return draw_way(context);
    draw_bytes_stage(context);
}

} // namespace keyhole::viz
