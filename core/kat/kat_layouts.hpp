// Other houses' layouts, brought into the form that the checks take: what stands once for many records (P, Q and G of
// NIST's KAS files, keys of OpenSSL's evp tests) is copied into each record, and what is no record is taken out.
#pragma once

#include "core/kat/kat_parse.hpp"

namespace keyhole::kat {

/// Records that complete themselves. Throws Error, with file and line, where a record names a key that is not there.
std::vector<Record> arrange(std::vector<Record> records);

} // namespace keyhole::kat
