#include <fmt/format.h>

#include <array>

#include "viz/field_view.hpp"
#include "viz/relay_views.hpp"

namespace keyhole::viz {

bool press_flip(const KeyPress& press, FlipChoice& choice) {
    if (press.key == Key::left || press.key == Key::right) {
        choice.byte_by(press.key == Key::left ? -1 : 1);
    } else if (press.key == Key::up || press.key == Key::down) {
        choice.bit_by(press.key == Key::up ? -1 : 1);
    } else if (press.key == key_of('i')) {
        choice.turn_to_iv(!choice.place.in_iv);
    } else {
        return false;
    }
    return true;
}

bool draw_flip(View& view, Canvas& canvas, FlipChoice& choice, const char* words) {
    const float em = view.fonts.em;
    constexpr std::array<std::string_view, 2> where = {"ciphertext", "IV"};
    choice.turn_to_iv(
        viz::choice(view, canvas, "Turn a bit of the (I)", where, choice.place.in_iv ? 1 : 0, 9.5F * em) == 1);
    if (flow_button(view, "\u2212##byte", true, true)) choice.byte_by(-1);
    ImGui::SameLine();
    if (flow_button(view, "+##byte", true, false)) choice.byte_by(1);
    ImGui::SameLine();
    const std::string byte = fmt::format("byte {} (Left, Right)", choice.place.byte);
    canvas.text(view.fonts.small, ImGui::GetCursorScreenPos(), view.theme.text, byte);
    ImGui::Dummy(Canvas::size(view.fonts.small, byte));
    if (flow_button(view, "\u2212##bit", true, true)) choice.bit_by(-1);
    ImGui::SameLine();
    if (flow_button(view, "+##bit", true, false)) choice.bit_by(1);
    ImGui::SameLine();
    const std::string bit = fmt::format("bit {}, 1 is the highest (Up, Down)", choice.place.bit);
    canvas.text(view.fonts.small, ImGui::GetCursorScreenPos(), view.theme.text, bit);
    ImGui::Dummy(Canvas::size(view.fonts.small, bit));
    return flow_button(view, words, true, true);
}

void draw_relay_notes(View& view, const RelayState& state) {
    Canvas canvas(view.theme, view.fonts);
    const Theme& theme = view.theme;
    canvas.paragraph(view.fonts.title, theme.text, "What has passed");
    if (state.notes.empty()) canvas.paragraph(view.fonts.small, theme.muted, "Nothing yet.");
    for (const RelayNote& note : state.notes) {
        const char* mark = "";
        ImU32 ink = theme.text;
        switch (note.kind) {
            case RelayNote::Kind::state: ink = theme.muted; break;
            case RelayNote::Kind::passed: break;
            case RelayNote::Kind::altered: mark = "altered: ", ink = theme.current; break;
            case RelayNote::Kind::dropped: mark = "dropped: ", ink = theme.error; break;
            case RelayNote::Kind::refused: ink = theme.error; break;
        }
        const std::string number = note.number == 0 ? "" : fmt::format(" {}", note.number);
        canvas.paragraph(
            view.fonts.text, ink,
            note.who.empty() ? mark + note.text : fmt::format("{}{}> {}{}", note.who, number, mark, note.text));
    }
    if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - view.fonts.em) ImGui::SetScrollHereY(1);
}

} // namespace keyhole::viz
