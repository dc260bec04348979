// Every stage there is, in one table: which kind of picture it is, who makes it, how keys go from item to item.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

struct Stage {
    StageKind kind;
    MakePicture make;
    NextItem next = nullptr; // nothing on it can be followed by keys
};

const Stage& stage(StageKind kind);

} // namespace keyhole::viz
