// The rows of a block that went through a variant of DES: from its trace, as the classroom's code makes it. What DES
// has for speed (core/csv/csv_des.cpp) knows the standard's boxes only.
#pragma once

#include "core/csv/csv_des.hpp"

namespace keyhole::csv {

/// As block_rows, for any variant.
BlockRows variant_rows(std::uint64_t message, const Pass& pass, std::uint64_t number);

} // namespace keyhole::csv
