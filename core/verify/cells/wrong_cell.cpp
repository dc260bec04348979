#include "core/verify/cells/wrong_cell.hpp"

#include <fmt/format.h>

namespace keyhole::verify {

std::string WrongCell::text() const {
    if (!doubt.empty()) return fmt::format("{}: {}", file, doubt);
    if (column.empty()) return fmt::format("{}:{}: the file ends, expected {}", file, line, expected);
    return fmt::format("{}:{}: {} is {}{}{}", file, line, column, value.empty() ? "empty" : value,
                       expected.empty() ? "" : ", expected " + expected, where.empty() ? "" : " (" + where + ")");
}

} // namespace keyhole::verify
