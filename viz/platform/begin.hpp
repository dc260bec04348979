// How the window begins, by its flags: what it listens to or follows, its lesson, its page and its step.
#pragma once

#include "viz/app/app.hpp"
#include "viz/platform/options.hpp"

namespace keyhole::viz {

/// Takes what belongs to the application out of the options.
void begin(App& app, Options& options);

} // namespace keyhole::viz
