// The stage of a block: what the mode does in front, IP, the ladder of sixteen rounds with both halves, the swap, FP,
// and what the mode does behind. A round, a bar or a neighbouring block is the way there.
#include "viz/stages/block/block_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "viz/draw/bit_strip.hpp"
#include "viz/frame/views.hpp"

namespace keyhole::viz {
namespace {

class BlockStage {
  public:
    BlockStage(FrameContext& context, const BlockModel& b, Canvas& canvas, ImVec2 at, float width, float visible)
        : context_(context),
          b_(b),
          canvas_(canvas),
          stops_(block_stops(context.step.node)),
          at_(at),
          em_(context.fonts.em),
          width_(width),
          visible_(visible) {}

    /// Returns the foot.
    float draw() {
        float y = head();
        top_ = y;
        y = chain(b_.front, y, false);
        place(y);
        lead({chained_.back().x, y}, {centre_, y + lead_});
        y = bar(stops_.front(), y + lead_, "IP");
        lanes(y - short_lead_, y, context_.theme.left, context_.theme.right);
        for (const LadderRound& round : b_.rounds) rung(round, y), y += pitch_;
        y = ends(y);
        y = bar(stops_.back(), y, "FP");
        const float leaves = y - short_lead_;
        y = chain(b_.back, leaves + lead_, true);
        lead({centre_, leaves}, {chained_.front().x, leaves + lead_});
        return y + 0.3F * em_;
    }

    /// Where the mode's part in front begins.
    float top() const { return top_; }

  private:
    float head() {
        std::vector<std::string> labels;
        for (const BlockStop& stop : stops_) labels.push_back(stop.label);
        StageHead head{
            fmt::format("Block {} of {}", grouped_decimal(b_.number), grouped_decimal(b_.count)), b_.words, labels, {}};
        float foot = 0;
        if (const auto clicked = draw_head(canvas_, head, at_, width_, foot))
            context_.requests.go_to(stops_[*clicked].node);
        return foot + 0.2F * em_;
    }

    // Values of the mode from left to right, in a narrow panel from top to foot. The last
    // one may be what the step gives. Returns the lower end.
    float chain(const std::vector<ChainPart>& parts, float y, bool result) {
        const ImFont* font = context_.fonts.figures_small;
        const float sign = 1.6F * em_;
        std::vector<float> widths;
        float all = 0;
        for (const ChainPart& part : parts) {
            const float words = Canvas::size(context_.fonts.small, caption(part)).x;
            widths.push_back(std::max(words, Canvas::size(font, part.value).x) + 0.8F * em_);
            all += widths.back() + (part.sign.empty() ? 0 : sign);
        }
        const bool stacked = all > width_;
        const float tall = 2.45F * em_;
        chained_.clear();
        const float used = stacked ? *std::ranges::max_element(widths) : all;
        float x = at_.x + std::max(stacked ? sign : 0, (width_ - used) / 2);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const ChainPart& part = parts[i];
            if (!part.sign.empty() && !stacked) x += sign;
            if (!part.sign.empty())
                canvas_.text_centred(context_.fonts.text, {x - sign / 2, y + tall / 2}, context_.theme.text, part.sign);
            const ImVec2 from{x, y}, to{x + std::min(widths[i], width_ - (stacked ? sign : 0)), y + tall};
            chained_.emplace_back((from.x + to.x) / 2, from.y);
            const bool hovered = part.go_to && canvas_.hovered(from, to);
            const bool given = result && i + 1 == parts.size();
            canvas_.box(from, to, context_.theme.raised,
                        hovered || given ? context_.theme.current : context_.theme.border,
                        given ? 2.2F * canvas_.line() : 0);
            canvas_.text(context_.fonts.small, {x + 0.4F * em_, y + 0.25F * em_}, context_.theme.muted, caption(part));
            canvas_.text(font, {x + 0.4F * em_, y + 1.3F * em_}, context_.theme.text, part.value);
            if (hovered && ImGui::IsMouseClicked(0)) context_.requests.go_to(*part.go_to);
            if (stacked) {
                y += tall + 0.2F * em_;
            } else {
                x = to.x;
            }
        }
        return stacked ? y - 0.2F * em_ : y + tall;
    }

    static std::string caption(const ChainPart& part) {
        return part.text.empty() ? part.label : fmt::format("{} \u201C{}\u201D", part.label, part.text);
    }

    // Lanes of the ladder, and the strips of cells at its sides.
    void place(float y) {
        const float hex = Canvas::size(context_.fonts.figures_small, "00000000").x;
        const float label = 1.75F * em_;
        // IP, ladder, L16 R16, swap, preoutput, FP and the mode's part behind share what is left.
        lead_ = 0.6F * em_;
        short_lead_ = 0.3F * em_;
        const float fixed = 2 * (lead_ + short_lead_) + (2 * 1.15F + 3.05F + 2.45F + 0.3F) * em_;
        pitch_ = std::clamp((visible_ - (y - at_.y) - fixed) / 16, 1.15F * em_, 2.3F * em_);
        const float sides = (width_ - 2 * (hex + label + 0.9F * em_)) / 2;
        const float inner = std::clamp(0.3F * sides, 2.2F * em_, 4.2F * em_);
        const float cells = (sides - inner) / 33.5F;
        cells_ = cells >= 0.2F * em_;
        half_gap_ = inner;
        centre_ = at_.x + width_ / 2;
        left_lane_ = centre_ - inner;
        right_lane_ = centre_ + inner;
        left_ = {.count = 32,
                 .group = 8,
                 .pitch = std::min(cells, 0.6F * em_),
                 .height = std::min(0.95F * em_, pitch_ - 0.35F * em_)};
        left_.gap = left_.pitch / 2;
        right_ = left_;
        hex_ = hex;
        label_ = label;
        left_.left = left_lane_ - 0.6F * em_ - hex - label - left_.width();
        right_.left = right_lane_ + 0.6F * em_ + hex + label;
    }

    // The whole block on its way into a bar or out of it.
    void lead(ImVec2 from, ImVec2 to) { canvas_.wire(from, to, context_.theme.plain, 1.4F * canvas_.line()); }

    // Both halves straight down.
    void lanes(float from, float to, ImU32 left, ImU32 right) {
        canvas_.straight({left_lane_, from}, {left_lane_, to}, left, 1.4F * canvas_.line());
        canvas_.straight({right_lane_, from}, {right_lane_, to}, right, 1.4F * canvas_.line());
    }

    // A bar across both lanes: IP or FP.
    float bar(const BlockStop& stop, float y, std::string_view words) {
        const ImVec2 from{left_lane_ - 1.2F * em_, y}, to{right_lane_ + 1.2F * em_, y + 1.15F * em_};
        const bool hovered = canvas_.hovered(from, to);
        canvas_.box(from, to, context_.theme.raised, hovered ? context_.theme.current : context_.theme.border);
        canvas_.text_centred(context_.fonts.small, {(from.x + to.x) / 2, (from.y + to.y) / 2}, context_.theme.text,
                             words);
        if (hovered && ImGui::IsMouseClicked(0)) context_.requests.go_to(stop.node);
        return to.y + short_lead_;
    }

    // One half: its name beside the lane, hex, and cells outside.
    void half(Strip& strip, bool left, float middle, ImU32 ink, const std::string& name, Bits bits) {
        const ImFont* font = context_.fonts.figures_small;
        const std::string hex = hex_text(bits).substr(2);
        const float inner = left ? left_lane_ - 0.6F * em_ : right_lane_ + 0.6F * em_;
        // From the lane outwards: name, hex, cells.
        const float name_width = Canvas::size(context_.fonts.small, name).x;
        canvas_.text(context_.fonts.small,
                     {left ? inner - name_width : inner, middle - context_.fonts.small->FontSize / 2}, ink, name);
        canvas_.text(
            font,
            {left ? inner - label_ - hex_ + 0.35F * em_ : inner + label_ - 0.35F * em_, middle - font->FontSize / 2},
            context_.theme.text, hex);
        if (!cells_) return;
        strip.top = std::round(middle - strip.height / 2);
        if (!ImGui::IsRectVisible({at_.x, strip.top}, {at_.x + width_, strip.top + strip.height})) return;
        for (unsigned i = 1; i <= 32; ++i) draw_small_bit(canvas_, strip, i, bit_at(bits.value, 32, i), ink, false);
    }

    // L and R, f with its subkey, the XOR, and both halves changing sides. `y` is the upper end of the rung.
    void rung(const LadderRound& round, float y) {
        const Theme& theme = context_.theme;
        const float thin = 1.4F * canvas_.line();
        const float box = std::min(1.0F * em_, pitch_ - 0.42F * em_), middle = y + box / 2,
                    turn = y + box + 0.04F * em_, end = y + pitch_;
        const ImVec2 from{at_.x, y - 0.12F * em_}, to{at_.x + width_, y + box + 0.12F * em_};
        const bool hovered = canvas_.hovered(from, to);
        if (hovered) canvas_.box(from, to, theme.raised, theme.border);
        if (hovered && ImGui::IsMouseClicked(0)) context_.requests.go_to(stops_[round.round].node);
        half(left_, true, middle, theme.left, round.left_label, round.left);
        half(right_, false, middle, theme.right, round.right_label, round.right);
        // Down both lanes, then across: R becomes the next L, what the XOR gives becomes the next R.
        canvas_.straight({right_lane_, y}, {right_lane_, turn}, theme.right, thin);
        canvas_.straight({left_lane_, y}, {left_lane_, turn}, theme.left, thin);
        canvas_.straight({right_lane_, turn}, {left_lane_, end}, theme.right, thin);
        canvas_.straight({left_lane_, turn}, {right_lane_, end}, theme.left, thin);
        // R goes into f as well, and f's result to the XOR.
        const float centre = centre_, reach = std::min(1.7F * em_, half_gap_ - 0.7F * em_);
        canvas_.straight({right_lane_, middle}, {centre + reach, middle}, theme.right, thin);
        arrow({centre + reach, middle}, theme.right);
        canvas_.straight({centre - reach, middle}, {left_lane_, middle}, theme.sbox, thin);
        canvas_.box({centre - reach, y}, {centre + reach, y + box}, theme.raised,
                    hovered ? theme.current : theme.border, hovered ? 2.2F * canvas_.line() : 0);
        const ImFont* font = context_.fonts.small;
        const float f = Canvas::size(font, "f ").x, words = f + Canvas::size(font, round.subkey_label).x;
        canvas_.text(font, {centre - words / 2, middle - font->FontSize / 2}, theme.text, "f");
        canvas_.text(font, {centre - words / 2 + f, middle - font->FontSize / 2}, theme.key, round.subkey_label);
        exclusive_or({left_lane_, middle});
    }

    void arrow(ImVec2 tip, ImU32 ink) {
        const float s = 0.26F * em_;
        ImGui::GetWindowDrawList()->AddTriangleFilled({tip.x, tip.y}, {tip.x + s, tip.y - 0.7F * s},
                                                      {tip.x + s, tip.y + 0.7F * s}, ink);
    }

    void exclusive_or(ImVec2 centre) {
        const float r = 0.32F * em_;
        ImDrawList* list = ImGui::GetWindowDrawList();
        list->AddCircleFilled(centre, r, context_.theme.panel, 16);
        list->AddCircle(centre, r, context_.theme.text, 16, 1.3F * canvas_.line());
        canvas_.straight({centre.x - r, centre.y}, {centre.x + r, centre.y}, context_.theme.text,
                         1.3F * canvas_.line());
        canvas_.straight({centre.x, centre.y - r}, {centre.x, centre.y + r}, context_.theme.text,
                         1.3F * canvas_.line());
    }

    // L16 and R16, the swap, and the preoutput.
    float ends(float y) {
        const Theme& theme = context_.theme;
        const float thin = 1.4F * canvas_.line(), row = 0.95F * em_, cross = 0.95F * em_;
        half(left_, true, y + row / 2, theme.left, "L\u2081\u2086", b_.left_16);
        half(right_, false, y + row / 2, theme.right, "R\u2081\u2086", b_.right_16);
        const float end = y + row + cross;
        const ImVec2 from{left_lane_ - 0.4F * em_, y}, to{right_lane_ + 0.4F * em_, end};
        const bool hovered = canvas_.hovered(from, to);
        lanes(y, y + row, theme.left, theme.right);
        canvas_.straight({left_lane_, y + row}, {right_lane_, end}, theme.left, thin);
        canvas_.straight({right_lane_, y + row}, {left_lane_, end}, theme.right, thin);
        const float reach = Canvas::size(context_.fonts.small, "swap").x / 2 + 0.4F * em_;
        canvas_.box({centre_ - reach, y}, {centre_ + reach, y + row}, theme.raised,
                    hovered ? theme.current : theme.border);
        canvas_.text_centred(context_.fonts.small, {centre_, y + row / 2}, theme.text, "swap");
        if (hovered && ImGui::IsMouseClicked(0)) context_.requests.go_to(stops_[17].node);
        // The preoutput has R first.
        half(left_, true, end + row / 2, theme.right, "R\u2081\u2086", b_.right_16);
        half(right_, false, end + row / 2, theme.left, "L\u2081\u2086", b_.left_16);
        if (Canvas::size(context_.fonts.small, "preoutput").x < right_lane_ - left_lane_ - 0.6F * em_)
            canvas_.text_centred(context_.fonts.small, {centre_, end + row / 2}, theme.muted, "preoutput");
        lanes(end, end + row + 0.2F * em_, theme.right, theme.left);
        return end + row + 0.2F * em_;
    }

    FrameContext& context_;
    const BlockModel& b_;
    Canvas& canvas_;
    std::vector<BlockStop> stops_;
    ImVec2 at_;
    float em_, width_, visible_;
    std::vector<ImVec2> chained_; // the upper middles of the chain's boxes
    float top_ = 0, lead_ = 0, short_lead_ = 0, pitch_ = 0, centre_ = 0, left_lane_ = 0, right_lane_ = 0, half_gap_ = 0,
          hex_ = 0, label_ = 0;
    bool cells_ = false;
    Strip left_, right_;
};

} // namespace

void draw_block_stage(FrameContext& context) {
    const BlockModel block = make_block_model(context.trace, context.step.node);
    Canvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float visible = ImGui::GetWindowHeight() - ImGui::GetStyle().WindowPadding.y * 2;
    BlockStage stage(context, block, canvas, at, ImGui::GetContentRegionAvail().x, visible);
    const float foot = stage.draw();
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({1, foot - at.y});
    if (context.moved) bring_into_sight(stage.top(), stage.top() + visible / 2, context.fonts.em);
}

} // namespace keyhole::viz
