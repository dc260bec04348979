// All field names that a known-answer file may have, so that a misspelt one is reported instead of passed over.
#pragma once

#include "core/kat/records/kat_parse.hpp"

namespace keyhole::kat {

/// Throws Error where a field's name is none of them but so near to one that it must be meant. Names that are far from
/// all (a note, a source) are ignored.
void check_names(const Record& record);

} // namespace keyhole::kat
