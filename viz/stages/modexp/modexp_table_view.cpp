// The table of all steps of an exponentiation: one row an exponent bit, every row a way there. Only rows in sight are
// made, so that an exponent of thousands of bits costs as much as one of ten.
#include <algorithm>
#include <cmath>
#include <map>

#include "viz/draw/imgui_compat.hpp"
#include "viz/frame/cached.hpp"
#include "viz/stages/modexp/modexp_view.hpp"

namespace keyhole::viz {
namespace {

// Where the columns begin; a narrow panel shows what a bit ends with only.
struct Columns {
    float index_end, bit, action, squared, multiplied;
    bool both;
};

Columns columns_of(const ModexpFrame& frame, float x, float width) {
    const Fonts& fonts = frame.context.fonts;
    const float em = fonts.em;
    const NumberText& modulus = frame.model.modulus.text;
    const float number = Canvas::size(fonts.figures_small, modulus.in_hex() ? modulus.excerpt : modulus.decimal).x;
    const float words = Canvas::size(fonts.small, "square, multiply").x + 1.2F * em;
    Columns c{};
    c.index_end = x + 2.6F * em;
    c.bit = c.index_end + 1.1F * em;
    c.action = c.bit + 2 * em;
    // Where there is little room, the value stands closer to the action.
    c.squared = std::min(c.action + words, x + width - number);
    const float value = std::max(number, 6.5F * em) + 1.2F * em;
    c.multiplied = c.squared + value;
    c.both = c.multiplied + value <= x + width;
    return c;
}

void heads(const ModexpFrame& frame, const Columns& c, float y) {
    Canvas& canvas = frame.canvas;
    const ImFont* font = frame.context.fonts.small;
    const ImU32 ink = frame.context.theme.muted;
    canvas.text_to_right(font, {c.index_end, y + font->FontSize / 2}, ink, "bit");
    canvas.text(font, {c.bit, y}, ink, "is");
    canvas.text(font, {c.action, y}, ink, "action");
    canvas.text(font, {c.squared, y}, ink, c.both ? "after the square" : "value");
    if (c.both) canvas.text(font, {c.multiplied, y}, ink, "after multiplying");
}

float row_height(const ModexpFrame& frame) { return 1.4F * frame.context.fonts.em; }

void draw_row(const ModexpFrame& frame, Canvas& canvas, const PowerRow& row, const Columns& c, ImVec2 from, ImVec2 to) {
    const Theme& theme = frame.context.theme;
    const Fonts& fonts = frame.context.fonts;
    const float em = fonts.em;
    const bool here = row.node == frame.context.step.node;
    const bool hovered = canvas.hovered(from, to);
    if (here || hovered)
        canvas.box({from.x + 2, from.y + 1}, {to.x - 2, to.y - 1}, here ? theme.current_tint : theme.raised,
                   here ? theme.current : 0, 2 * canvas.line());
    if (hovered && ImGui::IsMouseClicked(0)) frame.context.requests.go_to(row.node);
    const float middle = (from.y + to.y) / 2;
    const auto left = [&](const ImFont* font, float x, ImU32 ink, const std::string& text) {
        canvas.text(font, {x, middle - font->FontSize / 2}, ink, text);
    };
    canvas.text_to_right(fonts.figures_small, {c.index_end, middle}, here ? theme.current : theme.muted,
                         std::to_string(row.index));
    canvas.cell({c.bit, std::round(middle - 0.5F * em)}, {0.85F * em, std::round(em)}, row.bit, theme.secret, here);
    left(fonts.small, c.action, here ? theme.text : theme.muted, row.action);
    const ImU32 last = theme.text, first = row.multiplied.empty() ? last : theme.muted;
    if (!c.both)
        return left(fonts.figures_small, c.squared, last, row.multiplied.empty() ? row.squared : row.multiplied);
    left(fonts.figures_small, c.squared, first, row.squared);
    left(fonts.figures_small, c.multiplied, row.multiplied.empty() ? theme.faint : last,
         row.multiplied.empty() ? "\u2014" : row.multiplied);
}

} // namespace

float power_table_height(const ModexpFrame& frame) {
    const float em = frame.context.fonts.em;
    return 1.25F * em + row_height(frame) * static_cast<float>(frame.model.bits) + 1.2F * em;
}

float draw_power_table(ModexpFrame& frame, float y, float height) {
    const float em = frame.context.fonts.em;
    const float line = row_height(frame);
    const Columns c = columns_of(frame, frame.x, frame.width - ImGui::GetStyle().ScrollbarSize - 0.6F * em);
    heads(frame, c, y);
    const float top = y + 1.25F * em;
    const ImVec2 corner = ImGui::GetWindowPos();
    const ImVec2 place{frame.x - corner.x + ImGui::GetScrollX(), top - corner.y + ImGui::GetScrollY()};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0.2F * em});
    if (compat::begin_panel("power table", place, {frame.width, height - 1.25F * em}, true)) {
        Canvas canvas(frame.context.theme, frame.context.fonts);
        static Cached<std::map<std::uint64_t, PowerRow>> kept;
        auto& rows =
            kept.get(frame.context, [](const Trace&, const Node&) { return std::map<std::uint64_t, PowerRow>(); });
        const std::uint64_t count = frame.model.bits;
        const float seen = ImGui::GetWindowHeight();
        if (frame.context.moved && frame.model.current) {
            const float at = line * static_cast<float>(frame.model.current->index - 1);
            if (at < ImGui::GetScrollY() + line || at + 3 * line > ImGui::GetScrollY() + seen)
                ImGui::SetScrollY(std::max(0.0F, at - 0.4F * seen));
        }
        const ImVec2 origin = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        const auto first = static_cast<std::uint64_t>(std::max(0.0F, ImGui::GetScrollY() / line - 1));
        const std::uint64_t end = std::min(first + static_cast<std::uint64_t>(seen / line) + 3, count);
        for (std::uint64_t i = first; i < end; ++i) {
            const float from = origin.y + line * static_cast<float>(i);
            auto row = rows.find(i + 1);
            if (row == rows.end()) row = rows.emplace(i + 1, power_row(frame.model, i + 1)).first;
            draw_row(frame, canvas, row->second, c, {origin.x, from}, {origin.x + width, from + line});
        }
        ImGui::Dummy({1, line * static_cast<float>(count)});
    }
    ImGui::EndChild();
    ImGui::PopStyleVar();
    return y + height;
}

} // namespace keyhole::viz
