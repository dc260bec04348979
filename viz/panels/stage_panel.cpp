// The panel of the stage: asks the stage of the step for its picture when something has changed, paints it, and turns
// what the mouse and the keys do on it into the stage's state or into requests.
#include <algorithm>
#include <cassert>
#include <cmath>

#include "viz/draw/imgui_point.hpp"
#include "viz/draw/painter.hpp"
#include "viz/draw/row_bar.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/panels.hpp"
#include "viz/stages/stages.hpp"

namespace keyhole::viz {
namespace {

// Scrolls the panel until the stretch is visible, from its upper end on when there is not room for all of it.
void bring_into_sight(float from, float to, float em) {
    const float seen_from = ImGui::GetWindowPos().y, seen_to = seen_from + ImGui::GetWindowHeight();
    if (from < seen_from) {
        ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() - (seen_from - from) - em));
    } else if (to > seen_to) {
        ImGui::SetScrollY(ImGui::GetScrollY() +
                          std::max(0.0F, std::min(to - seen_to + em, from - seen_from - 0.5F * em)));
    }
}

class StagePanel {
  public:
    StagePanel(FrameContext& context, const Stage& stage)
        : context_(context),
          stage_(stage),
          memory_(context.state.of<StageMemory>()),
          state_(memory_.state(stage.kind)),
          type_(context.fonts),
          scroll_{ImGui::GetScrollX(), ImGui::GetScrollY()} {
        const Point at = to_point(ImGui::GetCursorScreenPos());
        room_ = {at.x + scroll_.x, at.y + scroll_.y, ImGui::GetContentRegionAvail().x,
                 ImGui::GetWindowHeight() - 2 * ImGui::GetStyle().WindowPadding.y};
        key_ = {.node = context.step.node,
                .session = context.session.id,
                .steps = context.trace.tree().total(),
                .room = room_,
                .theme = &context.theme,
                .em = context.fonts.em,
                .covered = context.covered()};
    }

    void draw() {
        make(context_.moved);
        const Area* pointed = area_under_mouse();
        react(pointed);
        if (make(false, context_.ui.item_step != 0)) pointed = area_under_mouse();
        Painter(context_.theme, context_.fonts, {-scroll_.x, -scroll_.y})
            .paint(memory_.picture, pointed != nullptr ? std::string_view(pointed->id) : std::string_view());
        if (pointed != nullptr && !pointed->tooltip.empty()) ImGui::SetTooltip("%s", pointed->tooltip.c_str());
        for (const ListBar& list : memory_.picture.lists) scroll_list(list);
        finish();
    }

  private:
    StageInput input(bool moved, bool stepped = false) const {
        return {.trace = context_.trace,
                .step = context_.step,
                .style = {context_.theme, type_},
                .room = room_,
                .covered = context_.covered(),
                .state = state_,
                .moved = moved,
                .stepped = stepped};
    }

    // False where the picture that is there shows all this already.
    bool make(bool moved, bool stepped = false) {
        if (!moved && memory_.made_of == key_ && memory_.made_in == state_) return false;
        memory_.picture = stage_.make(input(moved, stepped));
        for (const ListBar& list : memory_.picture.lists) state_.first[list.id] = list.first;
        memory_.made_of = key_;
        memory_.made_in = state_;
        return true;
    }

    // On the picture, which may be scrolled.
    Point mouse() const {
        const ImVec2 at = ImGui::GetIO().MousePos;
        return {at.x + scroll_.x, at.y + scroll_.y};
    }

    const Area* area_under_mouse() const {
        if (!ImGui::IsWindowHovered()) return nullptr;
        return memory_.picture.at(mouse(), context_.fonts.em);
    }

    void react(const Area* pointed) {
        const Item found = pointed != nullptr ? pointed->follow : 0;
        const bool clicked = pointed != nullptr && ImGui::IsMouseClicked(0);
        if (clicked && found != 0 && !pointed->go_to) { // the click leads away from what is followed
            state_.kept = !(state_.kept && state_.followed == found);
            state_.followed = found;
        }
        if (context_.ui.item_step != 0 && stage_.next != nullptr) {
            state_.followed = stage_.next(input(false), state_.followed, context_.ui.item_step);
            state_.kept = state_.followed != 0;
        }
        if (!state_.kept) state_.followed = found;
        if (clicked && pointed->go_to) context_.requests.go_to(*pointed->go_to);
        if (clicked && !pointed->toggle.empty() && state_.toggled.erase(pointed->toggle) == 0)
            state_.toggled.insert(pointed->toggle);
    }

    // The wheel belongs to the panel where that scrolls; sideways it has only one meaning.
    void scroll_list(const ListBar& list) {
        RowWindow rows;
        rows.set_size(list.all, list.shown);
        rows.scroll_to(list.first);
        const ImGuiIO& io = ImGui::GetIO();
        const float wheel = io.MouseWheelH != 0 ? -io.MouseWheelH : io.MouseWheel;
        const bool upright = list.bar.h > list.bar.w;
        if (wheel != 0 && ImGui::IsWindowHovered() && list.list.contains(mouse()) &&
            (ImGui::GetScrollMaxY() <= 0 || io.KeyShift || io.MouseWheelH != 0))
            rows.scroll_by((wheel < 0 ? 1 : -1) * (upright ? 3 : 1));
        if (list.page_keys && context_.ui.scroll_stage != 0)
            rows.scroll_by((context_.ui.scroll_stage > 0 ? 1 : -1) * static_cast<std::int64_t>(list.shown));
        ScreenCanvas canvas(context_.theme, context_.fonts);
        ImGui::PushID(list.id.c_str());
        memory_.bars[list.id].draw(canvas, {list.bar.x - scroll_.x, list.bar.y - scroll_.y, list.bar.w, list.bar.h},
                                   rows);
        ImGui::PopID();
        state_.first[list.id] = rows.top();
    }

    void finish() {
        ImGui::SetCursorScreenPos({room_.x - scroll_.x, room_.y - scroll_.y});
        ImGui::Dummy({1, memory_.picture.foot - room_.y});
        const Picture& picture = memory_.picture;
        if (context_.moved && picture.work_to >= picture.work_from)
            bring_into_sight(picture.work_from - scroll_.y, picture.work_to - scroll_.y, context_.fonts.em);
    }

    FrameContext& context_;
    const Stage& stage_;
    StageMemory& memory_;
    StageState& state_;
    ScreenTypeface type_;
    Point scroll_;
    Rect room_;
    StageMemory::Key key_;
};

} // namespace

void draw_stage(FrameContext& context) {
    const Node& node = context.step.node;
    // The chain shows the block that one comes from.
    if (node.within(Kind::block))
        context.state.of<StageMemory>().state(StageKind::chain).last_block[node.number(Kind::message)] =
            node.number(Kind::block);
    StagePanel(context, stage(stage_of(node))).draw();
}

} // namespace keyhole::viz
