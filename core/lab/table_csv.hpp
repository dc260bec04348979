// The lab's tables as CSV (RFC 4180): a header that says what each column stands for, and a row a line.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace keyhole::lab {

/// A table of 64 rows and 16 columns. `corner` says what the rows are; rows and columns are numbered in hex.
template <class Table>
std::string table_csv(const Table& table, std::string_view corner) {
    std::string csv(corner);
    for (unsigned out = 0; out < 16; ++out) csv += fmt::format(",0x{:X}", out);
    csv += "\r\n";
    for (unsigned in = 0; in < 64; ++in) {
        csv += fmt::format("0x{:02X}", in);
        for (const auto entry : table[in]) csv += fmt::format(",{}", entry);
        csv += "\r\n";
    }
    return csv;
}

} // namespace keyhole::lab
