// What a slip is measured by: the standard, where nobody says that a variant is meant.
#pragma once

#include "core/des/variant.hpp"

namespace keyhole::verify {

inline constexpr des::Variant standard{};

} // namespace keyhole::verify
