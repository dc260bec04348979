#include "viz/stages/message/message_parts.hpp"

#include <algorithm>
#include <cmath>

#include "viz/draw/imgui_compat.hpp"

namespace keyhole::viz {
namespace {

void chip(FrameContext& context, Canvas& canvas, const Station& station, ImVec2 from, ImVec2 to, bool two_lines) {
    const Theme& theme = context.theme;
    const float em = context.fonts.em;
    const bool hovered = canvas.hovered(from, to);
    canvas.box(from, to, station.current ? theme.current_tint : theme.raised,
               station.current || hovered ? theme.current : theme.border, (station.current ? 2.2F : 1) * canvas.line());
    const ImU32 ink = station.current ? theme.current : theme.text;
    const float centre = (from.x + to.x) / 2, middle = (from.y + to.y) / 2;
    const ImFont* font = context.fonts.small;
    if (two_lines) {
        canvas.text_centred(font, {centre, middle - 0.48F * em}, ink, station.name);
        canvas.text_centred(context.fonts.figures_tiny, {centre, middle + 0.48F * em}, theme.muted, station.size);
    } else {
        canvas.text_centred(font, {centre, middle}, ink, station.name);
    }
    if (hovered) {
        ImGui::SetTooltip("%s: %s", station.name.c_str(), station.size.c_str());
        if (ImGui::IsMouseClicked(0)) context.requests.go_to = station.node;
    }
}

} // namespace

float stage_height() { return ImGui::GetWindowHeight() - 2 * ImGui::GetStyle().WindowPadding.y; }

bool low_stage(float em) { return stage_height() < 16 * em; }

void end_stage(const FrameContext& context, Canvas& canvas, ImVec2 origin, float picture, float foot,
               std::string_view words) {
    ImGui::SetCursorScreenPos(origin);
    const float width = ImGui::GetContentRegionAvail().x;
    if (low_stage(context.fonts.em))
        foot = words_at(canvas, {origin.x, foot + 0.3F * context.fonts.em}, width, context.theme.muted, words);
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({1, foot - origin.y});
    // Where not everything fits a low window, the picture comes first.
    if (context.moved) ImGui::SetScrollY(low_stage(context.fonts.em) ? picture - origin.y : 0);
}

float draw_message_head(FrameContext& context, Canvas& canvas, std::string_view title, std::string_view words) {
    const Theme& theme = context.theme;
    const Fonts& fonts = context.fonts;
    const float em = fonts.em;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    // A low window has room for the picture only: no sizes, no words.
    const bool low = low_stage(em);
    float y = canvas.paragraph(low ? fonts.text : fonts.title, at, width, theme.text, title);
    if (!words.empty() && !low) y = canvas.paragraph(fonts.small, {at.x, y}, width, theme.muted, words);
    y += low ? 0 : 0.25F * em;
    // The stations in one row where they fit, else in as many as needed.
    const std::vector<Station> all = stations(context.trace, context.step.node);
    const float gap = (low ? 0.5F : 0.9F) * em, height = (low ? 1.35F : 2.1F) * em;
    float widest = 0;
    for (const Station& s : all) {
        widest = std::max(widest, Canvas::size(fonts.small, s.name).x);
        if (!low) widest = std::max(widest, Canvas::size(fonts.figures_tiny, s.size).x);
    }
    const float chip_width = widest + 0.8F * em;
    float x = at.x;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i > 0) {
            if (x + gap + chip_width > at.x + width) {
                x = at.x;
                y += height + 0.35F * em;
            } else {
                // The step from the sender to the receiver is the wire.
                const bool wire = all[i].received && !all[i - 1].received;
                const float middle = y + height / 2;
                canvas.straight({x + 0.1F * em, middle}, {x + gap - 0.1F * em, middle}, theme.muted,
                                (wire ? 3.0F : 1.0F) * canvas.line());
                x += gap;
            }
        }
        chip(context, canvas, all[i], {x, y}, {x + chip_width, y + height}, !low);
        x += chip_width;
    }
    return y + height + (low ? 0.3F : 0.6F) * em;
}

LongList::LongList(std::string_view id, std::uint64_t total, std::uint64_t shown)
    : id_(ImGui::GetID(id.data(), id.data() + id.size())), total_(total), shown_(std::max<std::uint64_t>(shown, 1)) {
    set(first());
}

std::uint64_t LongList::first() const {
    return static_cast<std::uint64_t>(std::max(ImGui::GetStateStorage()->GetInt(id_, 0), 0));
}

void LongList::set(std::uint64_t first) {
    const std::uint64_t last = total_ > shown_ ? total_ - shown_ : 0;
    ImGui::GetStateStorage()->SetInt(id_, static_cast<int>(std::min(first, last)));
}

void LongList::bring_into_sight(std::uint64_t row) {
    if (row < first()) set(row);
    if (row >= first() + shown_) set(row - shown_ + 1);
}

void LongList::scroll(const FrameContext& context, Canvas& canvas, Rect bar, Rect area, bool keys) {
    if (whole()) return;
    const bool upright = bar.h > bar.w;
    const float length = upright ? bar.h : bar.w;
    const auto last = static_cast<double>(total_ - shown_);
    const double part = static_cast<double>(shown_) / static_cast<double>(total_);
    const float thumb =
        std::clamp(static_cast<float>(part) * length, std::min(1.6F * context.fonts.em, length), length);
    const ImVec2 from{bar.x, bar.y}, to{bar.right(), bar.bottom()};
    ImGui::SetCursorScreenPos(from);
    ImGui::PushID(static_cast<int>(id_));
    ImGui::InvisibleButton("bar", {std::max(bar.w, 1.0F), std::max(bar.h, 1.0F)});
    ImGui::PopID();
    const bool held = ImGui::IsItemActive();
    if (held && length > thumb) {
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        const float along = (upright ? mouse.y - bar.y : mouse.x - bar.x) - thumb / 2;
        set(static_cast<std::uint64_t>(std::lround(std::clamp(along / (length - thumb), 0.0F, 1.0F) * last)));
    }
    const auto step = [&](bool forwards, std::uint64_t by) {
        set(forwards ? first() + by : first() - std::min(first(), by));
    };
    // The wheel belongs to the panel where that scrolls; sideways it has only one meaning.
    const ImGuiIO& io = ImGui::GetIO();
    const bool over = canvas.hovered({area.x, area.y}, {area.right(), area.bottom()});
    const float wheel = io.MouseWheelH != 0 ? -io.MouseWheelH : io.MouseWheel;
    if (over && wheel != 0 && (ImGui::GetScrollMaxY() <= 0 || io.KeyShift || io.MouseWheelH != 0))
        step(wheel < 0, upright ? 3 : 1);
    if (keys && pressed(ImGuiKey_PageDown)) step(true, shown_);
    if (keys && pressed(ImGuiKey_PageUp)) step(false, shown_);

    const float start = static_cast<float>(static_cast<double>(first()) / last) * (length - thumb);
    const bool lit = held || ImGui::IsItemHovered();
    canvas.box(from, to, context.theme.raised, 0);
    const ImVec2 thumb_from{upright ? bar.x : bar.x + start, upright ? bar.y + start : bar.y};
    const ImVec2 thumb_to{upright ? bar.right() : thumb_from.x + thumb, upright ? thumb_from.y + thumb : bar.bottom()};
    canvas.box(thumb_from, thumb_to, lit ? context.theme.muted : context.theme.faint, 0);
}

bool pressed(ImGuiKey key) {
    return !ImGui::GetIO().WantTextInput && !ImGui::GetIO().KeyCtrl && compat::key_pressed(key);
}

} // namespace keyhole::viz
