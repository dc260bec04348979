#include "viz/app/window_view.hpp"

#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/field_view.hpp"
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
        panel("page", layout.page, false, [&] { page->draw(context, layout.page); });
        return 0;
    }
    float overflow = 0;
    if (layout.left_shown) panel("left", layout.left, false, [&] { draw_left(context); });
    panel("stage", layout.stage, true, [&] {
        scroll(context.ui.scroll_stage);
        draw_stage(context);
        if (layout.one_column) draw_details(context);
        overflow = ImGui::GetScrollMaxY();
    });
    if (layout.one_column) return overflow;
    panel("details", layout.details, true, [&] {
        if (context.moved) ImGui::SetScrollY(0);
        scroll(context.ui.scroll_details);
        draw_details(context);
    });
    return overflow;
}

} // namespace

StagePlace draw_window(FrameContext& context, const WindowContent& content) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const bool files = context.files.state() != Files::State::closed && !content.bare;
    const bool noticed = files || (!content.notice.empty() && !content.bare);
    const float notice_room = files ? files_height(context, size.x) : notice_height(context, content.notice, size.x);
    const Layout layout =
        arrange(size.x, size.y, context.fonts.em, context.ui.left != LeftPanel::none, noticed, notice_room);
    if (!files) context.state.of<FileField>().active = false;

    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
    ImGui::Begin("Keyhole", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    draw_transport(context, layout);
    draw_tab_row(context, layout);
    if (files) {
        panel("files", layout.notice, false, [&] { draw_files(context); });
    } else if (layout.notice_shown) {
        panel("notice", layout.notice, false,
              [&] { draw_notice(context, content.notice, content.wrong ? Ink::error : Ink::text); });
    }
    const float overflow = draw_room(context, layout, content.page);
    panel("scrubber", layout.bottom, false, [&] { draw_scrubber(context, !layout.low); });
    if (!content.bare) {
        const Rect room{layout.bottom.x, 0, layout.bottom.w, layout.bottom.bottom()};
        draw_search(context, room);
        if (files) draw_file_list(context, room);
    }
    ImGui::End();
    return {.area = content.page != nullptr || context.ui.help ? layout.page : layout.stage, .overflow = overflow};
}

} // namespace keyhole::viz
