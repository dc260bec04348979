// The stage of the handshake: the server's numbers at the left, the client's at the right, the wire that everybody can
// read between them, and the secret in which they meet below. Boxes of the current step have a thick outline.
#include "viz/stages/handshake/handshake_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/steps/step_kinds.hpp"
#include "viz/frame/cached.hpp"
#include "viz/frame/number_view.hpp"
#include "viz/frame/stage_column.hpp"

namespace keyhole::viz {
namespace {

constexpr std::string_view eye = "\uf06e", lock = "\uf023", tick = "\uf00c", cross = "\uf00d";

class HandshakeStage : StageColumn {
  public:
    HandshakeStage(FrameContext& context, const HandshakeModel& model, Canvas& canvas, ImVec2 at, ImVec2 room)
        : StageColumn(context, canvas, at, room.x), m_(model) {
        wire_ = std::clamp(0.3F * width_, 7 * em_, 13 * em_);
        box_ = (width_ - wire_) / 2;
        // Rows share the height that the notes leave.
        roomy_ = room.y > 34 * em_;
        gap_ = std::clamp((room.y - 34 * em_) / 6, 0.35F * em_, 1.2F * em_);
        least_ = std::clamp((room.y - 18 * em_ - 6 * gap_) / 4, 3.6F * em_, 5 * em_);
    }

    float draw() {
        y_ = canvas_.paragraph(fonts_.title, {x_, y_}, width_, theme_.text, title(context_.step.node));
        if (!m_.viewpoint.empty()) y_ = canvas_.paragraph(fonts_.text, {x_, y_}, width_, theme_.text, m_.viewpoint);
        y_ += 0.3F * em_;
        heads();
        const float wire_top = y_;
        ImDrawList* list = ImGui::GetWindowDrawList();
        list->ChannelsSplit(2);
        list->ChannelsSetCurrent(1);
        crossing(m_.connect, m_.connect_node, "TCP connect", false, 1.9F * em_);
        crossing(m_.parameters_standing, m_.parameters_node, m_.parameters.empty() ? "p, g" : m_.parameters, true,
                 2.2F * em_);
        row(SideRow::private_key);
        row(SideRow::public_key);
        row(SideRow::shared);
        row(SideRow::key);
        list->ChannelsSetCurrent(0);
        const float left = x_ + box_ + 0.5F * em_, right = x_ + width_ - box_ - 0.5F * em_;
        canvas_.box({left, wire_top}, {right, wire_foot_}, theme_.raised, 0);
        list->ChannelsMerge();
        note(eye, m_.listener);
        note("\uf071", m_.weakness);
        return y_;
    }

    /// What the step has worked on, for the scroll.
    float from() const { return from_ < to_ ? from_ : y_; }
    float to() const { return std::max(to_, from_); }

  private:
    float middle() const { return x_ + width_ / 2; }

    void mark(float from, float to) {
        from_ = std::min(from_, from);
        to_ = std::max(to_, to);
    }

    void heads() {
        const float y = y_ + 0.5F * em_;
        canvas_.text_centred(fonts_.text, {x_ + box_ / 2, y}, theme_.text, "Server");
        canvas_.text_centred(fonts_.text, {x_ + width_ - box_ / 2, y}, theme_.text, "Client");
        const std::string words = fmt::format("{}  the wire", eye);
        canvas_.text_centred(fonts_.small, {middle(), y}, theme_.muted, words);
        y_ += 1.4F * em_;
    }

    ImU32 ink(Standing standing) const {
        switch (standing) {
            case Standing::current: return theme_.current;
            case Standing::done: return theme_.text;
            case Standing::later:
            case Standing::unknown: break;
        }
        return theme_.faint;
    }

    void arrow(float from, float to, float y, ImU32 colour, float thickness) {
        canvas_.straight({from, y}, {to, y}, colour, thickness);
        const float back = to > from ? -0.45F * em_ : 0.45F * em_;
        for (const float side : {-1.0F, 1.0F})
            canvas_.straight({to + back, y + side * 0.28F * em_}, {to, y}, colour, thickness);
    }

    void go(const std::optional<Node>& node, ImVec2 from, ImVec2 to) {
        if (node && canvas_.clicked(from, to)) context_.requests.go_to(*node);
    }

    // Something that goes over the wire from edge to edge, its name above the arrow.
    void crossing(Standing standing, const std::optional<Node>& node, const std::string& words, bool to_client,
                  float height) {
        const bool here = standing == Standing::current;
        const float left = x_ + box_ - 0.3F * em_, right = x_ + width_ - box_ + 0.3F * em_;
        const float inner = wire_ - 1.6F * em_;
        float y = y_;
        const ImU32 text = standing == Standing::later ? theme_.faint : theme_.text;
        // "p = .., g = .." on one line, or each on its own.
        const std::size_t comma = words.find(", ");
        const bool whole = Canvas::size(fonts_.figures_small, words).x <= inner || comma == std::string::npos;
        const auto line = [&](std::string_view part) {
            const ImFont* font =
                Canvas::size(fonts_.figures_small, part).x <= inner ? fonts_.figures_small : fonts_.figures_tiny;
            if (Canvas::size(font, part).x <= inner) {
                canvas_.text_centred(font, {middle(), y + 0.5F * em_}, text, part);
                y += 1.15F * em_;
            } else {
                y = canvas_.paragraph(font, {middle() - inner / 2, y}, inner, text, part);
            }
        };
        line(std::string_view(words).substr(0, whole ? words.size() : comma));
        if (!whole) line(std::string_view(words).substr(comma + 2));
        y += 0.1F * em_;
        arrow(to_client ? left : right, to_client ? right : left, y, ink(standing),
              (here ? 2.4F : 1.2F) * canvas_.line());
        const bool hovered = node && canvas_.hovered({left, y_}, {right, y + 0.3F * em_});
        if (hovered) canvas_.box({left, y_ - 0.1F * em_}, {right, y + 0.4F * em_}, 0, theme_.current);
        go(node, {left, y_}, {right, y + 0.3F * em_});
        if (here) mark(y_, y + em_);
        y_ = std::max(y + 0.5F * em_, y_ + height) + 0.5F * gap_;
        wire_foot_ = y_;
    }

    struct Lines {
        std::string caption, value, remark;
        const ImFont* font = nullptr;
        float height = 0;
    };

    float lines_height(const ImFont* font, float width, std::string_view words) const {
        float line = 0;
        std::size_t lines = words.empty() ? 0 : 1;
        for (std::size_t at = 0; at < words.size();) {
            const std::size_t end = std::min(words.find(' ', at), words.size() - 1) + 1;
            const float word = Canvas::size(font, words.substr(at, end - at)).x;
            if (line > 0 && line + word > width) line = 0, ++lines;
            line += word;
            while (line > width) line -= width, ++lines;
            at = end;
        }
        return 1.3F * font->FontSize * static_cast<float>(lines);
    }

    Lines lines_of(const SideNumber& n) const {
        Lines out;
        const bool open = n.letter == "A" || n.letter == "B";
        out.caption = fmt::format("{}  {}, {}", open ? eye : lock, n.letter, n.role);
        if (!n.size.empty()) out.caption += fmt::format(", {}", n.size);
        out.value = n.value;
        out.remark = n.remark;
        const float inner = box_ - 1.4F * em_;
        const bool large = Canvas::size(fonts_.figures_large, n.value).x < inner && n.value.size() <= 10;
        const bool fits = roomy_ && Canvas::size(fonts_.figures, n.value).x < inner;
        out.font = large ? fonts_.figures_large : fits ? fonts_.figures : fonts_.figures_small;
        out.height = 0.7F * em_ + lines_height(fonts_.small, inner, out.caption) +
                     lines_height(out.font, inner, n.value) + lines_height(fonts_.small, inner, n.formula) +
                     lines_height(fonts_.small, inner, n.remark);
        return out;
    }

    void side(const SideNumber& n, const Lines& lines, float x, float height) {
        const ImVec2 from{x, y_}, to{x + box_, y_ + height};
        const bool here = n.standing == Standing::current;
        const bool known = n.standing == Standing::done || here;
        const bool hovered = n.node && canvas_.hovered(from, to);
        const ImU32 own = known ? colour(theme_, n.meaning) : theme_.faint;
        canvas_.box(from, to,
                    here    ? theme_.current_tint
                    : known ? theme_.raised
                            : 0,
                    here || hovered ? theme_.current : theme_.border, (here ? 2.4F : 1.0F) * canvas_.line());
        canvas_.box({from.x + 0.2F * em_, from.y + 0.3F * em_}, {from.x + 0.42F * em_, to.y - 0.3F * em_}, own, 0);
        const float inner = box_ - 1.4F * em_, at = from.x + 0.8F * em_;
        float y = canvas_.paragraph(fonts_.small, {at, from.y + 0.3F * em_}, inner, known ? theme_.text : theme_.muted,
                                    lines.caption);
        if (!lines.value.empty()) y = canvas_.paragraph(lines.font, {at, y}, inner, theme_.text, lines.value);
        y = draw_formula(canvas_, fonts_.small, {at, y}, inner, known ? theme_.muted : theme_.faint, n.formula);
        if (!lines.remark.empty())
            canvas_.paragraph(fonts_.small, {at, y}, inner,
                              n.standing == Standing::unknown ? theme_.text : theme_.muted, lines.remark);
        go(n.node, from, to);
        if (here) mark(from.y, to.y);
    }

    void row(SideRow which) {
        const SideNumber& server = m_.at(Role::server, which);
        const SideNumber& client = m_.at(Role::client, which);
        const Lines left = lines_of(server), right = lines_of(client);
        const float height = std::max({left.height, right.height, least_});
        side(server, left, x_, height);
        side(client, right, x_ + width_ - box_, height);
        if (which == SideRow::public_key) public_arrows(height);
        if (which == SideRow::shared) meeting(m_.same_secret, "same number", theme_.secret, height);
        if (which == SideRow::key) meeting(m_.same_key, "same key", theme_.key, height);
        if (which == SideRow::private_key) stays(height);
        y_ += height + gap_;
    }

    void stays(float height) {
        const float inner = wire_ - 1.6F * em_;
        const std::string words = "a and b never cross";
        const float tall = lines_height(fonts_.small, inner, words);
        if (Canvas::size(fonts_.small, words).x <= inner)
            canvas_.text_centred(fonts_.small, {middle(), y_ + height / 2}, theme_.muted, words);
        else
            canvas_.paragraph(fonts_.small, {middle() - inner / 2, y_ + (height - tall) / 2}, inner, theme_.muted,
                              words);
        wire_foot_ = y_ + height + gap_;
    }

    // A goes right, B goes left; what crosses is what the boxes say.
    void public_arrows(float height) {
        const float left = x_ + box_ + 0.2F * em_, right = x_ + width_ - box_ - 0.2F * em_;
        const auto one = [&](Role role, float y, bool to_client) {
            const SideNumber& n = m_.at(role, SideRow::public_key);
            const bool here = n.standing == Standing::current;
            const std::string words =
                n.value.empty() || n.value.size() > 8 ? n.letter : fmt::format("{} = {}", n.letter, n.value);
            canvas_.text_centred(fonts_.figures_small, {middle(), y - 0.65F * em_},
                                 n.value.empty() ? theme_.faint : theme_.text, words);
            arrow(to_client ? left : right, to_client ? right : left, y, ink(n.standing),
                  (here ? 2.4F : 1.2F) * canvas_.line());
        };
        one(Role::server, y_ + 0.42F * height, true);
        one(Role::client, y_ + 0.86F * height, false);
        wire_foot_ = y_ + height + 0.3F * em_;
    }

    // Whether both sides have the same, with a line from either box.
    void meeting(std::optional<bool> same, const std::string& word, ImU32 own, float height) {
        const float y = y_ + height / 2;
        const float left = x_ + box_ + 0.2F * em_, right = x_ + width_ - box_ - 0.2F * em_;
        const ImU32 colour = same.value_or(false) ? own : theme_.error;
        const std::string words = !same   ? ""
                                  : *same ? fmt::format("{} {}", tick, word)
                                          : fmt::format("{} they differ", cross);
        const float half = Canvas::size(fonts_.text, words).x / 2 + 0.4F * em_;
        const bool fits = 2 * half < wire_ - 1.2F * em_;
        const float line = 2 * canvas_.line();
        if (words.empty()) return;
        if (!fits) {
            const float inner = wire_ - 0.8F * em_;
            if (Canvas::size(fonts_.small, words).x <= inner)
                canvas_.text_centred(fonts_.small, {middle(), y}, colour, words);
            else
                canvas_.paragraph(fonts_.small, {middle() - inner / 2, y - 0.5F * em_}, inner, colour, words);
            return;
        }
        canvas_.straight({left, y}, {middle() - half, y}, colour, line);
        canvas_.straight({middle() + half, y}, {right, y}, colour, line);
        canvas_.text_centred(fonts_.text, {middle(), y}, colour, words);
        if (word == "same number" && wire_ > 9.5F * em_)
            canvas_.text_centred(fonts_.small, {middle(), y + 1.2F * em_}, theme_.muted, "it was never sent");
    }

    void note(std::string_view sign, const std::string& words) {
        canvas_.text(fonts_.text, {x_ + 0.3F * em_, y_ + 0.1F * em_}, theme_.muted, sign);
        y_ = canvas_.paragraph(fonts_.small, {x_ + 1.9F * em_, y_ + 0.15F * em_}, width_ - 2.2F * em_, theme_.text,
                               words) +
             0.25F * em_;
    }

    const HandshakeModel& m_;
    float wire_ = 0, box_ = 0, gap_ = 0, least_ = 0, wire_foot_ = 0;
    bool roomy_ = false;
    float from_ = 1e9F, to_ = -1e9F;
};

} // namespace

void draw_handshake_stage(FrameContext& context) {
    static Cached<HandshakeModel> kept;
    const HandshakeModel& model = kept.get(context, make_handshake_model);
    Canvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float seen = ImGui::GetWindowHeight() - 2 * ImGui::GetStyle().WindowPadding.y;
    HandshakeStage stage(context, model, canvas, at, {ImGui::GetContentRegionAvail().x, seen});
    const float foot = stage.draw();
    finish_stage(context, at, foot, stage.from(), stage.to());
}

} // namespace keyhole::viz
