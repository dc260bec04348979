// Colours by meaning, in three themes. The palette follows Okabe and Ito, so that the common colour-blindnesses tell
// all of them apart; colour is never the only sign: a 1 is filled, the current step has a thick outline.
#pragma once

#include <imgui.h>

#include <optional>
#include <string_view>

#include "viz/base/meaning.hpp"

namespace keyhole::viz {

enum class ThemeName { dark, light, projector };
std::string_view name(ThemeName theme);
std::optional<ThemeName> find_theme(std::string_view name);
ThemeName next(ThemeName theme);

struct Theme {
    ImU32 background, panel, raised, border;     // from the window's ground to a box on a panel
    ImU32 text, muted, faint;                    // words, labels, what is only there for orientation
    ImU32 current, on_current, current_tint;     // the step where the cursor stands; text on it; a hint of it
    ImU32 plain, left, right, key, sbox, secret; // by Meaning
    ImU32 on_fill;                               // text on a cell that is filled with a colour of meaning
    ImU32 error;
    float wire_alpha;  // of the wires that are not live
    float text_factor; // larger type in the lecture hall
    float growth;      // how far the type grows with the window: 0 not at all, 1 in step with it
    float line;        // thickness of thin lines, in 1/18 em
};

const Theme& theme(ThemeName name);

ImU32 colour(const Theme& theme, Meaning meaning);
ImU32 faded(ImU32 colour, float alpha);

/// Sets ImGui's own colours and sizes; `em` is the height of a line of text in pixels.
void apply_theme(const Theme& theme, float em);

} // namespace keyhole::viz
