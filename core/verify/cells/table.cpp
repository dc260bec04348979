#include "core/verify/cells/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole::verify {
namespace {

unsigned digits(Format format) {
    switch (format) {
        case Format::hex7: return 7;
        case Format::hex8: return 8;
        case Format::hex12: return 12;
        default: return 16;
    }
}

std::optional<std::uint64_t> number(std::string_view text, int base) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

} // namespace

std::vector<Column> columns(std::string_view header, std::initializer_list<Format> formats) {
    std::vector<Column> out;
    for (const Format format : formats) {
        const std::size_t comma = header.find(',');
        out.push_back({header.substr(0, comma), format});
        header.remove_prefix(comma == std::string_view::npos ? header.size() : comma + 1);
    }
    assert(header.empty());
    return out;
}

std::string format_value(std::uint64_t value, Format format) {
    if (format == Format::decimal) return fmt::to_string(value);
    if (format == Format::direction) return std::string(keyhole::name(direction_of(value)));
    return fmt::format("0x{:0{}X}", value, digits(format));
}

Table::Table(const std::filesystem::path& path, std::vector<Column> columns)
    : reader_(path), columns_(std::move(columns)), cells_(columns_.size()) {
    if (!reader_.next()) {
        throw bad_input(
            fmt::format("{} is empty (its first line must name the columns; export it anew)", reader_.name()));
    }
    for (const Column& column : columns_) {
        std::size_t position = 0;
        while (position < reader_.size() && reader_.cell(position) != column.name) ++position;
        if (position == reader_.size()) {
            throw bad_input(
                fmt::format("{} has no column {} (its first line names the columns; see docs/trace-format.md)",
                            reader_.name(), column.name));
        }
        positions_.push_back(position);
    }
    advance();
}

bool Table::advance() {
    if (!reader_.next()) {
        at_end_ = true;
        return false;
    }
    if (reader_.size() <= *std::max_element(positions_.begin(), positions_.end())) {
        throw bad_input(
            fmt::format("{}:{} has too few cells ({}; give every column one)", name(), line(), reader_.size()));
    }
    ++rows_;
    for (std::size_t i = 0; i < columns_.size(); ++i) parse(i);
    return true;
}

void Table::parse(std::size_t column) {
    std::string_view cell = text(column);
    Cell& out = cells_[column];
    out.empty = cell.empty();
    const Format format = columns_[column].format;
    if (format == Format::text) return;
    if (format == Format::direction) {
        if (cell != "encrypt" && cell != "decrypt") throw wrong(column, "encrypt or decrypt", "");
        out.value = cell_of(cell == "decrypt" ? Direction::decrypt : Direction::encrypt);
        return;
    }
    if (format == Format::decimal) {
        const auto value = number(cell, 10);
        if (!value) throw wrong(column, "a decimal number", "");
        out.value = *value;
        return;
    }
    if (cell.empty()) { // as the subkey of round 0 is; where a cell may not be empty, the reader of the column says so
        out.value = 0;
        return;
    }
    cell = without_prefix(cell);
    const auto value = number(cell, 16);
    const bool fits = format == Format::octets ? (cell.size() % 2 == 0 && cell.size() <= 16) || cell.size() == 1
                                               : cell.size() == digits(format);
    if (!value || !fits) {
        throw wrong(column,
                    format == Format::octets ? "0x and pairs of hex digits"
                                             : fmt::format("0x and {} hex digits", digits(format)),
                    "");
    }
    out.value = *value;
    out.length = static_cast<unsigned>((cell.size() + 1) / 2); // a single digit is the bit of a cfb1 segment
}

WrongCell Table::wrong(std::size_t column, std::string expected, std::string where) const {
    return {.file = name(),
            .line = line(),
            .column = std::string(columns_[column].name),
            .value = excerpt(text(column), longest_quoted),
            .expected = std::move(expected),
            .where = std::move(where)};
}

WrongCell Table::ends_early(std::string what) const {
    return {.file = name(), .line = line(), .column = {}, .value = {}, .expected = std::move(what), .where = {}};
}

} // namespace keyhole::verify
