#include "viz/stages/schedule/subkeys_picture.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "viz/picture/strip.hpp"
#include "viz/stages/round/round_model.hpp"

namespace keyhole::viz {
namespace {

class SubkeyTable {
  public:
    SubkeyTable(const StageInput& input, const ScheduleModel& s, Canvas& canvas, Rect area)
        : input_(input), s_(s), canvas_(canvas), area_(area), em_(canvas.em()), lit_(input.state.followed != 0) {
        if (lit_) places_ = subkey_places(static_cast<unsigned>(input.state.followed), s.kind);
        const float figure = canvas.width(FontRole::figures_small, "0");
        name_ = 2 * em_;
        shift_ = 1.6F * em_;
        half_ = 7 * figure + 0.7F * em_;
        key_ = 12 * figure + 0.4F * em_;
        const float bare = name_ + shift_ + key_;
        const float pitch = (area_.w - bare - 0.6F * em_) / 50.4F;
        cells_ = pitch >= 0.3F * em_ && (s_.round == 0 || area_.h >= 20 * em_);
        const float free = area_.h - 1.8F * em_, least = 1.12F * em_;
        columns_ = !cells_ && area_.w >= 2 * bare + em_ ? 2 : 1;
        if (columns_ == 2 && free < 8 * least && area_.w >= 4 * bare + 3 * em_) columns_ = 4;
        width_ = area_.w / static_cast<float>(columns_);
        halves_ = !cells_ && width_ >= bare + 2 * half_ + 0.4F * em_;
        per_column_ = 16U / static_cast<unsigned>(columns_);
        // Beside a subkey's own round as many of its neighbours as there is room for.
        if (s_.round > 0 && free < least * static_cast<float>(per_column_)) {
            per_column_ = static_cast<unsigned>(std::max(1.0F, free / least));
            const unsigned shown = per_column_ * static_cast<unsigned>(columns_);
            first_ = std::min(16 - shown, s_.round - 1 - std::min(s_.round - 1, shown / 2));
        }
        height_ = std::clamp(free / static_cast<float>(per_column_), least, 1.5F * em_);
        strip_ = {.count = 48,
                  .group = 6,
                  .left = area_.x + bare + 0.3F * em_,
                  .pitch = std::min(pitch, 0.8F * em_),
                  .height = height_ - 0.2F * em_};
        strip_.gap = strip_.pitch / 3;
    }

    float draw() {
        heading();
        for (unsigned i = first_; i < first_ + per_column_ * static_cast<unsigned>(columns_); ++i) row(i);
        return area_.y + 1.4F * em_ + height_ * static_cast<float>(per_column_);
    }

  private:
    Point corner(unsigned i) const {
        const unsigned place = i - first_;
        return {area_.x + width_ * static_cast<float>(place / per_column_),
                area_.y + 1.4F * em_ + height_ * static_cast<float>(place % per_column_)};
    }

    // Where the subkey's digits stand in a row.
    float digits() const { return name_ + shift_ + (halves_ ? 2 * half_ : 0); }

    void heading() {
        for (int c = 0; c < columns_; ++c) {
            const float x = area_.x + width_ * static_cast<float>(c);
            const auto word = [&](float from, std::string_view text) {
                canvas_.text(FontRole::small, {x + from, area_.y}, Ink::muted, text);
            };
            word(name_ - 0.2F * em_, "\u21BA");
            if (halves_) word(name_ + shift_, "C"), word(name_ + shift_ + half_, "D");
            word(digits(), "subkey");
        }
        if (cells_)
            canvas_.text(FontRole::small, {strip_.left, area_.y}, Ink::muted, "its 48 bits, six for each S-box");
    }

    void row(unsigned i) {
        const SubkeyRow& key = s_.subkeys[i];
        const Point at = corner(i);
        const Rect rect{at.x, at.y, width_ - 0.5F * em_, height_};
        const bool here = key.round == s_.round;
        const std::string id = fmt::format("table.K{}", key.round);
        const Node node =
            input_.step.node.up_to(Kind::schedule).child({.kind = Kind::schedule_round, .number = key.round});
        canvas_.box(rect, here ? Ink::current_tint : Ink::none, here ? Ink::current : Ink::none,
                    here ? 2.2F * canvas_.line() : 0, id);
        canvas_.link(id, rect, node);
        const float middle = rect.centre().y;
        const auto figures = [&](float x, Paint paint, std::string_view text) {
            canvas_.text(FontRole::figures_small, {at.x + x, middle - canvas_.height(FontRole::figures_small) / 2},
                         paint, text);
        };
        canvas_.text(FontRole::text, {at.x + 0.3F * em_, middle - em_ / 2}, here ? Ink::current : Ink::key,
                     indexed("K", key.round));
        figures(name_, Ink::muted, fmt::to_string(key.shift));
        if (halves_) {
            figures(name_ + shift_, Ink::muted, hex_text(key.c).substr(2));
            figures(name_ + shift_ + half_, Ink::muted, hex_text(key.d).substr(2));
        }
        figures(digits(), Ink::text, hex_text(key.subkey).substr(2));
        if (cells_) return row_cells(key, at.y + 0.1F * em_, id, node);
        if (lit_) place_of_followed(places_[i], {at.x + digits() + key_ + 0.5F * em_, middle}, at.x + width_);
    }

    void row_cells(const SubkeyRow& key, float top, const std::string& id, const Node& node) {
        strip_.top = top;
        for (unsigned position = 1; position <= 48; ++position) {
            draw_small_bit(canvas_, strip_, position, bit_at(key.subkey.value, 48, position), Ink::key,
                           position == places_[key.round - 1] ? CellLook::followed : CellLook::ordinary,
                           fmt::format("{}.{}", id, position));
            Area& area = canvas_.area(id, {strip_.x(position), strip_.top, strip_.pitch, strip_.height});
            if (const auto path = path_through(KeyLane::subkey, position, key.round, s_.kind)) area.follow = path->key;
            area.go_to = node;
        }
    }

    // In words where there are no cells; `at` is in the middle of the line's height.
    void place_of_followed(unsigned place, Point at, float end) {
        const std::string words = place == 0 ? "left out" : fmt::format("bit {}", place);
        if (end - at.x > canvas_.width(FontRole::small, words) + 0.6F * em_)
            canvas_.text(FontRole::small, {at.x, at.y - canvas_.height(FontRole::small) / 2},
                         place == 0 ? Ink::muted : Ink::current, words);
    }

    const StageInput& input_;
    const ScheduleModel& s_;
    Canvas& canvas_;
    Rect area_;
    float em_;
    bool lit_;
    unsigned per_column_ = 16, first_ = 0; // rows; the first subkey that is shown, from 0
    std::array<unsigned, 16> places_{};    // of the key bit that is followed, 0 where it is not
    float name_ = 0, shift_ = 0, half_ = 0, key_ = 0, width_ = 0, height_ = 0;
    int columns_ = 1;
    bool cells_ = false, halves_ = false;
    Strip strip_;
};

} // namespace

float draw_subkeys(const StageInput& input, const ScheduleModel& schedule, Canvas& canvas, Rect area) {
    return SubkeyTable(input, schedule, canvas, area).draw();
}

} // namespace keyhole::viz
