#include "viz/stages/frame/frame_items.hpp"

namespace keyhole::viz {
namespace {

// An item is a position from 1, and above it whose: the wire's 0, the IV's 1, the ciphertext's 2.
constexpr unsigned owner_shift = 60;

Item item_of(Holds owner, std::size_t position) {
    return static_cast<Item>(owner) << owner_shift | (Item{position} + 1);
}

struct Place {
    Holds owner = Holds::nothing; // nothing: the wire
    std::size_t position = 0;
};

std::optional<Place> place_of(const FrameModel& frame, Item item) {
    if (item == 0) return std::nullopt;
    const Place place{static_cast<Holds>(item >> owner_shift),
                      static_cast<std::size_t>((item & ((Item{1} << owner_shift) - 1)) - 1)};
    if (place.owner == Holds::nothing) return place.position < frame.wire_size() ? std::optional(place) : std::nullopt;
    const bool there = frame.field_of(place.owner) != nullptr && place.position < frame.bytes(place.owner).size();
    return there ? std::optional(place) : std::nullopt;
}

std::size_t usual_position(const FrameModel& frame) {
    const Field* ciphertext = frame.field_of(Holds::ciphertext);
    return ciphertext != nullptr ? ciphertext->value.begin : 0;
}

} // namespace

Item item_of_wire(std::size_t position) { return item_of(Holds::nothing, position); }

Item item_of_byte(Holds holds, std::size_t byte) { return item_of(holds, byte); }

std::size_t wire_position(const FrameModel& frame, Item item) {
    const auto place = place_of(frame, item);
    if (!place) return usual_position(frame);
    return place->owner == Holds::nothing ? place->position : link_of_item(frame, item).line.begin;
}

Link link_of_item(const FrameModel& frame, Item item) {
    const auto place = place_of(frame, item);
    if (place && place->owner != Holds::nothing) return link_of_byte(frame, place->owner, place->position);
    return link_at(frame, place ? place->position : usual_position(frame));
}

} // namespace keyhole::viz
