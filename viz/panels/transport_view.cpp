// The bar at the top: moves, play and speed, the address as a breadcrumb, the go-to field, theme, scale and help.
// In a narrow window it takes two or three rows.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <vector>

#include "core/steps/address.hpp"
#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/text_input.hpp"
#include "viz/panels/go_to_field.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

void command_button(FrameContext& context, Command command, std::string_view label, ImVec2 size, bool lit = false) {
    ImGui::PushID(static_cast<int>(command));
    if (lit) {
        ImGui::PushStyleColor(ImGuiCol_Button, context.theme.colour(Ink::current));
        ImGui::PushStyleColor(ImGuiCol_ButtonHovered, context.theme.colour(Ink::current));
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colour(Ink::on_current));
    }
    // No padding: a label is centred in the whole button.
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, ImGui::GetStyle().FramePadding.y});
    if (ImGui::Button(std::string(label).c_str(), size)) context.requests.run(command);
    ImGui::PopStyleVar();
    if (lit) ImGui::PopStyleColor(3);
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", tooltip(command).c_str());
    ImGui::PopID();
}

struct Sizes {
    float em, button, height, gap;

    Sizes(float size, bool compact)
        : em(size),
          button((compact ? 1.75F : 2.1F) * size),
          height((compact ? 1.7F : 2.0F) * size),
          gap((compact ? 0.12F : 0.35F) * size) {}
};

void moves(FrameContext& context, const Sizes& sizes) {
    for (const Command c : {Command::start, Command::out, Command::back, Command::over, Command::into, Command::end}) {
        command_button(context, c, info(c).icon, {sizes.button, sizes.height});
        ImGui::SameLine(0, sizes.gap);
    }
}

void play(FrameContext& context, const Sizes& sizes, bool with_speed) {
    const bool playing = context.player.playing();
    const float narrow = 0.8F * sizes.button, gap = 0.4F * sizes.gap;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + sizes.gap);
    if (with_speed) {
        command_button(context, Command::slower, info(Command::slower).icon, {narrow, sizes.height});
        ImGui::SameLine(0, gap);
    }
    const double speed = context.player.speed();
    const std::string label = fmt::format("{} {}", playing ? "\uf04c" : info(Command::play_pause).icon,
                                          speed < 1 ? fmt::format("{:g} s", 1 / speed) // a step
                                                    : fmt::format("{:g}\u00D7", speed));
    command_button(context, Command::play_pause, label, {4.2F * sizes.em, sizes.height}, playing);
    if (!with_speed) return;
    ImGui::SameLine(0, gap);
    command_button(context, Command::faster, info(Command::faster).icon, {narrow, sizes.height});
}

// Tab puts the chosen address into the field.
std::optional<std::string> completed(const FrameContext& context) {
    const auto& hits = context.search.hits();
    if (!context.go_to.open || hits.empty()) return std::nullopt;
    return address(context.go_to.chosen.value_or(hits.front().node));
}

// The wrong input stays in the field, outlined; what is wrong with it is written in the line below the toolbar.
void go_to_field(FrameContext& context, float width) {
    GoToField& field = context.state.of<GoToField>();
    std::string text = context.go_to.text;
    ImGui::SetNextItemWidth(width);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0.6F * context.fonts.em, 0.4F * context.fonts.em});
    const bool wrong = !context.go_to.error.empty();
    {
        const FieldMark mark(wrong, context.theme.colour(Ink::error));
        if (context.go_to.wants_keyboard) compat::focus_next_field();
        const char* hint = width > 12 * context.fonts.em ? "Go to: sbox 3, round 16" : "Go to: sbox 3";
        text_input(context, "##go-to", hint, text, ImGuiInputTextFlags_AutoSelectAll,
                   [&](std::string_view) { return completed(context); });
    }
    field.active = ImGui::IsItemActive();
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    field.area = {from.x, from.y, to.x - from.x, to.y - from.y};
    if (ImGui::IsItemEdited() || (ImGui::IsItemActivated() && !text.empty() && !wrong))
        context.requests.search(std::move(text));
    ImGui::PopStyleVar();
    if (ImGui::IsItemHovered() && !ImGui::IsItemActive()) ImGui::SetTooltip("%s", tooltip(Command::go_to).c_str());
}

// Those that are needed where there is little room, and all of them where there is much.
std::vector<Command> setting_buttons(const Layout& layout, float em) {
    using enum Command;
    std::vector<Command> buttons;
    if (layout.top.w >= 84 * em) buttons = {open_file, save_file, export_csv, picture_stage};
    if (layout.top.w >= 44 * em) buttons.insert(buttons.end(), {smaller, larger});
    if (layout.top.w >= 30 * em) buttons.push_back(next_theme);
    buttons.push_back(toggle_left);
    if (layout.lacks(Overlay::pages)) buttons.push_back(show_pages);
    if (layout.top.w >= 34 * em) buttons.push_back(present);
    buttons.push_back(help);
    return buttons;
}

// Ends at `right`. Returns where it begins.
float settings(FrameContext& context, const Layout& layout, const Sizes& sizes, float right, float y) {
    const std::vector<Command> buttons = setting_buttons(layout, context.fonts.em);
    const float gap = 0.5F * sizes.gap;
    const auto count = static_cast<float>(buttons.size());
    const float from = right - count * sizes.button - (count - 1) * gap;
    ImGui::SetCursorPos({from, y});
    for (const Command command : buttons) {
        const std::string_view label = command == Command::smaller  ? "A\u2212"
                                       : command == Command::larger ? "A+"
                                                                    : info(command).icon;
        const bool lit = command == Command::help ? context.ui.help : command == Command::present && layout.presenting;
        command_button(context, command, label, {sizes.button, sizes.height}, lit);
        ImGui::SameLine(0, gap);
    }
    return from;
}

void draw_breadcrumb(FrameContext& context, float width) {
    const Node& node = context.step.node;
    ImGui::PushFont(font_of(context.fonts, FontRole::figures));
    // Where the whole address is too long, its head gives way to dots that lead to the step above.
    std::size_t first = 0;
    const auto part_text = [&](std::size_t i) { return component(node.part(i), i == 0); };
    const auto length = [&] {
        float sum = first > 0 ? ImGui::CalcTextSize("../").x : 0;
        for (std::size_t i = first; i < node.depth(); ++i) {
            sum += ImGui::CalcTextSize(part_text(i).c_str()).x + (i > first ? ImGui::CalcTextSize(" / ").x : 0);
        }
        return sum;
    };
    while (first + 1 < node.depth() && length() > width) ++first;
    const auto crumb = [&](const std::string& text, const Node& target, bool current, int id) {
        const ImVec2 at = ImGui::GetCursorScreenPos(), extent = ImGui::CalcTextSize(text.c_str());
        const auto [clicked, hovered] = button_over({at.x, at.y, extent.x, extent.y}, id);
        if (clicked) context.requests.go_to(target);
        ImGui::SetCursorScreenPos(at);
        ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colour(current   ? Ink::current
                                                                  : hovered ? Ink::text
                                                                            : Ink::muted));
        ImGui::TextUnformatted(text.c_str());
        ImGui::PopStyleColor();
    };
    std::vector<Node> path;
    for (Node at = node; at.depth() > 0; at = at.parent()) path.insert(path.begin(), at);
    if (first > 0) {
        crumb("../", path[first - 1], false, -1);
        ImGui::SameLine(0, 0);
    }
    for (std::size_t i = first; i < path.size(); ++i) {
        if (i > first) {
            ImGui::SameLine(0, 0);
            ImGui::TextDisabled(" / ");
            ImGui::SameLine(0, 0);
        }
        crumb(part_text(i), path[i], i + 1 == path.size(), static_cast<int>(i));
    }
    ImGui::PopFont();
}

} // namespace

void draw_transport(FrameContext& context, const Layout& layout) {
    const float em = context.fonts.em;
    const Sizes sizes(em, layout.compact);
    const float pad = 0.45F * em;
    const float right = layout.top.w - pad;
    const float crumb_drop = (sizes.height - font_of(context.fonts, FontRole::figures)->FontSize) / 2;
    ImGui::SetCursorPos({pad, pad});
    moves(context, sizes);
    play(context, sizes, layout.top.w >= 30 * em);
    ImGui::SameLine();
    const float after = ImGui::GetCursorPosX();
    const float settings_from = settings(context, layout, sizes, right, pad);
    if (layout.top_rows == 1) {
        const float start = after + 0.6F * em;
        const float field = layout.top.w >= 80 * em ? 14 * em : 9 * em;
        const float field_at = settings_from - field - 0.6F * em;
        ImGui::SetCursorPos({start, pad + crumb_drop});
        draw_breadcrumb(context, field_at - start - em);
        ImGui::SetCursorPos({field_at, pad});
        go_to_field(context, field);
        return;
    }
    const float y = pad + sizes.height + 0.15F * em;
    const float field = std::max(9 * em, 0.3F * layout.top.w);
    ImGui::SetCursorPos({pad, y + crumb_drop});
    draw_breadcrumb(context, layout.top.w - field - 3 * pad);
    ImGui::SetCursorPos({right - field, y});
    go_to_field(context, field);
}

} // namespace keyhole::viz
