// The page of a sheet: one HTML file that stands alone, prints in black and white on A4 and Letter, and has room to
// write.
#pragma once

#include <string>

#include "core/worksheet/sheet.hpp"

namespace keyhole::worksheet {

/// Blank cells are boxes to write into, or have what belongs there where `solved`.
std::string sheet_page(const Sheet& sheet, bool solved);

} // namespace keyhole::worksheet
