// The ladder of a block: a lane for each half, a rung a round where R goes through f to L and both change sides, and
// the swap. The bit that is followed is lit wherever it stands, and so is the lane on its way.
#pragma once

#include <optional>

#include "viz/picture/stage.hpp"
#include "viz/picture/strip.hpp"
#include "viz/stages/block/block_model.hpp"

namespace keyhole::viz {

class Ladder {
  public:
    /// Across the room; the rungs share `height` as far as they can be read.
    Ladder(const StageInput& input, const BlockModel& block, Canvas& canvas, float height);

    /// Between the lanes.
    float centre() const { return centre_; }
    /// A bar across both lanes, `top` at its upper edge: what happens to the whole block. A click goes to its step.
    Rect bar(std::string_view name, float top, const Node& node);
    /// Rungs and swap, from the upper edge of the first rung; the lanes begin `lead` above it. Returns the foot.
    float draw(float top, float lead);

  private:
    // A half that stands at one side of the lanes.
    struct Row {
        unsigned half = 0;      // which of the ladder's
        bool is_left = true;    // by its name: L4, else R3
        bool at_left = true;    // beside the left lane
        float middle = 0;       // of its height
        bool preoutput = false; // half of the preoutput
        std::string area = {};  // what lights up when its cells are pointed at
        std::optional<Node> go_to = {};
    };

    void rung(unsigned n, float top);
    float swap(float top);
    void row(const Row& row);
    void row_cells(const Row& row, Ink ink);
    void lane(Point from, Point to, Paint own, unsigned half);
    void exclusive_or(Point centre);

    const StageInput& input_;
    const BlockModel& b_;
    Canvas& canvas_;
    std::optional<LadderBit> followed_;
    float em_, hex_, label_; // how wide eight digits and the name of a half are
    float centre_, left_lane_, right_lane_, rung_;
    Strip left_, right_;
    bool cells_; // there is room for them
};

} // namespace keyhole::viz
