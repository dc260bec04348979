#include "viz/frame/field_view.hpp"

#include <algorithm>

#include "viz/base/wide_characters.hpp"
#include "viz/draw/field_mark.hpp"
#include "viz/draw/imgui_compat.hpp"
#include "viz/draw/imgui_point.hpp"
#include "viz/frame/text_input.hpp"

namespace keyhole::viz {
namespace {

void label_before(ScreenCanvas& canvas, const char* words, float width) {
    const Point at = to_point(ImGui::GetCursorScreenPos());
    const float height = ImGui::GetFrameHeight();
    canvas.text(FontRole::small, {at.x, at.y + (height - canvas.height(FontRole::small)) / 2}, Ink::muted, words);
    ImGui::SetCursorScreenPos({at.x + width, at.y});
}

float button_width(const FrameContext& context, const char* words) {
    return ImGui::CalcTextSize(words, nullptr, true).x + context.fonts.em;
}

float button_height(const FrameContext& context) { return 1.75F * context.fonts.em; }

} // namespace

void FieldRing::end() {
    wanted_ = next_ == none || count_ == 0 ? none : (next_ + count_) % count_;
    next_ = none;
}

bool FieldRing::press(const KeyPress& press) {
    if (press.key == Key::enter) return entered_ = true;
    if (!editing_ || press.key != Key::escape) return false;
    compat::leave_field(); // before ImGui sees the key: it would put back what the field held before
    return true;
}

bool text_field(FrameContext& context, ScreenCanvas& canvas, FieldRing& ring, const FieldLook& look,
                std::string& text) {
    const bool wrong = !look.fault.empty();
    label_before(canvas, look.label, look.label_width);
    ImGui::PushID(look.label);
    ImGui::PushFont(font_of(context.fonts, FontRole::figures));
    ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x - 0.2F * context.fonts.em);
    const int number = ring.count_++;
    if (ring.wanted_ == number) compat::focus_next_field();
    bool tab = false;
    {
        const FieldMark mark(wrong, context.theme.colour(Ink::error), 2.2F * canvas.line());
        text_input(context, "##field", look.hint.c_str(), text, ImGuiInputTextFlags_AutoSelectAll,
                   [&](std::string_view) {
                       tab = true;
                       return std::nullopt;
                   });
        if (look.stays && ring.entered_) compat::stay_in_field();
    }
    if (tab) ring.next_ = number + (ImGui::GetIO().KeyShift ? -1 : 1);
    const bool active = ImGui::IsItemActive();
    ring.editing_ = ring.editing_ || active;
    if (ImGui::IsItemActivated() && !ImGui::IsItemVisible()) ImGui::SetScrollHereY();
    ImGui::PopFont();
    ImGui::PopID();
    if (wrong) canvas.paragraph(FontRole::small, Ink::error, look.fault);
    if (const std::string wide = wide_characters_in(text); !wide.empty())
        canvas.paragraph(FontRole::small, Ink::muted, "drawn as \uFFFD, kept as it was typed: " + wide);
    return active;
}

std::size_t choice(FrameContext& context, ScreenCanvas& canvas, const char* label,
                   std::span<const std::string_view> words, std::size_t chosen, float label_width) {
    label_before(canvas, label, label_width);
    const float begin = ImGui::GetCursorPosX();
    ImGui::PushID(label);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool on = i == chosen;
        const std::string shown(words[i]);
        if (i > 0) {
            ImGui::SameLine(0, 0.15F * context.fonts.em);
            const float width = ImGui::CalcTextSize(shown.c_str()).x + 2 * ImGui::GetStyle().FramePadding.x;
            if (ImGui::GetContentRegionAvail().x < width) {
                ImGui::NewLine();
                ImGui::SetCursorPosX(begin);
            }
        }
        if (on) {
            ImGui::PushStyleColor(ImGuiCol_Button, context.theme.colour(Ink::current));
            ImGui::PushStyleColor(ImGuiCol_ButtonHovered, context.theme.colour(Ink::current));
            ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colour(Ink::on_current));
        }
        if (ImGui::Button(shown.c_str())) chosen = i;
        if (on) ImGui::PopStyleColor(3);
    }
    ImGui::PopID();
    return chosen;
}

float flow_height(const FrameContext& context, std::span<const char* const> words, float width) {
    const ImVec2 spacing = ImGui::GetStyle().ItemSpacing;
    std::size_t rows = 0;
    float x = width;
    for (const char* one : words) {
        const float wide = button_width(context, one);
        const bool fits = rows > 0 && x + spacing.x + wide <= width;
        x = fits ? x + spacing.x + wide : wide;
        if (!fits) ++rows;
    }
    return static_cast<float>(rows) * (button_height(context) + spacing.y);
}

bool flow_button(FrameContext& context, const char* words, bool enabled, bool first) {
    const float width = button_width(context, words);
    if (!first) {
        ImGui::SameLine();
        if (ImGui::GetContentRegionAvail().x < width) ImGui::NewLine();
    }
    if (!enabled) ImGui::BeginDisabled();
    const bool clicked = ImGui::Button(words, {0, button_height(context)});
    if (!enabled) ImGui::EndDisabled();
    return clicked && enabled;
}

void draw_column(const FrameContext& context, const char* id, Rect room,
                 const std::function<void(ScreenCanvas&)>& draw) {
    ImGui::SetCursorScreenPos({room.x, room.y});
    const bool seen = ImGui::BeginChild(id, {room.w, room.h}, false, ImGuiWindowFlags_NoNav);
    scroll(context.ui.scroll_stage);
    if (seen) {
        ScreenCanvas canvas(context.theme, context.fonts);
        draw(canvas);
    }
    ImGui::EndChild();
}

void scroll(float heights) {
    if (heights == 0) return;
    const float to = ImGui::GetScrollY() + heights * ImGui::GetWindowHeight();
    ImGui::SetScrollY(std::clamp(to, 0.0F, ImGui::GetScrollMaxY()));
}

void scroll_on() {
    const float y = ImGui::GetScrollY(), last = ImGui::GetScrollMaxY();
    ImGui::SetScrollY(y >= last - 1 ? 0 : std::min(last, y + 0.8F * ImGui::GetWindowHeight()));
}

} // namespace keyhole::viz
