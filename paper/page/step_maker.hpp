// The words and the pictures of many steps, made on all cores: each worker has a trace and fonts of its own, for both
// remember what they were asked. What comes out is in order, whoever made it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "paper/figure/figure.hpp"

namespace keyhole::paper {

struct MadeStep {
    Node node;
    std::string address, title, html; // html: as step_html writes it
    Figure figure;
};

/// Hands each of the steps, made in the theme's measures, to `take`, in their order. Throws Error (io) where a font is
/// missing, and what `take` throws.
void make_steps(const Recording& recording, const std::vector<Node>& nodes, const viz::Theme& theme,
                const std::function<void(MadeStep)>& take);

} // namespace keyhole::paper
