// The exchange on the left: two lifelines, boxes for what a side does for itself, arrows for what crosses the wire.
// Only the rows in sight are made and drawn; the current step's has a thick outline and is scrolled into sight.
#include <algorithm>
#include <cmath>
#include <optional>

#include "viz/frame/number_view.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/sequence_model.hpp"

namespace keyhole::viz {
namespace {

using Where = SequencePlace::Where;
constexpr Role both_roles[] = {Role::server, Role::client};

struct SequenceState {
    std::optional<Sequence> sequence;
    std::uint64_t session = 0;
    std::size_t messages = 0;
};

const Sequence& kept_sequence(const FrameContext& context) {
    auto& [kept, session, messages] = context.state.of<SequenceState>();
    const std::size_t now = context.trace.recording().messages.size();
    if (!kept || session != context.session.id || context.moved || messages != now) {
        if (kept && session == context.session.id) {
            kept->refresh();
        } else {
            kept.emplace(context.trace);
        }
        session = context.session.id;
        messages = now;
    }
    return *kept;
}

// Where things stand from side to side, and how high a line is.
struct Lanes {
    float left, width, line_height;

    float right() const { return left + width; }
    float lifeline(Role role) const { return left + (role == Role::server ? 0.22F : 0.78F) * width; }
    float box_width() const { return 0.43F * width; }
    float box_left(Role role) const { return lifeline(role) - box_width() / 2; }
};

ImU32 side_colour(const Theme& theme, Role role) { return colour(theme, meaning_of(role)); }

void dashed(ScreenCanvas& canvas, ImVec2 from, ImVec2 to, ImU32 ink) {
    const float dash = 0.35F * canvas.em();
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const ImVec2 way{(to.x - from.x) / length, (to.y - from.y) / length};
    const int dashes = static_cast<int>(std::ceil(length / (2 * dash)));
    for (int i = 0; i < dashes; ++i) {
        const float at = 2 * dash * static_cast<float>(i);
        const float end = std::min(at + dash, length);
        canvas.straight({from.x + way.x * at, from.y + way.y * at}, {from.x + way.x * end, from.y + way.y * end}, ink,
                        canvas.line());
    }
}

class Diagram {
  public:
    Diagram(FrameContext& context, ScreenCanvas& canvas, Lanes lanes)
        : context_(context), canvas_(canvas), lanes_(lanes) {}

    void draw(const SequenceRow& row, float y, std::optional<Where> current) {
        y_ = y;
        height_ = lanes_.line_height * static_cast<float>(row.lines());
        switch (row.shape) {
            case SequenceShape::heading: heading(*row.middle, current.has_value()); break;
            case SequenceShape::boxes: boxes(row, current); break;
            case SequenceShape::arrow: arrow(row, current.has_value()); break;
            case SequenceShape::crossing: crossing(row, current); break;
        }
    }

  private:
    const Theme& theme() const { return context_.theme; }
    float em() const { return context_.fonts.em; }
    ImFont* font() const { return context_.fonts.small; }

    // The longest of the words that fits; the last one is shortened where even that does not.
    std::string fitting(const std::vector<std::string>& words, float width) const {
        for (const std::string& w : words) {
            if (screen_formula_width(canvas_, font(), w) <= width) return w;
        }
        return ScreenCanvas::shortened(font(), words.back(), width);
    }
    void words_centred(const SequencePart& part, ImVec2 centre, float width, ImU32 ink) {
        const std::string words = fitting(part.words, width);
        screen_formula(canvas_, font(),
                       {centre.x - screen_formula_width(canvas_, font(), words) / 2, centre.y - font()->FontSize / 2},
                       1e6F, ink, words);
    }

    // A click goes to the part's step; the mouse is told what cannot be read in full.
    bool clickable(const SequencePart& part, ImVec2 from, ImVec2 to) {
        if (canvas_.clicked(from, to)) context_.requests.go_to(part.node);
        const bool hovered = canvas_.hovered(from, to);
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        return hovered;
    }
    void outline(ImVec2 from, ImVec2 to, bool current, bool hovered) {
        if (current) {
            canvas_.box(from, to, theme().current_tint, theme().current, 2.2F * canvas_.line());
        } else if (hovered) {
            canvas_.box(from, to, theme().raised, 0);
        }
    }

    void heading(const SequencePart& part, bool current) {
        const float middle = y_ + 0.55F * height_;
        const ImVec2 from{lanes_.left, y_ + 0.08F * height_}, to{lanes_.right(), y_ + height_ - 0.04F * height_};
        const bool hovered = clickable(part, from, to);
        const std::string words = fitting(part.words, lanes_.width - 1.2F * em());
        const float half = ScreenCanvas::size(font(), words).x / 2 + 0.4F * em(),
                    centre = lanes_.left + lanes_.width / 2;
        if (centre - half > lanes_.left + em()) {
            dashed(canvas_, {lanes_.left, middle}, {centre - half, middle}, theme().faint);
            dashed(canvas_, {centre + half, middle}, {lanes_.right(), middle}, theme().faint);
        }
        const float pad = 0.46F * height_;
        const ImVec2 box_from{centre - half, middle - pad}, box_to{centre + half, middle + pad};
        canvas_.box(box_from, box_to, theme().panel, 0);
        outline(box_from, box_to, current, hovered);
        canvas_.text_centred(font(), {centre, middle}, current ? theme().current : theme().text, words);
    }

    void box(const SequencePart& part, Role role, bool current, bool refused) {
        const ImVec2 from{lanes_.box_left(role), y_ + 0.08F * height_};
        const ImVec2 to{from.x + lanes_.box_width(), y_ + height_ - 0.08F * height_};
        const bool hovered = clickable(part, from, to);
        const ImU32 edge = refused                          ? theme().error
                           : part.meaning == Meaning::plain ? theme().border
                                                            : faded(colour(theme(), part.meaning), 0.75F);
        if (part.masked) return masked(part, from, to, hovered);
        canvas_.box(from, to, current ? theme().current_tint : theme().raised,
                    current   ? theme().current
                    : hovered ? theme().muted
                              : edge,
                    (current ? 2.2F : 1.0F) * canvas_.line());
        words_centred(part, {(from.x + to.x) / 2, (from.y + to.y) / 2}, to.x - from.x - 0.5F * em(),
                      current ? theme().current : theme().text);
    }

    // It happened, but not where this could see it.
    void masked(const SequencePart& part, ImVec2 from, ImVec2 to, bool hovered) {
        const ImU32 ink = hovered ? theme().muted : theme().faint;
        canvas_.box(from, to, theme().panel, 0);
        dashed(canvas_, from, {to.x, from.y}, ink);
        dashed(canvas_, {from.x, to.y}, to, ink);
        dashed(canvas_, from, {from.x, to.y}, ink);
        dashed(canvas_, {to.x, from.y}, to, ink);
        words_centred(part, {(from.x + to.x) / 2, (from.y + to.y) / 2}, to.x - from.x - 0.5F * em(), theme().muted);
        if (hovered) ImGui::SetTooltip("unknown here: %s", why_unknown(context_.trace.recording(), part.node).c_str());
    }

    void boxes(const SequenceRow& row, std::optional<Where> current) {
        for (const Role role : both_roles) {
            const auto& part = row.sides[static_cast<std::size_t>(role)];
            const Where where = role == Role::server ? Where::server : Where::client;
            if (!part) continue;
            box(*part, role, current == where, row.refused);
            if (row.note.empty()) continue;
            // What it gave, in the free half beside it; the other lifeline passes behind.
            const bool on_left = role == Role::server;
            const float gap = 0.4F * em();
            const float near = on_left ? lanes_.box_left(role) + lanes_.box_width() + gap : lanes_.box_left(role) - gap;
            const float room = on_left ? lanes_.right() - near : near - lanes_.left;
            const std::string note = ScreenCanvas::shortened(font(), row.note, room);
            const ImVec2 size = ScreenCanvas::size(font(), note);
            const ImVec2 at{on_left ? near : near - size.x, y_ + (height_ - size.y) / 2};
            canvas_.box({at.x - 0.15F * em(), at.y}, {at.x + size.x + 0.15F * em(), at.y + size.y}, theme().panel, 0);
            canvas_.text(font(), at, row.refused ? theme().error : theme().muted, note);
        }
        if (row.middle) badge(*row.middle, current == Where::middle);
    }

    // Between two boxes that hold the same.
    void badge(const SequencePart& part, bool current) {
        const float gap = lanes_.box_left(Role::client) - lanes_.box_left(Role::server) - lanes_.box_width();
        const ImVec2 centre{lanes_.left + lanes_.width / 2, y_ + height_ / 2};
        const float half = std::max(gap / 2 - 0.1F * em(), 0.5F * em()), up = 0.42F * height_;
        const ImVec2 from{centre.x - half, centre.y - up}, to{centre.x + half, centre.y + up};
        const bool hovered = clickable(part, from, to);
        outline(from, to, current, hovered);
        const std::string words = fitting(part.words, 2 * half);
        canvas_.text_centred(context_.fonts.text, centre, current ? theme().current : colour(theme(), part.meaning),
                             words);
        if (hovered) ImGui::SetTooltip("%s", part.words.front().c_str());
    }

    void head(ImVec2 tip, ImVec2 from, ImU32 ink) {
        const float length = std::hypot(tip.x - from.x, tip.y - from.y), size = 0.42F * em();
        const ImVec2 way{(tip.x - from.x) / length, (tip.y - from.y) / length};
        const ImVec2 foot{tip.x - way.x * size, tip.y - way.y * size};
        ImGui::GetWindowDrawList()->AddTriangleFilled(tip, {foot.x - way.y * 0.5F * size, foot.y + way.x * 0.5F * size},
                                                      {foot.x + way.y * 0.5F * size, foot.y - way.x * 0.5F * size},
                                                      ink);
    }
    void frame_line(ImVec2 from, ImVec2 to, ImU32 ink, float thickness) {
        canvas_.straight(from, to, ink, thickness);
        head(to, from, ink);
    }

    void arrow(const SequenceRow& row, bool current) {
        const float start = lanes_.lifeline(row.from), end = lanes_.lifeline(other(row.from));
        const ImVec2 from{std::min(start, end) - 0.3F * em(), y_ + 0.02F * height_};
        const ImVec2 to{std::max(start, end) + 0.3F * em(), y_ + height_};
        const bool hovered = clickable(*row.middle, from, to);
        outline(from, to, current, hovered);
        const ImU32 ink = current ? theme().current : theme().plain;
        const float middle = y_ + 0.82F * height_;
        frame_line({start, middle}, {end, middle}, ink, (current ? 2.0F : 1.2F) * canvas_.line());
        words_centred(*row.middle, {(start + end) / 2, y_ + 0.4F * height_}, std::abs(end - start) - 0.3F * em(),
                      current ? theme().current : theme().text);
    }

    // Both public keys are on their way at once: neither side has to wait for the other.
    void crossing(const SequenceRow& row, std::optional<Where> current) {
        const float left = lanes_.lifeline(Role::server), right = lanes_.lifeline(Role::client);
        const ImVec2 from{left - 0.3F * em(), y_ + 0.02F * height_}, to{right + 0.3F * em(), y_ + height_};
        const SequencePart &a = *row.sides[0], &b = *row.sides[1];
        // Both halves lead to the same step, unless one of them is all that is known of its side.
        const float half = from.x + (to.x - from.x) / 2;
        const bool a_hovered = clickable(a, from, {half, to.y}), b_hovered = clickable(b, {half, from.y}, to);
        outline(from, to, current.has_value(), a_hovered || b_hovered);
        const ImU32 ink = current ? theme().current : theme().plain;
        const float thick = (current ? 2.0F : 1.2F) * canvas_.line();
        const float top = y_ + 0.42F * height_, foot = y_ + 0.92F * height_;
        frame_line({left, top}, {right, foot}, ink, thick);
        frame_line({right, top}, {left, foot}, ink, thick);
        // The words meet in the middle where room is scarce, and then start on their lifelines.
        const float centre = (left + right) / 2, gap = 0.3F * em(), words_y = y_ + 0.22F * height_;
        const ImU32 words = current ? theme().current : theme().text;
        const float room = centre - gap - lanes_.left;
        const std::string a_words = fitting({a.words.back()}, room), b_words = fitting({b.words.back()}, room);
        const float a_start = std::min(left + 0.1F * em(), centre - gap - ScreenCanvas::size(font(), a_words).x);
        const float b_end = std::max(right - 0.1F * em(), centre + gap + ScreenCanvas::size(font(), b_words).x);
        canvas_.text(font(), {a_start, words_y - font()->FontSize / 2}, words, a_words);
        canvas_.text_to_right(font(), {b_end, words_y}, words, b_words);
    }

    FrameContext& context_;
    ScreenCanvas& canvas_;
    Lanes lanes_;
    float y_ = 0, height_ = 0;
};

void side_names(FrameContext& context, ScreenCanvas& canvas, const Lanes& lanes, float y) {
    for (const Role role : both_roles) {
        const char* words = role == Role::server ? "Server" : "Client";
        canvas.text_centred(context.fonts.text, {lanes.lifeline(role), y}, side_colour(context.theme, role), words);
    }
}

} // namespace

bool has_sequence(const FrameContext& context) { return kept_sequence(context).exchange(); }

void draw_sequence(FrameContext& context) {
    const Sequence& sequence = kept_sequence(context);
    const float em = context.fonts.em;
    const ImVec2 head = ImGui::GetCursorScreenPos();
    const ImVec2 avail = ImGui::GetContentRegionAvail();
    const float head_height = 1.35F * em, bar = ImGui::GetStyle().ScrollbarSize;
    const auto lines = static_cast<float>(sequence.line_count());
    // Lines move apart where all of them fit.
    const float room = avail.y - head_height;
    const float line_height = std::floor(std::clamp((room - 2) / std::max(lines, 1.0F), 1.34F * em, 1.85F * em));
    {
        ScreenCanvas canvas(context.theme, context.fonts);
        side_names(context, canvas, {head.x, avail.x - bar, line_height}, head.y + 0.5F * head_height);
    }
    ImGui::SetCursorScreenPos({head.x, head.y + head_height});
    if (ImGui::BeginChild("lines", {avail.x, room}, false, ImGuiWindowFlags_NoNav)) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const ImVec2 origin = ImGui::GetCursorScreenPos();
        const Lanes lanes{origin.x, avail.x - bar, line_height};
        const auto place = sequence.place(context.step.node);
        const float scroll = ImGui::GetScrollY();
        if (context.moved && place) {
            const float y = static_cast<float>(sequence.lines_before(place->row)) * line_height;
            const float margin = std::min(2.5F * line_height, 0.3F * room);
            if (y < scroll + margin || y + line_height > scroll + room - margin)
                ImGui::SetScrollY(std::max(0.0F, y - 0.4F * room));
        }
        const float top = origin.y + scroll;
        for (const Role role : both_roles) {
            const float x = lanes.lifeline(role);
            const ImU32 ink = faded(side_colour(context.theme, role), 0.6F);
            const float foot = std::min(top + room, origin.y + lines * line_height);
            if (sequence.known(role)) {
                canvas.straight({x, top}, {x, foot}, ink, 1.5F * canvas.line());
            } else {
                dashed(canvas, {x, top}, {x, foot}, ink);
            }
        }
        Diagram diagram(context, canvas, lanes);
        const auto first_line = static_cast<std::uint64_t>(std::max(scroll / line_height, 0.0F));
        for (std::uint64_t i = sequence.row_at_line(first_line); i < sequence.row_count(); ++i) {
            const float y = static_cast<float>(sequence.lines_before(i)) * line_height;
            if (y > scroll + room) break;
            const bool here = place && place->row == i;
            diagram.draw(sequence.row(i), origin.y + y, here ? std::optional(place->where) : std::nullopt);
        }
        ImGui::SetCursorScreenPos({origin.x, origin.y + lines * line_height});
        ImGui::Dummy({1, 0});
    }
    ImGui::EndChild();
}

} // namespace keyhole::viz
