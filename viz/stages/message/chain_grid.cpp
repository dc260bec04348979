#include "viz/stages/message/chain_grid.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {
namespace {

std::vector<ChainPart> parts_of(Mode mode, Direction direction) {
    using enum ChainPart;
    const bool forwards = direction == Direction::encrypt;
    switch (mode) {
        case Mode::ecb: return forwards ? std::vector{plain, des, cipher} : std::vector{cipher, des, plain};
        case Mode::cbc:
            return forwards ? std::vector{plain, mix, enters, des, cipher}
                            : std::vector{cipher, des, leaves, mix, plain};
        case Mode::ctr: break;
    }
    return forwards ? std::vector{enters, des, leaves, plain, mix, cipher}
                    : std::vector{enters, des, leaves, cipher, mix, plain};
}

// In em.
float height_of(ChainPart part) {
    switch (part) {
        case ChainPart::plain: return 3.35F;
        case ChainPart::cipher: return 2.4F;
        case ChainPart::mix: return 1.3F;
        default: return 2.1F;
    }
}

} // namespace

std::string_view id_of(ChainPart part) {
    switch (part) {
        case ChainPart::plain: return "P";
        case ChainPart::cipher: return "C";
        case ChainPart::enters: return "enters";
        case ChainPart::des: return "DES";
        case ChainPart::leaves: return "leaves";
        case ChainPart::mix: break;
    }
    return "xor";
}

const ChainGrid::Place& ChainGrid::at(ChainPart part) const { return *std::ranges::find(places, part, &Place::part); }

ChainGrid make_chain_grid(const Canvas& canvas, const Chain& chain, Point at, float height) {
    const float em = canvas.em();
    ChainGrid g;
    g.origin = at;
    g.box = std::ceil(canvas.width(FontRole::figures_small, "00000000 00000000") + 0.7F * em);
    g.gutter = std::round(chain.mode == Mode::ecb ? 0.9F * em : 2.6F * em);
    g.pitch = g.box + g.gutter;
    const float head = 1.6F * em; // the block's number
    const std::vector<ChainPart> parts = parts_of(chain.mode, chain.stage);
    float boxes = 0;
    for (const ChainPart part : parts) boxes += height_of(part) * em;
    const float gaps = static_cast<float>(parts.size() - 1);
    const float gap = std::clamp((height - head - boxes) / gaps, 1.0F * em, 3.2F * em);
    float y = at.y + head;
    for (const ChainPart part : parts) {
        g.places.push_back({part, std::round(y), height_of(part) * em});
        y += height_of(part) * em + gap;
    }
    g.foot = y - gap;
    return g;
}

} // namespace keyhole::viz
