// The rows of modexp.csv as they are read: one operation after the other.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/csv/csv_power.hpp"
#include "core/verify/cells/table.hpp"
#include "core/verify/cells/wrong_cell.hpp"
#include "core/verify/exchange/verify_power_values.hpp"

namespace keyhole::verify {

/// The rows of one operation, their counters checked as far as the row itself tells.
struct OperationRows {
    std::string name, file;
    bool has_bit_index = true, has_bit = true; // columns
    std::vector<PowerRow> rows{};

    /// The cell of that row, by its index.
    WrongCell wrong(std::size_t row, const char* column, std::string_view value, std::string expected) const;
    /// Values that do not fit together.
    WrongCell wrong(const Disagreement& found) const;

  private:
    /// The first of the values where a spreadsheet has rounded all that are too long for it.
    std::optional<std::size_t> rounded() const;
};

/// The table, at its first row. Throws WrongCell where columns are missing that nothing else tells.
Table power_table(const std::filesystem::path& path);

/// The rows of the next operation: the one of that number where exchange.csv tells which there are. Throws WrongCell.
OperationRows read_operation(Table& table, const std::vector<csv::Operation>& known, std::size_t number);

/// How a row is named to people.
std::string power_step(const std::string& operation, std::uint64_t step);

} // namespace keyhole::verify
