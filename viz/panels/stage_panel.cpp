// The panel of the stage: asks the stage of the step for its picture when something has changed, paints it, and turns
// what the mouse and the keys do on it into the stage's state or into requests.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "viz/draw/imgui_point.hpp"
#include "viz/draw/painter.hpp"
#include "viz/draw/row_bar.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/panels.hpp"
#include "viz/picture/motion.hpp"
#include "viz/stages/fitted.hpp"

namespace keyhole::viz {
namespace {

// Scrolls the panel until the stretch is visible, from its upper end on when there is not room for all of it.
void bring_into_sight(float from, float to, float em) {
    const float seen_from = ImGui::GetWindowPos().y, seen_to = seen_from + ImGui::GetWindowHeight();
    const float margin = std::clamp((seen_to - seen_from - (to - from)) / 2, 0.15F * em, em);
    if (from < seen_from) {
        ImGui::SetScrollY(std::max(0.0F, ImGui::GetScrollY() - (seen_from - from) - margin));
    } else if (to > seen_to) {
        ImGui::SetScrollY(ImGui::GetScrollY() +
                          std::max(0.0F, std::min(to - seen_to + margin, from - seen_from - margin)));
    }
}

class StagePanel {
  public:
    StagePanel(FrameContext& context, const Stage& stage)
        : context_(context),
          stage_(stage),
          memory_(context.state.of<StageMemory>()),
          state_(memory_.state(stage.kind)),
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
                .covered = context.covered(),
                .predicting = context.predicting(),
                .unseen = context.unseen()};
    }

    void draw() {
        make(context_.moved);
        const Area* pointed = area_under_mouse();
        react(pointed);
        if (make(false, context_.ui.item_step != 0)) pointed = area_under_mouse();
        const auto [set, growth] = context_.fonts.nearest(memory_.growth);
        const float share = motion();
        Painter painter(context_.theme, set, {-scroll_.x, -scroll_.y}, growth);
        const std::string_view id = pointed != nullptr ? std::string_view(pointed->id) : std::string_view();
        if (share < 1) {
            painter.paint(moved_picture(memory_.before, memory_.picture, share), id);
        } else {
            painter.paint(memory_.picture, id);
        }
        memory_.pointed = place_of(pointed);
        if (pointed != nullptr && !pointed->tooltip.empty()) ImGui::SetTooltip("%s", pointed->tooltip.c_str());
        for (const ListBar& list : memory_.picture.lists) scroll_list(list);
        finish();
    }

  private:
    StageInput input(const Typeface& type, bool moved, bool stepped = false) const {
        return {.trace = context_.trace,
                .step = context_.step,
                .style = {context_.theme, type},
                .room = room_,
                .covered = context_.covered(),
                .predicting = context_.predicting(),
                .unseen = context_.unseen(),
                .state = state_,
                .moved = moved,
                .stepped = stepped};
    }

    template <class Use>
    void with_type(Use use) const {
        const auto [set, growth] = context_.fonts.nearest(memory_.growth);
        use(GrownTypeface(ScreenTypeface(set), growth));
    }

    float em() const { return memory_.growth * context_.fonts.em; }

    // False where the picture that is there shows all this already.
    bool make(bool moved, bool stepped = false) {
        const bool other = memory_.made_of != key_;
        if (!moved && !other && memory_.made_in == state_) return false;
        // What is followed or switched does not change the size, or the drawing would jump under the mouse.
        if (moved || other || memory_.growth == 0 || memory_.made_in.zoom != state_.zoom) {
            const ScreenTypeface plain(context_.fonts.stage.back());
            const GrownTypeface type(plain, 1 / context_.fonts.stage.back().growth);
            memory_.growth = fitting_growth(stage_, input(type, moved, stepped));
        }
        const bool stepped_on = memory_.made_of && !(memory_.made_of->node == key_.node);
        if (stepped_on) memory_.before = std::move(memory_.picture);
        with_type([&](const Typeface& type) { memory_.picture = stage_picture(stage_, input(type, moved, stepped)); });
        if (stepped_on) begin_motion();
        for (const ListBar& list : memory_.picture.lists) state_.first[list.id] = list.first;
        memory_.made_of = key_;
        memory_.made_in = state_;
        memory_.chip = chip();
        return true;
    }

    // From the picture of the step before, where it was in the same room.
    void begin_motion() {
        const StageMemory::Key& last = *memory_.made_of;
        memory_.moving = !context_.still && last.session == key_.session && last.room == key_.room &&
                         can_move(memory_.before, memory_.picture);
        memory_.motion_began = ImGui::GetTime();
    }

    // How far it is; 1 where nothing moves.
    float motion() {
        if (!memory_.moving) return 1;
        const double share = (ImGui::GetTime() - memory_.motion_began) / motion_seconds;
        memory_.moving = share < 1 && !context_.still;
        return memory_.moving ? static_cast<float>(share) : 1;
    }

    // On the picture, which may be scrolled.
    Point mouse() const {
        const ImVec2 at = ImGui::GetIO().MousePos;
        return {at.x + scroll_.x, at.y + scroll_.y};
    }

    const Area* area_under_mouse() const {
        if (!ImGui::IsWindowHovered()) return nullptr;
        return memory_.picture.at(mouse(), em());
    }

    Rect place_of(const Area* area) const {
        if (area == nullptr) return {};
        Rect rect = area->wire ? Rect::between({std::min(area->from.x, area->to.x), area->from.y},
                                               {std::max(area->from.x, area->to.x), area->to.y})
                               : area->rect;
        rect.x -= scroll_.x;
        rect.y -= scroll_.y;
        return rect.grown(0.4F * em());
    }

    void react(const Area* pointed) {
        const Item found = pointed != nullptr ? pointed->follow : 0;
        const bool clicked = pointed != nullptr && ImGui::IsMouseClicked(0);
        if (clicked && found != 0 && !pointed->go_to) { // the click leads away from what is followed
            state_.kept = !(state_.kept && state_.followed == found);
            state_.followed = found;
        }
        if (context_.ui.item_step != 0 && stage_.next != nullptr) {
            with_type([&](const Typeface& type) {
                state_.followed = stage_.next(input(type, false), state_.followed, context_.ui.item_step);
            });
            state_.kept = state_.followed != 0;
        }
        if (!state_.kept) state_.followed = found;
        const bool twice = pointed != nullptr && ImGui::IsMouseDoubleClicked(0);
        if (twice && !pointed->zoom.empty()) state_.zoom = state_.zoom.empty() ? pointed->zoom : std::string();
        if (context_.ui.zoom_turned && stage_.zoom != nullptr)
            with_type([&](const Typeface& type) {
                state_.zoom = state_.zoom.empty() ? stage_.zoom(input(type, false)) : std::string();
            });
        if (clicked && !twice && pointed->go_to) context_.requests.go_to(*pointed->go_to);
        if (clicked && !pointed->toggle.empty() && state_.toggled.erase(pointed->toggle) == 0)
            state_.toggled.insert(pointed->toggle);
    }

    // What is kept, or zoomed into.
    std::string chip() const {
        std::string words;
        if (state_.kept && stage_.item_name != nullptr)
            with_type([&](const Typeface& type) { words = stage_.item_name(input(type, false), state_.followed); });
        if (!state_.zoom.empty()) words += words.empty() ? "zoomed" : ", zoomed";
        return words;
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
            rows.scroll_by(std::int64_t{wheel < 0 ? 1 : -1} * (upright ? 3 : 1));
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
            bring_into_sight(picture.work_from - scroll_.y, picture.work_to - scroll_.y, em());
    }

    FrameContext& context_;
    const Stage& stage_;
    StageMemory& memory_;
    StageState& state_;
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
