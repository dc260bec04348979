// The words with which bad input is refused.
#pragma once

#include <string>

#include "core/base/error.hpp"
#include "tests/support/catch.hpp"

namespace keyhole::testing {

/// What the action says of its bad input; empty where it takes it.
template <class Action>
std::string refusal_of(Action action) {
    try {
        action();
    } catch (const Error& error) {
        CHECK(error.failure() == Failure::bad_input);
        return error.what();
    }
    return "";
}

} // namespace keyhole::testing
