// The pieces of the attack's page that stand in files of their own.
#pragma once

#include "viz/draw/screen_canvas.hpp"
#include "viz/frame/frame_context.hpp"
#include "viz/pages/attack/attack_times.hpp"
#include "viz/pages/attack/attack_work.hpp"

namespace keyhole::viz {

/// What it all was for, in the largest type: the key, and with `text` how the first message reads once it is `opened`.
/// Returns how high it is. There is a key that was found.
float draw_found_key(const Attack& attack, FrameContext& context, Rect room, bool opened, bool text);

/// The search of the key, the logarithm, and the messages once a key is found; `wire`: in words what went over the wire
/// too, where no picture shows it.
void draw_attack_work(Attack& attack, FrameContext& context, ScreenCanvas& canvas, bool wire);

/// How long it takes: the size of p, and the axis below it, in `room` pixels of height or as many as it needs.
void draw_attack_times(Attack& attack, ScreenCanvas& canvas, float room);

float attack_axis_height(float em, std::size_t times);

/// With its heading and slider.
float attack_times_height(float em, std::size_t times);

/// All times on one logarithmic axis, from a microsecond to 10^30 years; what takes longer has an arrow at its end.
/// At least `attack_axis_height` is needed.
void draw_attack_axis(ScreenCanvas& canvas, Rect area, const std::vector<AttackTime>& times);

} // namespace keyhole::viz
