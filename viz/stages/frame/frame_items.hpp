// What can be followed on the stage of a JSON line, and what all of its parts are drawn with.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/stages/frame/frame_model.hpp"

namespace keyhole::viz {

/// A byte on the wire; those before the line end are the line's characters.
Item item_of_wire(std::size_t position);
/// A byte of the IV or the ciphertext. It is no character's item: two characters carry it, and neither is it alone.
Item item_of_byte(Holds holds, std::size_t byte);

/// Where the item is on the wire. With none, or one that another message had, the first character of the ciphertext, or
/// of the line where the ciphertext cannot be told.
std::size_t wire_position(const FrameModel& frame, Item item);
/// What belongs to the item, or, where there is none, to the place above.
Link link_of_item(const FrameModel& frame, Item item);

struct FrameDrawing {
    const StageInput& input;
    Canvas& canvas;
    const FrameModel& frame;
    Link lit;
    float sign = 0; // how wide a character is, pixels
    float row = 0;  // from row to row, pixels
};

/// How strongly a place is lit: as the thing itself, or as one of its group.
enum class Light { none, group, exact };

inline Light light_of(std::size_t place, Span exact, Span group) {
    return exact.contains(place) ? Light::exact : group.contains(place) ? Light::group : Light::none;
}

} // namespace keyhole::viz
