// The tables of FIPS 46-3 that a sheet needs, as HTML.
#pragma once

#include <string>

#include "core/worksheet/sheet.hpp"

namespace keyhole::worksheet {

/// Sections with a heading each; empty where the kind needs none.
std::string reference_tables(SheetKind kind);

} // namespace keyhole::worksheet
