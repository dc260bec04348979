// A step as JSON, for --json and for whoever reads it: values in full, nothing cut.
#pragma once

#include <nlohmann/json.hpp>

#include "core/steps/step.hpp"

namespace keyhole {

/// {"address","title","source","party","summary","values":[{"name","text","hex","bits","decimal"}],"explanation"};
/// a value has those forms that make sense for it.
nlohmann::ordered_json step_json(const Step& step);

} // namespace keyhole
