#include "viz/pages/lab/lab_page.hpp"

#include <array>
#include <vector>

#include "viz/draw/imgui_point.hpp"
#include "viz/frame/cone_wish.hpp"
#include "viz/pages/lab/break_view.hpp"
#include "viz/pages/lab/cone_view.hpp"
#include "viz/pages/lab/difference_view.hpp"
#include "viz/pages/lab/lab_view.hpp"
#include "viz/pages/lab/meet_view.hpp"
#include "viz/pages/lab/tables_view.hpp"
#include "viz/pages/lab/variant_view.hpp"

namespace keyhole::viz {
namespace {

constexpr Seconds between_looks{0.05}; // while a view is busy

constexpr std::array all_views = {
    LabViewInfo{"Variant", "DES with something changed on purpose, and what that does", make_variant_view},
    LabViewInfo{"Tables", "what the S-boxes do to differences and sums, and what was asked of them", make_tables_view},
    LabViewInfo{"Break", "differential and linear attacks on 4, 6 and 8 rounds, with their counters", make_break_view},
    LabViewInfo{"Cone", "what a bit depends on, and what depends on it", make_cone_view},
    LabViewInfo{"Differences", "how a difference goes from round to round, and with what chance", make_difference_view},
    LabViewInfo{"Meet", "both keys of double DES, by meeting in the middle", make_meet_view},
};

class LabPage final : public Page {
  public:
    LabPage() {
        for (const LabViewInfo& info : all_views) views_.push_back(info.make());
    }

    void draw(FrameContext& context, Rect /*room*/) override {
        if (!context.state.of<ConeWish>().bit.empty()) shown_ = cone_view;
        Rect room = free_room();
        const float row = draw_row(context, room);
        room.y += row;
        room.h -= row;
        ImGui::SetCursorScreenPos(to_imgui(room.corner()));
        view().draw(context, room);
    }

    bool press(const KeyPress& press, FrameContext& context) override {
        if (view().press(press, context)) return true;
        if (press != next_view.key) return false;
        shown_ = (shown_ + 1) % views_.size();
        return true;
    }

    std::span<const PageAction> actions() const override {
        const auto own = views_[shown_]->actions();
        actions_.assign(own.begin(), own.end());
        actions_.push_back(next_view);
        return actions_;
    }

    void tick(Seconds now) override { now_ = now; }
    std::optional<Seconds> due() const override {
        return views_[shown_]->busy() ? std::optional(now_ + between_looks) : std::nullopt;
    }

  private:
    static constexpr PageAction next_view{{.key = key_of('g')}, "G", "next view"};

    // Where the menu of the stage leads.
    static constexpr std::size_t cone_view = 3;
    static_assert(all_views[cone_view].label == "Cone");

    LabView& view() { return *views_[shown_]; }

    // The views side by side. Returns how high the row is.
    float draw_row(FrameContext& context, Rect room) {
        ScreenCanvas canvas(context.theme, context.fonts);
        const float em = canvas.em(), height = 1.9F * em;
        float x = room.x;
        for (std::size_t i = 0; i < all_views.size(); ++i) {
            const LabViewInfo& info = all_views[i];
            const Rect rect{x, room.y + 0.2F * em, canvas.width(FontRole::text, info.label) + 1.4F * em, 1.4F * em};
            const auto [clicked, hovered] = button_over(rect, static_cast<int>(i));
            if (clicked) shown_ = i;
            if (hovered) ImGui::SetTooltip("%s", std::string(info.words).c_str());
            const bool on = i == shown_;
            canvas.box(rect, on ? Ink::current : Ink::raised, hovered ? Ink::current : Ink::border);
            canvas.text_centred(FontRole::text, rect.centre(), on ? Ink::on_current : Ink::text, info.label);
            x = rect.right() + 0.3F * em;
        }
        const std::string_view words = all_views[shown_].words;
        if (x + em + canvas.width(FontRole::small, words) < room.right())
            canvas.text(FontRole::small, {x + 0.6F * em, room.y + 0.5F * em}, Ink::muted, words);
        return height + 0.3F * em;
    }

    std::vector<std::unique_ptr<LabView>> views_;
    std::size_t shown_ = 0;
    Seconds now_{0};
    mutable std::vector<PageAction> actions_; // those of the view that is shown, and the page's
};

} // namespace

std::unique_ptr<Page> make_lab_page() { return std::make_unique<LabPage>(); }

} // namespace keyhole::viz
