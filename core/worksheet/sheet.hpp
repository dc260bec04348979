// A worksheet as data: tables of section "Trace files" of docs/trace-format.md with some cells left blank, and for
// every blank cell how it is computed from others. Page, CSV and grading all read it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/number.hpp"
#include "core/verify/cells/table.hpp"
#include "core/verify/slips/selection_slip.hpp"

namespace keyhole::worksheet {

enum class SheetKind { sbox, round, schedule, block, modexp, handshake, message };
inline constexpr std::array every_kind = {SheetKind::sbox,   SheetKind::round,  SheetKind::schedule,
                                          SheetKind::block,  SheetKind::modexp, SheetKind::handshake,
                                          SheetKind::message};

/// "sbox", as --kind takes it.
std::string_view name(SheetKind kind);

/// How much is blank: 0 nothing (a worked example), 1 the last third of the cells, 2 two thirds, 3 everything that is
/// to be computed.
inline constexpr unsigned most_faded = 3;

struct SheetSettings {
    SheetKind kind = SheetKind::sbox;
    std::string student; // an ID; may be empty
    unsigned fade = most_faded;
    std::vector<std::string> columns; // only these are blank; empty: all that are to be computed

    bool operator==(const SheetSettings&) const = default;
};

/// A cell of Sheet::cells.
using CellId = std::size_t;

/// What counts as a cell's value.
using ValueOf = std::function<Number(CellId)>;

/// One way to compute a cell from others.
struct Way {
    std::vector<CellId> from;
    std::function<Number(std::span<const Number>)> make; // the operands in that order
};

/// How a cell is written: as text that stands for itself (positions, names), as a column of verify has it, as a number
/// of Diffie-Hellman, or as square or multiply (0 and 1).
enum class Form : std::uint8_t { text, column, number, action };

struct SheetCell {
    std::size_t table = 0, row = 0, column = 0; // places in Sheet::tables, all from 0
    Form form = Form::text;
    verify::Format format = verify::Format::text; // of Form::column
    Number value;
    std::string text;  // as an export writes it
    std::string where; // "round 1, box 3"; may be empty
    bool blank = false;
    std::vector<Way> ways = {}; // of a cell that can be blank
    /// How this wrong value came about, each in words.
    std::function<verify::Causes(const ValueOf&, const Number& wrong)> causes = {};
};

struct SheetTable {
    std::string file; // "rounds.csv"
    std::vector<std::string> columns;
    std::size_t positions = 0; // so many of the first columns say where a row belongs
    std::vector<std::vector<CellId>> rows = {};
};

struct Sheet {
    SheetSettings settings;
    std::vector<std::pair<std::string, std::string>> given; // what stands in no table: "key", "0x.."
    std::vector<SheetTable> tables;
    std::vector<SheetCell> cells;
    std::vector<CellId> computed; // those that can be blank, in the order in which one computes them

    const std::string& column_name(const SheetCell& cell) const { return tables[cell.table].columns[cell.column]; }
    std::vector<CellId> blanks() const;
    /// "rounds.csv:2:mixed": file, line and column of a cell.
    std::string place(CellId id) const;
};

/// Throws Error (bad_input): an ID that is too long or no text, a fade beyond most_faded, a column that the kind does
/// not have or that is always given.
Sheet make_sheet(const SheetSettings& settings, std::string_view seed);

/// The text of a value of that cell, as an export writes it.
std::string cell_text(const SheetCell& cell, const Number& value);

} // namespace keyhole::worksheet
