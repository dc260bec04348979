// Keys and mouse of a page, as ImGui takes them, in its releases before and after 1.87.
#pragma once

#include <optional>
#include <string_view>

#include "viz/base/command.hpp"
#include "viz/base/geometry.hpp"
#include "viz/base/key_queue.hpp"

namespace keyhole::viz {

namespace key_modifier {
inline constexpr int shift = 1, ctrl = 2, alt = 4;
}

/// Once, for ImGui's context: which of our numbers is which key of ImGui's.
void name_keys();

/// A key by the name that browsers have for it (UI Events KeyboardEvent key Values), as KeyEvent::key has it; 0 for
/// keys that mean nothing here.
int key_number(std::string_view name);

/// The press of a command's key that this event is, if it is one.
std::optional<KeyPress> press_of(const KeyEvent& event);

void feed_imgui(const KeyEvent& event);
void feed_mouse(float x, float y);
void feed_button(int button, bool down);
void feed_wheel(float across, float down);

/// Where the field is that has the keyboard, in pixels; empty where there is none.
Rect field_place();

} // namespace keyhole::viz
