#include "viz/stages/chain/chain_grid.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

std::vector<ColumnPart> parts_of(Mode mode, Direction direction) {
    using enum ColumnPart;
    const bool forwards = direction == Direction::encrypt;
    switch (mode) {
        case Mode::ecb: return forwards ? std::vector{plain, des, cipher} : std::vector{cipher, des, plain};
        case Mode::cbc:
            return forwards ? std::vector{plain, mix, enters, des, cipher}
                            : std::vector{cipher, des, leaves, mix, plain};
        default: break; // a key stream is made and added to the text
    }
    return forwards ? std::vector{enters, des, leaves, plain, mix, cipher}
                    : std::vector{enters, des, leaves, cipher, mix, plain};
}

// In em.
float height_of(ColumnPart part, Mode mode) {
    switch (part) {
        case ColumnPart::enters: return segment_bits(mode) < 64 ? 3.5F : 2.1F; // with the register's bits
        case ColumnPart::plain: return 3.35F;
        case ColumnPart::cipher: return 2.4F;
        case ColumnPart::mix: return 1.3F;
        default: return 2.1F;
    }
}

} // namespace

std::string_view id_of(ColumnPart part) {
    switch (part) {
        case ColumnPart::plain: return "P";
        case ColumnPart::cipher: return "C";
        case ColumnPart::enters: return "enters";
        case ColumnPart::des: return "DES";
        case ColumnPart::leaves: return "leaves";
        case ColumnPart::mix: break;
    }
    return "xor";
}

const ChainGrid::Place& ChainGrid::at(ColumnPart part) const { return *std::ranges::find(places, part, &Place::part); }

ChainGrid make_chain_grid(const Canvas& canvas, const Chain& chain, Point at, float height) {
    const float em = canvas.em();
    ChainGrid g;
    g.origin = at;
    g.box = std::ceil(canvas.width(FontRole::figures_small, "00000000 00000000") + 0.7F * em);
    g.gutter = std::round(chain.mode == Mode::ecb ? 0.9F * em : 2.6F * em);
    g.pitch = g.box + g.gutter;
    const float head = 1.6F * em; // the block's number
    const std::vector<ColumnPart> parts = parts_of(chain.mode, chain.direction);
    float boxes = 0;
    for (const ColumnPart part : parts) boxes += height_of(part, chain.mode) * em;
    const float gaps = static_cast<float>(parts.size() - 1);
    const float gap = std::clamp((height - head - boxes) / gaps, 1.0F * em, 3.2F * em);
    float y = at.y + head;
    for (const ColumnPart part : parts) {
        g.places.push_back({part, std::round(y), height_of(part, chain.mode) * em});
        y += height_of(part, chain.mode) * em + gap;
    }
    g.foot = y - gap;
    return g;
}

} // namespace keyhole::viz
