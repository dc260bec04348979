#include "core/verify/cells/table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cassert>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/csv/csv_headers.hpp"

namespace keyhole::verify {
namespace {

std::string plain(std::string_view cell) { return lower_case(csv::trimmed(cell)); }

} // namespace

std::vector<Column> columns(std::string_view header, std::initializer_list<Format> formats,
                            std::initializer_list<std::string_view> required) {
    const std::vector<std::string_view> names = csv::names_in(header);
    assert(names.size() == formats.size());
    std::vector<Column> out;
    for (const Format format : formats) {
        const std::string_view name = names[out.size()];
        out.push_back({name, format, std::ranges::find(required, name) != required.end()});
    }
    return out;
}

NumberKind number_kind(Format format) {
    switch (format) {
        case Format::bits2: return {2, Base::decimal};
        case Format::bits4: return {4, Base::decimal};
        case Format::bits6: return {6, Base::decimal};
        case Format::hex7: return {28, Base::hex};
        case Format::hex8: return {32, Base::hex};
        case Format::hex12: return {48, Base::hex};
        case Format::hex16:
        case Format::octets: return {64, Base::hex};
        default: return {};
    }
}

std::string format_value(std::uint64_t value, Format format, unsigned bytes) {
    if (format == Format::direction) return std::string(keyhole::name(direction_of(value)));
    const NumberKind kind = number_kind(format);
    if (kind.own == Base::decimal) return fmt::to_string(value);
    return fmt::format("0x{:0{}X}", value, format == Format::octets ? 2 * bytes : kind.bits / 4);
}

Table::Table(const std::filesystem::path& path, std::vector<Column> columns)
    : path_(path), reader_(path), columns_(std::move(columns)), cells_(columns_.size()) {
    if (!reader_.next()) {
        throw bad_input(
            fmt::format("{} is empty (its first line must name the columns; export it anew)", reader_.name()));
    }
    find_columns();
    advance();
}

void Table::find_columns() {
    positions_.assign(columns_.size(), absent);
    for (std::size_t position = 0; position < reader_.size(); ++position) {
        const std::string name = plain(reader_.cell(position));
        const auto column = std::ranges::find(columns_, name, &Column::name);
        if (column == columns_.end()) {
            if (!name.empty()) ignored_.push_back(excerpt(csv::trimmed(reader_.cell(position))));
            continue;
        }
        std::size_t& place = positions_[static_cast<std::size_t>(column - columns_.begin())];
        if (place != absent) {
            throw bad_input(fmt::format("{} names the column {} twice (which is meant? give the other another name)",
                                        reader_.name(), name));
        }
        place = position;
    }
    bool any = false;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].required && !has(i))
            throw needs(i, "its first line names the columns; see docs/trace-format.md");
        const Format format = columns_[i].format;
        const bool is_value = format != Format::direction && format != Format::counter;
        any = any || (is_value && has(i));
        if (format == Format::counter) cells_[i].value = 1;
        cells_[i].empty = true;
    }
    if (!any) {
        throw bad_input(
            fmt::format("{} has no column with values (its first line names the columns; see "
                        "docs/trace-format.md)",
                        reader_.name()));
    }
}

bool Table::advance() {
    if (!reader_.next()) {
        at_end_ = true;
        return false;
    }
    ++rows_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!has(i)) continue;
        if (positions_[i] >= reader_.size()) {
            throw bad_input(
                fmt::format("{}:{} has too few cells ({}; give every column one)", name(), line(), reader_.size()));
        }
        parse(i);
    }
    return true;
}

std::string_view Table::text(std::size_t column) const {
    if (!has(column)) return {};
    const std::string_view cell = reader_.cell(positions_[column]);
    return columns_[column].format == Format::text ? cell : csv::trimmed(cell);
}

// Which base a column has is looked for only where some cell does not tell it, and only as far as it takes.
Base Table::base_of(std::size_t column) {
    if (!bases_.empty()) return bases_[column];
    std::vector<ColumnBase> seen;
    for (const Column& one : columns_) seen.emplace_back(number_kind(one.format));
    csv::Reader ahead(path_);
    ahead.next(); // the header
    const auto all_decided = [&] {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (has(i) && !seen[i].decided()) return false;
        }
        return true;
    };
    while (!all_decided() && ahead.next()) {
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (has(i) && positions_[i] < ahead.size()) seen[i].add(csv::trimmed(ahead.cell(positions_[i])));
        }
    }
    for (const ColumnBase& one : seen) bases_.push_back(one.base());
    return bases_[column];
}

void Table::parse(std::size_t column) {
    const std::string_view cell = text(column);
    Cell& out = cells_[column];
    out.empty = cell.empty();
    const Format format = columns_[column].format;
    if (format == Format::text || format == Format::words) return;
    if (format == Format::direction) {
        const std::string stage = plain(cell);
        if (stage != "encrypt" && stage != "decrypt") throw wrong(column, "encrypt or decrypt", "");
        out.value = cell_of(stage == "decrypt" ? Direction::decrypt : Direction::encrypt);
        return;
    }
    // An empty cell is as the subkey of round 0; where it may not be empty, the reader of the column says so.
    out.value = 0;
    if (!cell.empty() || number_kind(format).is_counter()) parse_number(column);
}

void Table::parse_number(std::size_t column) {
    const std::string_view cell = text(column);
    const Format format = columns_[column].format;
    const NumberKind kind = number_kind(format);
    const Digits digits = digits_of(cell, kind);
    const Base base = digits.base ? *digits.base : kind.is_counter() ? Base::decimal : base_of(column);
    auto number = read_number(digits.text, base, kind);
    // A decimal number that is too large is a number: who knows the row says what it should be.
    if (!number && kind.own == Base::decimal) number = read_number(digits.text, Base::decimal, {});
    if (number) {
        cells_[column].value = number->value;
        cells_[column].length = static_cast<unsigned>(base == Base::hex ? (number->digits + 1) / 2 : 8);
        return;
    }
    WrongCell found = wrong(column, "", "");
    if (format == Format::octets) {
        found.expected = "0x and pairs of hex digits";
    } else if (kind.own == Base::hex) {
        found.expected = fmt::format("0x and {} hex digits", kind.bits / 4);
    } else {
        found.expected = "a decimal number";
    }
    if (has_exponent(cell)) found.cause = rounded_words;
    throw found;
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

Error Table::needs(std::size_t column, std::string_view why) const {
    return bad_input(fmt::format("{} has no column {} ({})", name(), columns_[column].name, why));
}

CheckedFile Table::checked() const {
    CheckedFile out{.name = name(), .rows = rows_, .ignored = ignored_};
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!has(i)) out.without.emplace_back(columns_[i].name);
    }
    return out;
}

} // namespace keyhole::verify
