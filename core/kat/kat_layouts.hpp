// Other houses' layouts, brought into the form that the checks take: what stands once for many records (P, Q and G of
// NIST's KAS files, keys of OpenSSL's evp tests) is copied into each record, and what is no record is taken out.
#pragma once

#include "core/kat/records/kat_parse.hpp"

namespace keyhole::kat {

struct Arranged {
    std::vector<Record> records; // which are complete in themselves
    std::size_t left_out = 0;    // records of other ciphers, in files that mix them
};

/// Throws Error, with file and line, where a record names a key that is not there.
Arranged arrange(std::vector<Record> records);

} // namespace keyhole::kat
