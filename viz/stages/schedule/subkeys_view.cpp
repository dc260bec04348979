// All sixteen subkeys as a table: shift, C, D and the subkey in hex, and where there is room the 48 bits as cells, so
// that a key bit which is followed shows its place in each of them. A row is the way to its round.
#include <fmt/format.h>

#include <algorithm>

#include "viz/draw/bit_strip.hpp"
#include "viz/frame/views.hpp"
#include "viz/stages/round/round_model.hpp"
#include "viz/stages/schedule/schedule_model.hpp"

namespace keyhole::viz {
namespace {

class SubkeyTable {
  public:
    SubkeyTable(FrameContext& context, const ScheduleModel& s, Canvas& canvas, Rect area)
        : context_(context), s_(s), canvas_(canvas), area_(area), em_(context.fonts.em) {
        const float figure = Canvas::size(context_.fonts.figures_small, "0").x;
        name_ = 2 * em_;
        shift_ = 1.6F * em_;
        half_ = 7 * figure + 0.7F * em_;
        key_ = 12 * figure + 0.4F * em_;
        const float bare = name_ + shift_ + key_;
        const float pitch = (area_.w - bare - 0.6F * em_) / 50.4F;
        cells_ = pitch >= 0.3F * em_ && (s_.round == 0 || area_.h >= 20 * em_);
        columns_ = !cells_ && area_.w >= 2 * bare + em_ ? 2 : 1;
        width_ = area_.w / static_cast<float>(columns_);
        halves_ = !cells_ && width_ >= bare + 2 * half_ + 0.4F * em_;
        const float rows = 16.0F / static_cast<float>(columns_);
        height_ = std::clamp((area_.h - 1.8F * em_) / rows, 1.12F * em_, 1.5F * em_);
        strip_ = {.count = 48,
                  .group = 6,
                  .left = area_.x + bare + 0.3F * em_,
                  .pitch = std::min(pitch, 0.8F * em_),
                  .height = height_ - 0.2F * em_};
        strip_.gap = strip_.pitch / 3;
    }

    /// The key bit whose cell is under the mouse.
    std::optional<unsigned> hovered() {
        for (unsigned i = 0; cells_ && i < 16; ++i) {
            strip_.top = corner(i).y + 0.1F * em_;
            if (const auto position = strip_.hovered(canvas_)) {
                const auto path = path_through(KeyLane::subkey, *position, i + 1);
                return path ? std::optional(path->key) : std::nullopt;
            }
        }
        return std::nullopt;
    }

    float draw(unsigned lit) {
        lit_ = lit != 0;
        if (lit_) places_ = subkey_places(lit);
        heading();
        for (unsigned i = 0; i < 16; ++i) row(i);
        return area_.y + 1.7F * em_ + height_ * 16 / static_cast<float>(columns_);
    }

  private:
    ImVec2 corner(unsigned i) const {
        const auto per_column = 16U / static_cast<unsigned>(columns_);
        return {area_.x + width_ * static_cast<float>(i / per_column),
                area_.y + 1.4F * em_ + height_ * static_cast<float>(i % per_column)};
    }

    void heading() {
        for (int c = 0; c < columns_; ++c) {
            const float x = area_.x + width_ * static_cast<float>(c);
            const auto word = [&](float from, std::string_view text) {
                canvas_.text(context_.fonts.small, {x + from, area_.y}, context_.theme.muted, text);
            };
            word(name_ - 0.2F * em_, "\u21BA");
            if (halves_) word(name_ + shift_, "C"), word(name_ + shift_ + half_, "D");
            word(name_ + shift_ + (halves_ ? 2 * half_ : 0), "subkey");
        }
        if (cells_)
            canvas_.text(context_.fonts.small, {strip_.left, area_.y}, context_.theme.muted,
                         "its 48 bits, six for each S-box");
    }

    void row(unsigned i) {
        const SubkeyRow& key = s_.subkeys[i];
        const ImVec2 at = corner(i), end{at.x + width_ - 0.5F * em_, at.y + height_};
        const bool here = key.round == s_.round;
        const bool hovered = canvas_.hovered(at, end);
        if (here || hovered)
            canvas_.box(at, end, here ? context_.theme.current_tint : context_.theme.raised,
                        here ? context_.theme.current : context_.theme.border, here ? 2.2F * canvas_.line() : 0);
        if (hovered && ImGui::IsMouseClicked(0))
            context_.requests.go_to(
                context_.step.node.up_to(Kind::schedule).child({.kind = Kind::schedule_round, .number = key.round}));
        const float middle = at.y + height_ / 2;
        const ImFont* font = context_.fonts.figures_small;
        const auto figures = [&](float x, ImU32 ink, std::string_view text) {
            canvas_.text(font, {at.x + x, middle - font->FontSize / 2}, ink, text);
        };
        canvas_.text(context_.fonts.text, {at.x + 0.3F * em_, middle - em_ / 2},
                     here ? context_.theme.current : context_.theme.key, indexed("K", key.round));
        figures(name_, context_.theme.muted, fmt::to_string(key.shift));
        if (halves_) {
            figures(name_ + shift_, context_.theme.muted, hex_text(key.c).substr(2));
            figures(name_ + shift_ + half_, context_.theme.muted, hex_text(key.d).substr(2));
        }
        figures(name_ + shift_ + (halves_ ? 2 * half_ : 0), context_.theme.text, hex_text(key.subkey).substr(2));
        // Where the followed key bit lies in it.
        const float beside = name_ + shift_ + (halves_ ? 2 * half_ : 0) + key_ + 0.5F * em_;
        const std::string place = places_[i] == 0 ? "left out" : fmt::format("bit {}", places_[i]);
        if (lit_ && !cells_ && width_ - beside > Canvas::size(context_.fonts.small, place).x + 0.6F * em_) {
            canvas_.text(context_.fonts.small, {at.x + beside, middle - context_.fonts.small->FontSize / 2},
                         places_[i] == 0 ? context_.theme.muted : context_.theme.current, place);
        }
        if (!cells_) return;
        strip_.top = at.y + 0.1F * em_;
        for (unsigned position = 1; position <= 48; ++position)
            draw_small_bit(canvas_, strip_, position, bit_at(key.subkey.value, 48, position), context_.theme.key,
                           position == places_[i]);
    }

    FrameContext& context_;
    const ScheduleModel& s_;
    Canvas& canvas_;
    Rect area_;
    float em_;
    bool lit_ = false;
    std::array<unsigned, 16> places_{}; // of the key bit that is followed, 0 where it is not
    float name_ = 0, shift_ = 0, half_ = 0, key_ = 0, width_ = 0, height_ = 0;
    int columns_ = 1;
    bool cells_ = false, halves_ = false;
    Strip strip_;
};

} // namespace

float draw_subkeys(FrameContext& context, const ScheduleModel& schedule, Canvas& canvas, Rect area, unsigned& lit) {
    SubkeyTable table(context, schedule, canvas, area);
    lit = table.hovered().value_or(lit);
    return table.draw(lit);
}

} // namespace keyhole::viz
