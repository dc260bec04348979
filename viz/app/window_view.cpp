#include "viz/app/window_view.hpp"

#include <algorithm>

#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/field_view.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/panels/file_field.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

template <class Draw>
void panel(const char* id, const Rect& rect, bool scrolls, Draw draw_inside) {
    if (compat::begin_panel(id, {rect.x, rect.y}, {rect.w, rect.h}, scrolls)) draw_inside();
    ImGui::EndChild();
}

void draw_tab_row(FrameContext& context, const Layout& layout) {
    if (!layout.tabs_shown) return;
    ImGui::SetCursorPos({layout.tabs.x, layout.tabs.y});
    if (ImGui::BeginChild("tabs", {layout.tabs.w, layout.tabs.h}, false, ImGuiWindowFlags_NoNav)) draw_tabs(context);
    ImGui::EndChild();
}

void draw_step(FrameContext& context) {
    if (context.moved) ImGui::SetScrollY(0);
    scroll(context.ui.scroll_details);
    draw_details(context);
}

// The borders of the panels beside the stage can be dragged.
void draw_borders(FrameContext& context, const Layout& layout) {
    const float em = context.fonts.em;
    const auto border = [&](int id, float x, Overlay panel, auto width_at) {
        button_over({x - 0.25F * em, layout.page.y, 0.5F * em, layout.page.h}, id);
        if (ImGui::IsItemHovered() || ImGui::IsItemActive()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
        if (ImGui::IsItemActive()) context.requests.widen(panel, width_at(ImGui::GetIO().MousePos.x) / em);
    };
    const float half = (layout.stage.x - layout.left.right()) / 2;
    if (layout.left_shown)
        border(1, layout.left.right() + half, Overlay::left, [&](float x) { return x - half - layout.left.x; });
    if (layout.details_shown && layout.details.x > layout.stage.x)
        border(2, layout.stage.right() + (layout.details.x - layout.stage.right()) / 2, Overlay::details,
               [&](float x) { return layout.details.right() - x - 0.2F * em; });
}

// The room between the tabs and the scrubber. Returns how much of the stage is out of sight.
float draw_room(FrameContext& context, const Layout& layout, Page* page) {
    if (context.ui.help) {
        panel("help", layout.page, true, [&] {
            scroll(context.ui.scroll_stage);
            draw_help(context);
        });
        return 0;
    }
    if (page != nullptr) {
        const auto actions = page->actions();
        const float em = context.fonts.em;
        const float foot = layout.page.h > 22 * em ? actions_height(context, actions, layout.page.w - em) : 0;
        Rect room = layout.page;
        room.h -= foot;
        panel("page", room, false, [&] { page->draw(context, room); });
        if (foot > 0) draw_actions(context, actions, {room.x + 0.5F * em, room.bottom(), room.w - em, foot});
        return 0;
    }
    float overflow = 0;
    const float em = context.fonts.em;
    // Where there is no line for what comes next, the chip gets one of its own while it is there.
    const bool chip_below = !layout.next_shown && !context.state.of<StageMemory>().chip.empty();
    Rect stage = layout.stage;
    if (chip_below) stage.h -= 1.7F * em;
    if (layout.left_shown) panel("left", layout.left, false, [&] { draw_left(context); });
    panel("stage", stage, true, [&] {
        scroll(context.ui.scroll_stage);
        draw_stage(context);
        draw_step_menu(context);
        if (layout.one_column && layout.details_shown) draw_details(context);
        overflow = ImGui::GetScrollMaxY();
    });
    if (chip_below) draw_chip(context, {stage.x + 0.5F * em, stage.bottom() + 0.2F * em, stage.w, 1.3F * em});
    if (layout.details_shown && !layout.one_column)
        panel("details", layout.details, true, [&] {
            if (!draw_lesson_in_details(context, layout)) draw_step(context);
        });
    if (layout.next_shown) draw_next(context, layout);
    draw_borders(context, layout);
    tell_of_lesson(context, layout);
    return overflow;
}

// ImGui paints a child's ground below all other children where the one before does not touch it.
void draw_ground(const FrameContext& context, const Rect& rect) {
    const ImVec2 from{rect.x, rect.y}, to{rect.right(), rect.bottom()};
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect(from, to);
    list.AddRectFilled(from, to, context.theme.colour(Ink::panel), ImGui::GetStyle().ChildRounding);
    list.AddRect(from, to, context.theme.colour(Ink::border), ImGui::GetStyle().ChildRounding);
    list.PopClipRect();
}

void draw_overlay(FrameContext& context, const Layout& layout) {
    // The upper edge brings the toolbar, and it goes when the mouse leaves it.
    const float y = ImGui::GetIO().MousePos.y, em = context.fonts.em;
    if (layout.lacks(Overlay::toolbar) && layout.overlay == Overlay::none && y >= 0 && y < 0.3F * em &&
        ImGui::IsMousePosValid())
        context.requests.show(Overlay::toolbar);
    if (layout.overlay == Overlay::toolbar && y > layout.over.bottom() + 2 * em) context.requests.show(Overlay::none);
    if (layout.overlay == Overlay::none) return;
    const ImVec4 ground = ImGui::ColorConvertU32ToFloat4(context.theme.colour(Ink::panel));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, ground);
    panel("overlay", layout.over, layout.overlay != Overlay::left && layout.overlay != Overlay::toolbar, [&] {
        draw_ground(context, layout.over);
        switch (layout.overlay) {
            case Overlay::left: draw_left(context); break;
            case Overlay::details: draw_step(context); break;
            case Overlay::pages: draw_page_list(context); break;
            case Overlay::toolbar: {
                Layout top = layout;
                top.top = layout.over;
                draw_transport(context, top);
                break;
            }
            case Overlay::none: break;
        }
    });
    ImGui::PopStyleColor();
}

// At the end of the row of tabs, or where there is none, and in a picture of the stage, in the corner of what is shown.
void draw_mark_over(FrameContext& context, const Layout& layout, const Rect& area, bool bare) {
    const std::string& mark = context.trace.mark();
    if (mark.empty()) return;
    const float em = context.fonts.em, width = mark_width(context, mark);
    const Rect row = layout.tabs_shown && !bare ? layout.tabs : Rect{area.x, area.y, area.w, 1.7F * em};
    const Rect rect{row.right() - width - 0.3F * em, row.y + 0.15F * em, width, std::min(row.h - 0.3F * em, 1.4F * em)};
    panel("mark", rect, false, [&] { draw_mark(context, mark, rect); });
}

// What the mouse is over on the stage, or a window around it.
Rect lit_area(const FrameContext& context) {
    const Rect pointed = context.state.of<StageMemory>().pointed;
    if (pointed.w > 0) return pointed;
    const ImVec2 at = ImGui::GetIO().MousePos;
    const float em = context.fonts.em;
    return {at.x - 7 * em, at.y - 2.5F * em, 14 * em, 5 * em};
}

// All but what is pointed at is dimmed while Shift is held.
void draw_spotlight(const FrameContext& context, const Rect& lit, ImVec2 size) {
    const Paint dark = faded(Ink::background, 0.8F);
    const auto fill = [&](Rect r) {
        if (r.w > 0 && r.h > 0)
            ImGui::GetForegroundDrawList()->AddRectFilled({r.x, r.y}, {r.right(), r.bottom()},
                                                          context.theme.colour(dark));
    };
    fill({0, 0, size.x, lit.y});
    fill({0, lit.bottom(), size.x, size.y - lit.bottom()});
    fill({0, lit.y, lit.x, lit.h});
    fill({lit.right(), lit.y, size.x - lit.right(), lit.h});
}

} // namespace

StagePlace draw_window(FrameContext& context, const WindowContent& content) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const bool files = context.files.state() != Files::State::closed && !content.bare;
    const bool noticed = files || (!content.notice.empty() && !content.bare);
    const float notice_room = files ? files_height(context, size.x) : notice_height(context, content.notice, size.x);
    const Layout layout = arrange(size.x, size.y, context.fonts.em,
                                  {.left = context.ui.left != LeftPanel::none,
                                   .details = context.ui.details,
                                   .notice = noticed,
                                   .notice_height = notice_room,
                                   .left_width = context.ui.left_width,
                                   .details_width = context.ui.details_width,
                                   .presenting = context.ui.presenting,
                                   .overlay = content.bare ? Overlay::none : context.ui.overlay});
    if (!files) context.state.of<FileField>().active = false;

    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::Begin("Keyhole", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    if (!layout.presenting) draw_transport(context, layout);
    draw_tab_row(context, layout);
    if (files) {
        panel("files", layout.notice, false, [&] { draw_files(context); });
    } else if (layout.notice_shown) {
        panel("notice", layout.notice, false,
              [&] { draw_notice(context, content.notice, content.wrong ? Ink::error : Ink::text); });
    }
    const float overflow = draw_room(context, layout, content.page);
    if (!layout.presenting) panel("scrubber", layout.bottom, false, [&] { draw_scrubber(context, !layout.low); });
    draw_overlay(context, layout);
    const Rect& area = content.page != nullptr || context.ui.help ? layout.page : layout.stage;
    draw_mark_over(context, layout, area, content.bare);
    if (const float wheel = ImGui::GetIO().MouseWheel; wheel != 0 && ImGui::GetIO().KeyCtrl)
        context.requests.run(wheel > 0 ? Command::larger : Command::smaller);
    if (!content.bare) {
        const Rect room{layout.bottom.x, 0, layout.bottom.w, layout.bottom.bottom()};
        draw_search(context, room);
        if (files) draw_file_list(context, room);
    }
    ImGui::End();
    if (context.ui.presenting && ImGui::GetIO().KeyShift && !ImGui::GetIO().WantTextInput)
        draw_spotlight(context, lit_area(context), size);
    if (context.ui.black) ImGui::GetForegroundDrawList()->AddRectFilled({0, 0}, size, IM_COL32_BLACK);
    return {.layout = layout, .area = area, .overflow = overflow};
}

} // namespace keyhole::viz
