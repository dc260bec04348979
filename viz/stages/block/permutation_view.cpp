// The stage of IP, FP and the swap: 64 cells above, 64 below, a wire for every bit, and the table of the standard as a
// square of eight rows. Wires have the colour of the half they belong to; the bit under the mouse is followed.
#include "viz/stages/block/permutation_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/bit_strip.hpp"
#include "viz/frame/views.hpp"
#include "viz/stages/block/block_model.hpp"

namespace keyhole::viz {
namespace {

class PermutationStage {
  public:
    PermutationStage(FrameContext& context, const PermutationModel& p, Canvas& canvas, ImVec2 at, float width,
                     float visible)
        : context_(context), p_(p), canvas_(canvas), at_(at), em_(context.fonts.em), width_(width), visible_(visible) {}

    /// Returns the foot.
    float draw() {
        const float head_end = place();
        follow();
        words(head_end);
        rows();
        if (!p_.squares) return rule(to_.top + to_.height + 2.8F * em_);
        for (const bool before : {true, false}) square(before);
        return rule(std::max(squares_[0].y, squares_[1].y) + 8 * cell_ + 0.5F * em_);
    }

    /// From the upper row to the lower one.
    std::pair<float, float> work() const { return {from_.top - 2.6F * em_, to_.top + to_.height + 2.4F * em_}; }

  private:
    // Where the rows lie; returns where the line of words stands.
    float place() {
        const std::vector<BlockStop> stops = block_stops(context_.step.node);
        std::vector<std::string> labels;
        StageHead head{p_.kind == Kind::ip   ? "Initial permutation IP"
                       : p_.kind == Kind::fp ? "Final permutation FP"
                                             : "Swap of the halves",
                       fmt::format("block {}: 64 bits move, none changes", context_.step.node.number(Kind::block)),
                       {},
                       {}};
        for (std::size_t i = 0; i < stops.size(); ++i) {
            labels.push_back(stops[i].label);
            if (stops[i].node == context_.step.node) head.current = i;
        }
        head.stops = labels;
        float foot = 0;
        if (const auto clicked = draw_head(canvas_, head, at_, width_, foot))
            context_.requests.go_to(stops[*clicked].node);
        from_ = {.count = 64, .group = 8};
        // 64 cells, six gaps of a third of a cell and a middle of a whole one.
        from_.pitch = std::min((width_ - 0.7F * em_) / 67.2F, 1.1F * em_);
        from_.gap = from_.pitch / 3;
        from_.middle = std::max(1.2F * from_.pitch, 0.7F * em_);
        from_.height = std::clamp(1.3F * from_.pitch, 0.9F * em_, 1.2F * em_);
        from_.left = at_.x + (width_ - from_.width()) / 2;
        const float lines = width_ < 20 * em_ ? 2 : 1;
        from_.top = foot + 1.2F * lines * em_ + 2.8F * em_;
        to_ = from_;
        const float rest = visible_ - (from_.top - at_.y) - 2 * from_.height - (p_.squares ? 17.2F : 7) * em_;
        to_.top = from_.top + from_.height + std::clamp(rest, 5 * em_, 14 * em_);
        place_squares(to_.top + to_.height + 4 * em_);
        return foot;
    }

    // The upper left corners of the squares; one below the other in a narrow panel.
    void place_squares(float top) {
        cell_ = std::min(1.42F * em_, width_ / 8);
        const float side = 8 * cell_;
        const bool beside = width_ > 2 * side + 3 * em_;
        const float gap = beside ? std::min(6 * em_, width_ - 2 * side) : 0;
        const float x = at_.x + (width_ - side * (beside ? 2 : 1) - gap) / 2;
        squares_ = {{{x, top}, {x, top + side + 2 * em_}}};
        if (beside) squares_[1] = {x + side + gap, top};
    }

    ImVec2 square_cell(bool before, unsigned i) const {
        const ImVec2 corner = squares_[before ? 0 : 1];
        return {corner.x + cell_ * static_cast<float>((i - 1) % 8), corner.y + cell_ * static_cast<float>((i - 1) / 8)};
    }

    // The bit that is followed, by its place above: under the mouse, in either row or square, or the one last clicked.
    void follow() {
        ImGuiStorage& kept = *ImGui::GetStateStorage();
        const ImGuiID key = ImGui::GetID("followed bit");
        std::optional<unsigned> found = from_.hovered(canvas_);
        if (const auto below = to_.hovered(canvas_)) found = p_.source[*below - 1];
        for (unsigned i = 1; p_.squares && i <= 64; ++i) {
            for (const bool before : {true, false}) {
                const ImVec2 corner = square_cell(before, i);
                if (canvas_.hovered(corner, {corner.x + cell_, corner.y + cell_}))
                    found = before ? i : p_.source[i - 1];
            }
        }
        for (unsigned i = 1; !found && i <= 64; ++i) {
            if (canvas_.on_wire(from_.lower(i), to_.upper(p_.destination[i - 1]))) found = i;
        }
        if (found && ImGui::IsMouseClicked(0))
            kept.SetInt(key, kept.GetInt(key) == static_cast<int>(*found) ? 0 : static_cast<int>(*found));
        lit_ = found.value_or(static_cast<unsigned>(kept.GetInt(key)));
    }

    void words(float y) {
        const std::string words = lit_ == 0 ? "Point at a bit to follow it, click to keep it." : bit_words(p_, lit_);
        canvas_.paragraph(context_.fonts.small, {at_.x, y}, width_,
                          lit_ == 0 ? context_.theme.muted : context_.theme.current, words);
    }

    static const HalfRow& half(const std::array<HalfRow, 2>& halves, unsigned place) {
        return halves[place > 32 ? 1 : 0];
    }

    // The half that gives a wire its colour: that of the end which has one.
    ImU32 ink(unsigned before) const {
        const HalfRow& above = half(p_.from_halves, before);
        return colour(context_.theme,
                      above.label.empty() ? half(p_.to_halves, p_.destination[before - 1]).meaning : above.meaning);
    }

    void rows() {
        for (const bool lit : {false, true}) {
            for (unsigned i = 1; i <= 64; ++i) {
                if ((i == lit_) != lit) continue;
                const float thin = canvas_.line();
                canvas_.wire(from_.lower(i), to_.upper(p_.destination[i - 1]),
                             lit ? context_.theme.current : faded(ink(i), context_.theme.wire_alpha),
                             lit ? 2.6F * thin : 1.2F * thin);
            }
        }
        row(from_, p_.from, p_.from_halves, p_.from_words, true);
        row(to_, p_.to, p_.to_halves, p_.to_words, false);
    }

    void row(const Strip& strip, Bits bits, const std::array<HalfRow, 2>& halves, const std::string& words,
             bool above) {
        for (unsigned i = 1; i <= 64; ++i) {
            const bool lit = lit_ != 0 && i == (above ? lit_ : p_.destination[lit_ - 1]);
            const ImU32 own = colour(context_.theme, half(halves, i).meaning);
            if (covered(above)) {
                canvas_.covered_cell(strip.corner(i), {strip.cell(), strip.height}, own, lit);
            } else {
                draw_bit(canvas_, strip, i, bit_at(bits.value, 64, i), own, lit ? CellLook::live : CellLook::ordinary);
            }
        }
        // What this step made has the thick outline.
        for (const unsigned first : {1U, 33U}) {
            const float out = 0.16F * em_;
            if (!above)
                canvas_.box({strip.x(first) - out, strip.top - out},
                            {strip.x(first + 31) + strip.cell() + out, strip.top + strip.height + out}, 0,
                            context_.theme.current, 2.2F * canvas_.line());
        }
        // Outside the row: its places, then what the row is.
        draw_ticks(canvas_, strip, above ? strip.top - 0.55F * em_ : strip.top + strip.height + 0.6F * em_,
                   !halves[0].label.empty());
        const float line = above ? strip.top - 2.1F * em_ : strip.top + strip.height + 1.15F * em_;
        if (halves[0].label.empty()) {
            canvas_.text(context_.fonts.small, {strip.left, line}, context_.theme.muted,
                         fmt::format("{}  {}", covered(above) ? "?" : hex_text(bits), words));
            return;
        }
        for (const unsigned h : {0U, 1U}) {
            const Bits value{bit_slice(bits.value, 64, 32 * h + 1, 32), 32};
            canvas_.text(context_.fonts.small, {strip.x(32 * h + 1), line}, colour(context_.theme, halves[h].meaning),
                         fmt::format("{}  {}", halves[h].label, covered(above) ? "?" : hex_text(value)));
        }
    }

    // The row above, and its places before, are what the step starts from.
    bool covered(bool above) const { return !above && context_.covered(); }

    float rule(float y) {
        return canvas_.paragraph(context_.fonts.text, {at_.x, y}, width_, context_.theme.text, p_.rule);
    }

    // A row again as a square of places before; that of the lower row is the standard's table.
    void square(bool before) {
        const ImVec2 corner = squares_[before ? 0 : 1];
        const std::string words = before ? "places before" : fmt::format("{}: taken from", p_.name);
        canvas_.text(context_.fonts.small, {corner.x, corner.y - 1.25F * em_}, context_.theme.muted, words);
        for (unsigned i = 1; i <= 64; ++i) {
            const unsigned number = before ? i : p_.source[i - 1];
            const ImVec2 from = square_cell(before, i), to{from.x + cell_ - 0.1F * em_, from.y + cell_ - 0.1F * em_};
            const bool one = !covered(before) && bit_at(p_.from.value, 64, number) != 0, lit = number == lit_;
            const ImU32 own = ink(number);
            canvas_.box(from, to, one ? own : context_.theme.panel,
                        lit   ? context_.theme.current
                        : one ? own
                              : faded(own, 0.6F),
                        lit ? 2.6F * canvas_.line() : 0);
            canvas_.text_centred(context_.fonts.figures_tiny, {(from.x + to.x) / 2, (from.y + to.y) / 2},
                                 one ? context_.theme.on_fill : context_.theme.text, fmt::to_string(number));
        }
    }

    FrameContext& context_;
    const PermutationModel& p_;
    Canvas& canvas_;
    ImVec2 at_;
    float em_, width_, visible_;
    Strip from_, to_;
    unsigned lit_ = 0;
    float cell_ = 0;
    std::array<ImVec2, 2> squares_{};
};

} // namespace

void draw_permutation_stage(FrameContext& context) {
    const PermutationModel p = make_permutation_model(context.trace, context.step.node);
    Canvas canvas(context.theme, context.fonts);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float visible = ImGui::GetWindowHeight() - ImGui::GetStyle().WindowPadding.y * 2;
    PermutationStage stage(context, p, canvas, at, ImGui::GetContentRegionAvail().x, visible);
    const float foot = stage.draw();
    ImGui::SetCursorScreenPos(at);
    ImGui::Dummy({1, foot - at.y});
    if (!context.moved) return;
    const auto [from, to] = stage.work();
    bring_into_sight(from, to, context.fonts.em);
}

} // namespace keyhole::viz
