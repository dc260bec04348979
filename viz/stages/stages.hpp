// Every stage there is, in one table: which kind of picture it is, who makes it, how keys go from item to item.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

struct Stage {
    StageKind kind;
    MakePicture make;
    NextItem next = nullptr;      // nothing on it can be followed by keys
    ItemName item_name = nullptr; // nor has a name
    ZoomOf zoom = nullptr;        // nothing on it can fill it
};

const Stage& stage(StageKind kind);

/// Whether its picture hides what a step gives that is to be guessed; where not, covered_picture() stands in for it.
constexpr bool covers(StageKind kind) { return kind == StageKind::round || kind == StageKind::permutation; }

} // namespace keyhole::viz
