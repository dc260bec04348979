#include "viz/pages/table/table_filter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/csv/csv_headers.hpp"

namespace keyhole::viz {
namespace {

struct FileInfo {
    std::string_view name, header;
    std::size_t numbering;
    std::string_view example;
};

constexpr std::array<FileInfo, table_file_count> files = {{
    {"rounds.csv", csv::rounds_header, 4, "message=1 block=2..4 round=5"},
    {"blocks.csv", csv::blocks_header, 3, "stage=decrypt block=2..4"},
    {"sboxes.csv", csv::sboxes_header, 5, "block=2 round=5 box=1..4"},
    {"keyschedule.csv", csv::keyschedule_header, 2, "message=1 round=1..4"},
    {"modexp.csv", csv::modexp_header, 5, "bit_index=1..8 action=multiply"},
}};

const FileInfo& info(TableFile file) { return files[static_cast<std::size_t>(file)]; }

std::uint64_t parse_count(std::string_view text, std::string_view column) {
    if (const auto number = whole_number<std::uint64_t>(text)) return *number;
    throw bad_input(
        fmt::format("'{}' is no number for {} (write {}=3 or {}=3..5)", excerpt(text), column, column, column));
}

NumberRange parse_range(std::string_view text, std::string_view column) {
    const std::size_t dots = text.find("..");
    if (dots == std::string_view::npos) {
        const std::uint64_t number = parse_count(text, column);
        return {number, number};
    }
    NumberRange range;
    const std::string_view from = text.substr(0, dots), to = text.substr(dots + 2);
    if (!from.empty() || to.empty()) range.first = parse_count(from, column);
    if (!to.empty()) range.last = parse_count(to, column);
    if (range.first > range.last) {
        throw bad_input(fmt::format("{}={} holds nothing (the first number is the larger one; turn them round)", column,
                                    excerpt(text)));
    }
    return range;
}

template <class T>
void set(std::optional<T>& slot, T value, bool& nothing) {
    nothing = nothing || (slot && *slot != value);
    slot = std::move(value);
}

Error not_one_of(std::string_view column, std::string_view value, std::string_view these) {
    return bad_input(fmt::format("{} is never '{}' (it is {})", column, excerpt(value), these));
}

std::string numbering_words(TableFile file) {
    std::vector<std::string_view> columns = csv::names_in(header(file));
    columns.resize(numbering_columns(file));
    return fmt::format("{}", fmt::join(columns, ", "));
}

void check_column(TableFile file, std::string_view column, std::string_view condition) {
    const std::vector<std::string_view> columns = csv::names_in(header(file));
    const auto at = std::ranges::find(columns, column) - columns.begin();
    if (static_cast<std::size_t>(at) < numbering_columns(file)) return;
    const bool value = static_cast<std::size_t>(at) < columns.size() || column.starts_with("0x");
    throw bad_input(
        value ? fmt::format("{} is a value (filter by {}; Ctrl+G finds values)", excerpt(column), numbering_words(file))
              : fmt::format("'{}' is no condition here (filter by {})", excerpt(condition), numbering_words(file)));
}

void add_condition(TableFilter& filter, std::string_view column, std::string_view value) {
    if (column == "stage") {
        if (value != name(Direction::encrypt) && value != name(Direction::decrypt))
            throw not_one_of(column, value, "encrypt or decrypt");
        return set(filter.direction, value == name(Direction::encrypt) ? Direction::encrypt : Direction::decrypt,
                   filter.nothing);
    }
    if (column == "action") {
        if (value != "square" && value != "multiply") throw not_one_of(column, value, "square or multiply");
        return set(filter.multiply, value == "multiply", filter.nothing);
    }
    if (column == "operation") return set(filter.operation, std::string(value), filter.nothing);
    NumberRange* range = column == "message"     ? &filter.message
                         : column == "block"     ? &filter.block
                         : column == "round"     ? &filter.round
                         : column == "box"       ? &filter.box
                         : column == "step"      ? &filter.step
                         : column == "bit_index" ? &filter.bit_index
                                                 : &filter.bit;
    range->narrow(parse_range(value, column));
}

} // namespace

std::string_view name(TableFile file) { return info(file).name; }
std::string_view header(TableFile file) { return info(file).header; }
std::size_t numbering_columns(TableFile file) { return info(file).numbering; }
std::string_view filter_example(TableFile file) { return info(file).example; }

void NumberRange::narrow(const NumberRange& other) {
    first = std::max(first, other.first);
    last = std::min(last, other.last);
}

TableFilter parse_filter(TableFile file, std::string_view text) {
    TableFilter filter;
    for (const std::string_view condition : split(text, " ,\t")) {
        if (condition.empty()) continue;
        const std::size_t equals = condition.find('=');
        const std::string_view column = condition.substr(0, equals);
        check_column(file, column, condition);
        if (equals == std::string_view::npos) {
            throw bad_input(fmt::format("{} is what? (write it as in: {})", column, filter_example(file)));
        }
        add_condition(filter, column, condition.substr(equals + 1));
    }
    return filter;
}

} // namespace keyhole::viz
