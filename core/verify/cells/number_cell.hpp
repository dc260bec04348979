// Numbers of Diffie-Hellman, of any length, as cells have them.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/number.hpp"

namespace keyhole::verify {

/// Whether the cell says itself that it is hex: after 0x or 0X.
bool says_hex(std::string_view cell);

/// Decimal, hex after 0x in any case, bits after 0b, or hex without 0x, which its letters tell. Blanks around it mean
/// nothing. Empty where it is no number.
std::optional<Number> number_in_cell(std::string_view cell);

} // namespace keyhole::verify
