// The bar for files, where notices stand: what is to be done, the path, and below it what is wrong, what would be
// replaced, or how far the work is. The list below the field shows how the path may go on.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/text_input.hpp"
#include "viz/panels/file_field.hpp"
#include "viz/panels/panels.hpp"

namespace keyhole::viz {
namespace {

constexpr std::size_t most_rows = 8;
constexpr float row_height = 2.0F, pad_ems = 0.45F; // in em

std::string_view keys_of(Files::State state) {
    return state == Files::State::working
               ? "Esc cancels \u00B7 stepping goes on meanwhile"
               : "Enter does it \u00B7 Tab completes \u00B7 \u2191 \u2193 choose \u00B7 Esc leaves";
}

std::string line_below(const Files& files) {
    if (files.trouble().empty()) return std::string(keys_of(files.state()));
    return (files.asks_to_replace() ? "\uf059  " : "\uf071  ") + files.trouble();
}

void path_field(FrameContext& context, Rect area) {
    const Files& files = context.files;
    std::string text = files.text();
    const float em = context.fonts.em;
    ImGui::SetCursorScreenPos({area.x, area.y});
    ImGui::SetNextItemWidth(area.w);
    ImGui::PushFont(font_of(context.fonts, FontRole::figures));
    const float height = ImGui::GetFontSize();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0.6F * em, (area.h - height) / 2});
    {
        const FieldMark mark(!files.trouble().empty(),
                             context.theme.colour(files.asks_to_replace() ? Ink::current : Ink::error));
        if (files.wants_keyboard()) compat::focus_next_field();
        if (text_input(context, "##path", "a path; ~ is your home folder", text, ImGuiInputTextFlags_AutoSelectAll,
                       [&](std::string_view typed) { return files.completed(typed); })) {
            context.requests.file([typed = std::move(text)](Files& it) { it.type(typed); });
        }
    }
    context.state.of<FileField>().active = ImGui::IsItemActive();
    ImGui::PopStyleVar();
    ImGui::PopFont();
}

bool small_button(const char* label, const char* words, Rect area) {
    ImGui::SetCursorScreenPos({area.x, area.y});
    const bool pressed = ImGui::Button(label, {area.w, area.h});
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", words);
    return pressed;
}

void draw_choice(FrameContext& context, ScreenCanvas& canvas, std::size_t index, Rect area) {
    const PathChoice& choice = context.files.completion().choices()[index];
    const float em = context.fonts.em;
    const bool chosen = context.files.chosen() == index;
    if (chosen) {
        canvas.box(area, Ink::current_tint, Ink::current, 2 * canvas.line());
    } else if (canvas.hovered(area)) {
        canvas.box(area, Ink::panel, Ink::muted);
    }
    const float middle = area.y + area.h / 2;
    const float text_at = area.x + 2.2F * em;
    canvas.text_centred(FontRole::text, {area.x + 1.1F * em, middle}, choice.folder ? Ink::current : Ink::muted,
                        choice.folder ? "\uf07b" : "\uf016");
    const FontRole font = FontRole::figures_small;
    canvas.text(font, {text_at, middle - canvas.height(font) / 2}, Ink::text,
                canvas.shortened(font, choice.shown, area.right() - text_at - 0.4F * em));
}

} // namespace

float files_height(const FrameContext& context, float width) {
    const float em = context.fonts.em;
    // The panel's gap to the window's side, its own padding and the text's.
    const float room = width - 2 * (0.45F + 2 * pad_ems) * em;
    return (row_height + 2 * pad_ems + 0.45F) * em +
           paragraph_height(ScreenTypeface(context.fonts), FontRole::text, room, line_below(context.files));
}

void draw_files(FrameContext& context) {
    const Files& files = context.files;
    FileField& state = context.state.of<FileField>();
    state.active = false;
    const float em = context.fonts.em, gap = 0.5F * em;
    ScreenCanvas canvas(context.theme, context.fonts);
    const ImVec2 panel = ImGui::GetWindowPos(), extent = ImGui::GetWindowSize();
    const float left = panel.x + 2 * pad_ems * em, right = panel.x + extent.x - pad_ems * em;
    const float top = panel.y + pad_ems * em, height = row_height * em;
    const float middle = top + height / 2;
    const float label_end =
        canvas.text(FontRole::text, {left, middle - canvas.height(FontRole::text) / 2}, Ink::text, files.label());
    const Rect close{right - height, top, height, height};
    const Rect field{label_end + 0.8F * em, top, close.x - gap - label_end - 0.8F * em, height};
    const float below = top + height + 0.45F * em;
    if (files.state() == Files::State::working) {
        const FontRole font = FontRole::figures;
        canvas.text(font, {field.x, middle - canvas.height(font) / 2}, Ink::text,
                    head_cut(canvas, font, files.text(), field.w));
        if (small_button("\uf00d", "Cancel (Esc)", close))
            context.requests.file([](Files& bar) { bar.press({.key = Key::escape}); });
        const std::string percent = fmt::format("{:3.0f} %", 100 * files.share());
        const float bar = std::min(20 * em, 0.4F * (right - left));
        const float y = below + 0.25F * em;
        canvas.box({left, y, bar, 0.8F * em}, Ink::raised, Ink::muted);
        const float done = static_cast<float>(files.share()) * bar;
        if (done > 0) canvas.box({left, y, done, 0.8F * em}, Ink::current, Ink::none);
        const float after = canvas.text(FontRole::figures_small, {left + bar + 0.6F * em, below}, Ink::text, percent);
        canvas.text(FontRole::text, {after + 0.9F * em, below}, Ink::muted, line_below(files));
        return;
    }
    path_field(context, {field.x, field.y, field.w - height - gap, field.h});
    // Down to the panel's foot, so that the list leaves the line below the field to be read.
    state.area = {field.x, field.y, field.w, panel.y + extent.y - field.y};
    if (small_button("\uf00c", "Do it (Enter)", {close.x - gap - height, top, height, height}))
        context.requests.do_file();
    if (small_button("\uf00d", "Leave (Esc)", close)) context.requests.file([](Files& bar) { bar.close(); });
    const Paint ink = files.trouble().empty() ? Ink::muted : files.asks_to_replace() ? Ink::current : Ink::error;
    canvas.paragraph(FontRole::text, {left, below}, right - left, ink, line_below(files));
}

void draw_file_list(FrameContext& context, Rect room) {
    const Files& files = context.files;
    const PathCompletion& completion = files.completion();
    const FileField& kept = context.state.of<FileField>();
    if (files.state() != Files::State::asking || !kept.active) return;
    if (completion.choices().empty() && completion.readable()) return;
    const float em = context.fonts.em, row = 1.7F * em, pad = 0.4F * em, foot = 1.6F * em;
    const Rect& field = kept.area;
    const float y = field.bottom() + 0.2F * em;
    const std::size_t count = completion.choices().size();
    const auto fit = static_cast<std::size_t>(std::max(1.0F, (room.bottom() - y - foot - 2 * pad) / row));
    const std::size_t shown = std::min({count, most_rows, fit});
    const Rect area{field.x, y, field.w, 2 * pad + static_cast<float>(shown) * row + foot};
    if (compat::begin_panel("entries", {area.x, area.y}, {area.w, area.h}, false)) {
        ScreenCanvas canvas(context.theme, context.fonts);
        draw_list_ground(canvas, area);
        const std::size_t chosen = files.chosen().value_or(0);
        const std::size_t first = chosen < shown ? 0 : chosen - shown + 1;
        for (std::size_t i = first; i < first + shown; ++i)
            draw_choice(
                context, canvas, i,
                {area.x + pad, area.y + pad + static_cast<float>(i - first) * row, area.w - 2 * pad, row - 0.1F * em});
        std::string words = completion.words();
        if (count > shown) words = fmt::format("{} of {}", chosen + 1, words);
        const FontRole font = FontRole::small;
        canvas.text(font, {area.x + pad + 0.5F * em, area.bottom() - pad - 1.2F * em},
                    completion.readable() ? Ink::muted : Ink::error,
                    canvas.shortened(font, words, area.w - 2 * pad - em));
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        const float at = (mouse.y - area.y - pad) / row;
        const bool inside = ImGui::IsWindowHovered() && at >= 0 && at < static_cast<float>(shown);
        if (inside && ImGui::IsMouseClicked(0))
            context.requests.file([entry = first + static_cast<std::size_t>(at)](Files& bar) { bar.choose(entry); });
    }
    ImGui::EndChild();
}

} // namespace keyhole::viz
