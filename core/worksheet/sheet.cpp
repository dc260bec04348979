#include "core/worksheet/sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/number_word.hpp"
#include "core/csv/csv_power.hpp"
#include "core/worksheet/sheet_kinds.hpp"

namespace keyhole::worksheet {
namespace {

constexpr std::size_t longest_id = 64; // bytes

void check_settings(const SheetSettings& settings) {
    if (settings.fade > most_faded)
        throw bad_input(
            fmt::format("fade {} (a sheet is faded 0 to {}; choose one of these)", settings.fade, most_faded));
    const std::string& id = settings.student;
    if (id.size() > longest_id)
        throw bad_input(
            fmt::format("the ID {} is too long (it has {} bytes; use at most {})", excerpt(id), id.size(), longest_id));
    if (!is_utf8(id) || escape_controls(id) != id) {
        throw bad_input(
            fmt::format("the ID {} is no plain text (control characters, backslashes and bytes that are no UTF-8 "
                        "cannot be read in a list; use letters and digits)",
                        excerpt(id)));
    }
}

// The columns of which some cells can be blank.
std::vector<std::string_view> computed_columns(const Sheet& sheet) {
    std::vector<std::string_view> out;
    for (const CellId id : sheet.computed) {
        const std::string_view column = sheet.column_name(sheet.cells[id]);
        if (std::ranges::find(out, column) == out.end()) out.push_back(column);
    }
    return out;
}

void leave_blank(Sheet& sheet) {
    const std::vector<std::string_view> there = computed_columns(sheet);
    std::set<std::string, std::less<>> wanted;
    for (const std::string& column : sheet.settings.columns) {
        const auto found = std::ranges::find_if(there, [&](std::string_view one) { return same_word(one, column); });
        if (found == there.end())
            throw unknown_word(fmt::format("the {} column", name(sheet.settings.kind)), column, there);
        wanted.emplace(*found);
    }
    std::vector<CellId> left;
    for (const CellId id : sheet.computed) {
        if (wanted.empty() || wanted.contains(sheet.column_name(sheet.cells[id]))) left.push_back(id);
    }
    const std::size_t count = (left.size() * sheet.settings.fade + most_faded - 1) / most_faded;
    for (std::size_t i = left.size() - count; i < left.size(); ++i) sheet.cells[left[i]].blank = true;
}

} // namespace

std::string_view name(SheetKind kind) {
    constexpr std::array names = {"sbox", "round", "schedule", "block", "modexp", "handshake", "message"};
    return names[static_cast<std::size_t>(kind)];
}

std::vector<CellId> Sheet::blanks() const {
    std::vector<CellId> out;
    for (const CellId id : computed) {
        if (cells[id].blank) out.push_back(id);
    }
    return out;
}

std::string Sheet::place(CellId id) const {
    const SheetCell& cell = cells[id];
    return fmt::format("{}:{}:{}", tables[cell.table].file, cell.row + 2, column_name(cell));
}

std::string cell_text(const SheetCell& cell, const Number& value) {
    switch (cell.form) {
        case Form::text: return cell.text;
        case Form::column: return verify::format_value(low_word(value), cell.format);
        case Form::number: return csv::number_cell(value, bit_length(value));
        default: return value == 0 ? "square" : "multiply";
    }
}

Sheet make_sheet(const SheetSettings& settings, std::string_view seed) {
    check_settings(settings);
    SheetNumbers numbers(seed, settings.student, name(settings.kind));
    Sheet sheet;
    sheet.settings = settings;
    SheetBuilder builder(sheet);
    switch (settings.kind) {
        case SheetKind::sbox: build_sbox(builder, numbers); break;
        case SheetKind::round: build_round(builder, numbers); break;
        case SheetKind::schedule: build_schedule(builder, numbers); break;
        case SheetKind::block: build_block(builder, numbers); break;
        case SheetKind::modexp: build_modexp(builder, numbers); break;
        case SheetKind::handshake: build_handshake(builder, numbers); break;
        case SheetKind::message: build_message(builder, numbers); break;
    }
    leave_blank(sheet);
    return sheet;
}

} // namespace keyhole::worksheet
