// What the hall sees of a class: the address with its QR code, and the question with the bars of its answers.
#pragma once

#include <string>

#include "classroom/qr_code.hpp"
#include "viz/classroom/class_state.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// The address as large as the room has it, and its code: "qr" and "address". `code` may be empty. Returns the foot.
float draw_invitation(Canvas& canvas, Rect room, const ClassState& state, const classroom::QrCode& code);

/// The question, how many answered it, and from its close on a bar for each answer ("bar.1" and so on, the most
/// frequent first); the right one is told apart once it is revealed. Returns the foot.
float draw_answers(Canvas& canvas, Rect room, const ClassState& state);

} // namespace keyhole::viz
