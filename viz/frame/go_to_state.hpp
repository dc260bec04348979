// What the go-to field and the list below it show.
#pragma once

#include <optional>
#include <string>

#include "core/steps/node.hpp"

namespace keyhole::viz {

struct GoToState {
    std::string text, error;
    bool wants_keyboard = false; // the field is to be given the keyboard in this frame
    bool open = false;           // the list below the field
    std::optional<Node> chosen;  // the hit that Enter goes to; else the first
};

} // namespace keyhole::viz
