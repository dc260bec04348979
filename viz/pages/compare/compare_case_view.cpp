#include <array>

#include "viz/draw/imgui_point.hpp"
#include "viz/pages/compare/compare_view.hpp"
#include "viz/picture/strip.hpp"

namespace keyhole::viz {

void draw_case_fields(FrameContext& context, ScreenCanvas& canvas, FieldRing& ring, CompareBench& bench) {
    const float em = canvas.em();
    const bool narrow = ImGui::GetContentRegionAvail().x < 50 * em;
    constexpr std::array<const char*, 4> labels = {"Key A (E)", "Text A", "Key B", "Text B"};
    const auto field = [&](std::size_t i) {
        text_field(context, canvas, ring,
                   {.label = labels[i],
                    .hint = "16 hex digits, or \"8 bytes\"",
                    .fault = bench.fault(i),
                    .label_width = 4.8F * em},
                   bench.fields[i]);
    };
    if (narrow) {
        for (std::size_t i = 0; i < labels.size(); ++i) field(i);
        return;
    }
    if (!ImGui::BeginTable("inputs", 2)) return;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        ImGui::TableNextColumn();
        field(i);
    }
    ImGui::EndTable();
}

std::optional<unsigned> draw_case_bits(ScreenCanvas& canvas, const Comparison& comparison, Flipped which, bool chosen) {
    const float em = canvas.em(), label = 2.8F * em;
    const Rect at = free_room();
    const bool key = which == Flipped::key;
    const des::Block a = key ? comparison.a.key : comparison.a.block, b = key ? comparison.b.key : comparison.b.block;
    Strip strip{.count = 64, .group = 8, .left = at.x + label, .top = at.y + 0.95F * em, .height = 1.2F * em};
    strip.gap = 0.3F * em;
    strip.pitch = (at.w - label - 7 * strip.gap - 0.5F * em) / 64;
    canvas.text(FontRole::small, {at.x, strip.top + 0.1F * em}, chosen ? Ink::current : Ink::muted,
                key ? "Key" : "Text");
    draw_ticks(canvas, strip, at.y + 0.4F * em, false);
    for (unsigned i = 1; i <= 64; ++i) {
        const bool parity = key && is_parity_bit(i);
        const bool differs = bit_at(a ^ b, 64, i) != 0;
        const CellLook look = differs ? CellLook::lit : parity ? CellLook::marked : CellLook::ordinary;
        draw_bit(canvas, strip, i, bit_at(b, 64, i), parity ? Ink::plain : key ? Ink::key : Ink::left, look);
    }
    const std::optional<unsigned> clicked =
        canvas.clicked(strip.area()) ? strip.at(to_point(ImGui::GetIO().MousePos)) : std::nullopt;
    ImGui::Dummy({1, 2.2F * em});
    return clicked;
}

} // namespace keyhole::viz
