#include "viz/picture/fit.hpp"

#include <algorithm>
#include <array>

namespace keyhole::viz {
namespace {

constexpr std::array shrinks = {0.93F, 0.86F, 0.8F, 0.74F, 0.68F, 0.62F};

// How much a picture says: a larger one that says less has had to leave something out.
struct Said {
    std::size_t letters = 0, signs = 0; // of texts; in cells
    std::uint64_t rows = 0;             // of lists

    explicit Said(const Picture& picture) {
        for (const Shape& shape : picture.shapes) {
            // The bits' numbers are there for orientation: a larger drawing may do without.
            if (const auto* text = std::get_if<shape::Text>(&shape.form); text != nullptr && shape.id != "number")
                letters += viz::letters(text->words);
            if (const auto* cell = std::get_if<shape::Cell>(&shape.form)) signs += cell->sign != 0 ? 1 : 0;
        }
        for (const ListBar& list : picture.lists) rows += std::min(list.shown, list.all);
    }

    bool covers(const Said& other) const {
        return letters >= other.letters && signs >= other.signs && rows >= other.rows;
    }
};

} // namespace

bool lies_in(const Picture& picture, const Rect& room) {
    constexpr float tolerance = 1; // pixels
    if (picture.foot > room.bottom() + tolerance) return false;
    return std::ranges::all_of(picture.shapes, [&](const Shape& shape) {
        const Rect box = extent(shape);
        return box.x >= room.x - tolerance && box.right() <= room.right() + tolerance;
    });
}

float largest_fitting(std::span<const float> growths, const Rect& room, const Picture& plain,
                      const std::function<Picture(float growth)>& make, float least) {
    if (!lies_in(plain, room)) {
        for (const float growth : shrinks) {
            if (growth >= least && lies_in(make(growth), room)) return growth;
        }
        return 1;
    }
    const Said said(plain);
    // What fits in one size fits in every smaller one.
    const auto first_too_large = std::partition_point(growths.begin() + 1, growths.end(), [&](float growth) {
        const Picture larger = make(growth);
        return lies_in(larger, room) && Said(larger).covers(said);
    });
    return *(first_too_large - 1);
}

} // namespace keyhole::viz
