// What the trace table shows, and the filter above it: `column=value` or `column=first..last` for the columns that
// number the rows. It names ranges, so that a row is found by arithmetic, never by looking at the others.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/modes/modes.hpp"
#include "viz/base/meaning.hpp"

namespace keyhole::viz {

/// A CSV file of docs/trace-format.md.
enum class TableFile { rounds, blocks, sboxes, keyschedule, modexp };
inline constexpr std::size_t table_file_count = 5;

/// "rounds.csv"
std::string_view name(TableFile file);
/// The header row of the file: "message,stage,block,round,left_in,..".
std::string_view header(TableFile file);
/// How many columns from the left number the row; the others hold values.
std::size_t numbering_columns(TableFile file);

/// Both ends belong to it.
struct NumberRange {
    std::uint64_t first = 0, last = std::numeric_limits<std::uint64_t>::max();

    bool holds(std::uint64_t number) const { return first <= number && number <= last; }
    std::uint64_t size() const { return first <= last ? last - first + 1 : 0; }
    void narrow(const NumberRange& other);
    bool operator==(const NumberRange&) const = default;
};

struct TableFilter {
    NumberRange message, block, round, box; // the files of DES
    NumberRange step, bit_index, bit;       // modexp.csv
    std::optional<Direction> direction;     // encrypt or decrypt
    std::optional<std::string> operation;   // an address
    std::optional<bool> multiply;           // action
    bool nothing = false;                   // two conditions that exclude each other
};

/// Conditions between spaces or commas; all of them hold. Throws Error (bad_input) for a column that numbers nothing
/// in this file, and for a value that the column cannot have.
TableFilter parse_filter(TableFile file, std::string_view text);

/// For the empty field: "message=1 block=2..4 round=5".
std::string_view filter_example(TableFile file);

} // namespace keyhole::viz
