// What a class shows that is made elsewhere: steps and pages as HTML.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/steps/trace.hpp"

namespace keyhole::classroom {

struct ClassPages {
    /// A step as HTML, without the values that `hidden` names.
    std::function<std::string(const Trace&, const Node&, const std::function<bool(const Value&)>& hidden)> step;
    /// The whole trace as one page; called on another thread.
    std::function<std::string(const Recording&)> page;
    std::string style; // of both
    /// Whether a step of that kind gives the value of that name: what is covered while the lecturer lets people guess.
    std::function<bool(Kind, std::string_view)> gives;
};

} // namespace keyhole::classroom
