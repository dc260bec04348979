#include <fmt/format.h>

#include <array>

#include "viz/frame/field_view.hpp"
#include "viz/pages/relay/relay_views.hpp"

namespace keyhole::viz {
namespace {

// Two buttons and what they change. Returns by how much.
int stepper(FrameContext& context, ScreenCanvas& canvas, const char* id, const std::string& words) {
    int by = 0;
    ImGui::PushID(id);
    if (flow_button(context, "\u2212", true, true)) by = -1;
    ImGui::SameLine();
    if (flow_button(context, "+", true, false)) by = 1;
    ImGui::SameLine();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = canvas.height(FontRole::text);
    canvas.text(FontRole::text, {at.x, at.y + (ImGui::GetItemRectSize().y - height) / 2}, Ink::text, words);
    ImGui::Dummy({canvas.width(FontRole::text, words), height});
    ImGui::PopID();
    return by;
}

} // namespace

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

bool draw_flip(FrameContext& context, ScreenCanvas& canvas, FlipChoice& choice, const std::string& fault,
               const char* words) {
    constexpr std::array<std::string_view, 2> where = {"ciphertext", "IV"};
    bool in_iv = choice.place.in_iv;
    choose(context, canvas, "Turn a bit of the (I)", where, in_iv, 9.5F * canvas.em());
    choice.turn_to_iv(in_iv);
    const int byte = stepper(context, canvas, "byte", fmt::format("byte {} (Left, Right)", choice.place.byte));
    if (byte != 0) choice.byte_by(byte);
    const int bit =
        stepper(context, canvas, "bit", fmt::format("bit {}, 1 is the highest (Up, Down)", choice.place.bit));
    if (bit != 0) choice.bit_by(bit);
    const bool clicked = flow_button(context, words, true, true);
    if (!fault.empty()) canvas.paragraph(FontRole::small, Ink::error, fault);
    return clicked;
}

void draw_relay_notes(ScreenCanvas& canvas, const RelayState& state) {
    canvas.paragraph(FontRole::title, Ink::text, "What has passed");
    if (state.notes.empty()) canvas.paragraph(FontRole::small, Ink::muted, "Nothing yet.");
    for (const RelayNote& note : state.notes) {
        const char* mark = "";
        Paint ink = Ink::text;
        switch (note.kind) {
            case RelayNote::Kind::state: ink = Ink::muted; break;
            case RelayNote::Kind::passed: break;
            case RelayNote::Kind::altered: mark = "altered: ", ink = Ink::current; break;
            case RelayNote::Kind::dropped: mark = "dropped: ", ink = Ink::error; break;
            case RelayNote::Kind::refused: ink = Ink::error; break;
        }
        const std::string number = note.number == 0 ? "" : fmt::format(" {}", note.number);
        canvas.paragraph(
            FontRole::text, ink,
            note.who.empty() ? mark + note.text : fmt::format("{}{}> {}{}", note.who, number, mark, note.text));
    }
    if (ImGui::GetScrollY() >= ImGui::GetScrollMaxY() - canvas.em()) ImGui::SetScrollHereY(1);
}

} // namespace keyhole::viz
