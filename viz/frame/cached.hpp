// What a model found for the current step, kept from frame to frame: asked for again only when the cursor moved, the
// recording grew, or another trace is shown.
#pragma once

#include <optional>

#include "viz/frame/frame_context.hpp"

namespace keyhole::viz {

template <class Model>
class Cached {
  public:
    /// `make(trace, node)` runs when what is kept no longer fits the view.
    template <class Make>
    Model& get(const FrameContext& context, Make make) {
        const std::uint64_t steps = context.trace.tree().total();
        if (!model_ || context.moved || session_ != context.session.id || steps_ != steps ||
            node_ != context.step.node) {
            model_ = make(context.trace, context.step.node);
            session_ = context.session.id;
            steps_ = steps;
            node_ = context.step.node;
        }
        return *model_;
    }

  private:
    std::optional<Model> model_;
    std::uint64_t session_ = 0, steps_ = 0;
    Node node_;
};

} // namespace keyhole::viz
