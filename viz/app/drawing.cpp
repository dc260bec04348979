#include "viz/app/drawing.hpp"

#include <cassert>
#include <utility>

namespace keyhole::viz {

void PictureBeingTaken::order(FileOrder order) {
    request_ = PictureRequest{.stage_only = order.task == FileTask::picture_stage};
    order_ = std::move(order);
}

FileOrder PictureBeingTaken::end_order() {
    assert(order_);
    request_.reset();
    return *std::exchange(order_, std::nullopt);
}

void PictureBeingTaken::begin(const Drawing& window, float ratio) {
    drawing_ = Drawing{.ratio = ratio, .fonts = {}, .state = window.state, .moved = true, .stage = {}};
}

StagePlace PictureBeingTaken::end() {
    assert(drawing_);
    return std::exchange(drawing_, std::nullopt)->stage;
}

} // namespace keyhole::viz
