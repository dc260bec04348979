// One cell of text in a row that is written.
#pragma once

#include <string>
#include <string_view>

namespace keyhole::csv {

/// RFC 4180, section 2: a field with a comma, a quote or a line end is quoted, and its quotes are doubled.
inline std::string field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        out += c;
        if (c == '"') out += '"';
    }
    return out + '"';
}

} // namespace keyhole::csv
