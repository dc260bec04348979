// The two bars at the foot: the phases of the whole trace, and the steps of the current one; a click or a drag on
// either goes there.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/scrubber_model.hpp"

namespace keyhole::viz {
namespace {

struct ScrubberState {
    Scrubber bar; // with thousands of messages the phases take longer to find than to draw
    std::uint64_t session = 0;
    std::size_t messages = 0;
    bool dragged = false; // a drag is going on, and has moved
};

ScrubberState& kept_scrubber(const FrameContext& context) {
    auto& kept = context.state.of<ScrubberState>();
    const std::size_t now = context.trace.recording().messages.size();
    if (context.moved || kept.session != context.session.id || kept.messages != now) {
        kept.bar = scrubber(context.trace.tree(), context.step.node);
        kept.session = context.session.id;
        kept.messages = now;
    }
    return kept;
}

class ScrubberView {
  public:
    explicit ScrubberView(FrameContext& context)
        : context_(context),
          canvas_(context.theme, context.fonts),
          kept_(kept_scrubber(context)),
          bar_(kept_.bar),
          em_(context.fonts.em),
          at_(to_point(ImGui::GetCursorScreenPos())),
          width_(ImGui::GetContentRegionAvail().x) {}

    void draw(bool low) {
        const std::string where =
            fmt::format("step {} of {}", grouped_decimal(bar_.number), grouped_decimal(bar_.total));
        const float where_width = canvas_.width(FontRole::small, where);
        // In a low window the number stands beside the bars, and labels are left out.
        if (low) width_ -= where_width + em_;
        const float upper = at_.y, middle = upper + (low ? 0.45F : 0.65F) * em_;
        const float lower = middle + (low ? 0.2F : 1.2F) * em_, foot = lower + (low ? 0.5F : 0.6F) * em_;
        canvas_.text(FontRole::small,
                     {low ? at_.x + width_ + em_ : at_.x + width_ - where_width,
                      low ? at_.y + 0.1F * em_ : middle + 0.15F * em_},
                     Ink::text, where);
        bar("phases", {at_.x, upper, width_, middle - upper}, number_at);
        phases(upper, middle, low ? 0 : width_ - where_width - em_);
        bar("steps", {at_.x, lower, width_, foot - lower}, number_within);
        steps(lower, foot);
        if (!ImGui::IsMouseDown(0)) kept_.dragged = false;
    }

  private:
    // What the mouse does on one of the bars.
    template <class NumberAt>
    void bar(const char* id, Rect rect, NumberAt number_at_place) {
        ImGui::SetCursorScreenPos({rect.x, rect.y - 0.1F * em_});
        ImGui::InvisibleButton(id, {std::max(rect.w, 1.0F), rect.h + 0.2F * em_});
        const bool dragged = ImGui::IsItemActive();
        if (!dragged && !ImGui::IsItemHovered()) return;
        const float over = std::clamp((ImGui::GetIO().MousePos.x - rect.x) / rect.w, 0.0F, 1.0F);
        const std::uint64_t number = number_at_place(bar_, over);
        if (dragged) {
            context_.requests.seek(number, kept_.dragged);
            kept_.dragged = kept_.dragged || number != context_.cursor.number();
        } else {
            ImGui::SetTooltip("%s\nstep %s", address(context_.trace.tree().at_number(number)).c_str(),
                              grouped_decimal(number).c_str());
        }
    }

    // `labels_end` is how far their names may go, from the left; 0: there are none.
    void phases(float top, float foot, float labels_end) {
        float free_from = at_.x;
        for (std::size_t i = 0; i < bar_.phases.size(); ++i) {
            const Phase& phase = bar_.phases[i];
            const bool here = i == bar_.current;
            const float from = std::round(at_.x + phase.begin * width_);
            const float to = std::max(std::round(at_.x + phase.end * width_) - 0.15F * em_, from + 2);
            canvas_.box(Rect::between({from, top}, {to, foot}), faded(ink_of(phase.meaning), here ? 1.0F : 0.55F),
                        here ? Ink::current : Ink::none, here ? 1.6F * canvas_.line() : 0);
            const float wide = canvas_.width(FontRole::small, phase.label);
            if (from < free_from || from + wide > at_.x + labels_end) continue;
            canvas_.text(FontRole::small, {from, foot + 0.15F * em_}, here ? Ink::text : Ink::muted, phase.label);
            free_from = from + wide + 0.5F * em_;
        }
    }

    void steps(float top, float foot) {
        if (bar_.phases.empty()) return;
        const Phase& phase = bar_.phases[bar_.current];
        canvas_.box(Rect::between({at_.x, top}, {at_.x + width_, foot}), ink_of(phase.meaning), Ink::none);
        for (const Mark& mark : bar_.marks) {
            const float x = at_.x + mark.at * width_;
            const float height = (mark.level == 0 ? 1.0F : mark.level == 1 ? 0.66F : 0.4F) * (foot - top);
            canvas_.straight({x, foot - height}, {x, foot}, faded(Ink::panel, 0.75F), canvas_.line());
        }
        const float x = at_.x + bar_.within * width_;
        canvas_.box(Rect::between({x - 0.16F * em_, top - 0.2F * em_}, {x + 0.16F * em_, foot + 0.2F * em_}),
                    Ink::current, Ink::panel, canvas_.line());
    }

    FrameContext& context_;
    ScreenCanvas canvas_;
    ScrubberState& kept_;
    const Scrubber& bar_;
    float em_;
    Point at_;
    float width_;
};

} // namespace

void draw_scrubber(FrameContext& context, bool with_labels) { ScrubberView(context).draw(!with_labels); }

} // namespace keyhole::viz
