// Every stage there is, in one table: which kind of picture it is, who makes it, how keys go from item to item.
#pragma once

#include "viz/picture/stage.hpp"
#include "viz/session/stage_model.hpp"

namespace keyhole::viz {

struct Stage {
    StageKind kind;
    MakePicture make;
    NextItem next = nullptr;      // without: its items cannot be followed by keys
    ItemName item_name = nullptr; // without: its items have no names
    ZoomOf zoom = nullptr;        // without: none of its parts can fill it
    bool covers_itself = false;   // hides what a step gives that is to be guessed; else covered_picture() stands in
};

const Stage& stage(StageKind kind);

} // namespace keyhole::viz
