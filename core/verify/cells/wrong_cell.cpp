#include "core/verify/cells/wrong_cell.hpp"

#include <fmt/format.h>

#include <utility>

namespace keyhole::verify {

std::string WrongCell::text() const {
    const std::string at = line == 0 ? file : fmt::format("{}:{}", file, line);
    if (!doubt.empty()) return fmt::format("{}: {}", at, doubt);
    if (column.empty()) return fmt::format("{}: the file ends, expected {}", at, expected);
    return fmt::format("{}: {} is {}{}{}{}", at, column, value.empty() ? "empty" : value,
                       expected.empty() ? "" : ", expected " + expected, where.empty() ? "" : " (" + where + ")",
                       cause.empty() ? "" : ": " + cause);
}

WrongCell doubt_about(const std::string& file, std::uint64_t line, std::string words) {
    WrongCell out;
    out.file = file;
    out.line = line;
    out.doubt = std::move(words);
    return out;
}

} // namespace keyhole::verify
