// One character opened: the bits of its code point, and where they lie in its bytes. (RFC 3629, section 3.)
#pragma once

#include "core/base/utf8.hpp"
#include "viz/picture/canvas.hpp"

namespace keyhole::viz {

/// The character that the byte at `offset` belongs to: the code point's bits "code.1" and so on above, below them those
/// of the bytes, "bit.1" and so on. Returns the foot.
float draw_code(Canvas& canvas, ByteView text, std::size_t offset, Point at, float width);

/// The character as it can be drawn: itself, its name, or its number where the fonts lack it.
std::string sign_of(const Canvas& canvas, ByteView text, const Character& character);

} // namespace keyhole::viz
