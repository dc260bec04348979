// The text of a known-answer (response) file as records of fields, and fields as values. The form is that of NIST's
// CAVP response files. Nothing is skipped silently, because a vector that was not read looks like one that passed: any
// line that is no comment, section, `NAME = VALUE` or PEM block, and any value that is not hex where it must be, is an
// Error that names file and line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/number.hpp"
#include "core/des/des.hpp"

namespace keyhole::kat {

struct Field {
    std::string name;  // upper case
    std::string value; // as it stands in the file; of a PEM block, which is a field PEM, all its lines
    std::size_t line = 0;
    std::string written = {}; // the name in the file, where the checks know it by another

    const std::string& title() const { return written.empty() ? name : written; }
};

/// The fields between two blank lines, or from one COUNT to the next.
struct Record {
    std::string file;
    std::string section; // upper case, e.g. "ENCRYPT"
    std::string mode;    // of the last [MODE = ..], lower case; empty: not said
    std::vector<Field> fields;

    std::size_t line() const { return fields.front().line; }
    /// "record COUNT = 3", or "record at line 12" where nothing counts.
    std::string title() const;
    /// Without the line, for messages that begin with it.
    std::string short_title() const;

    const Field* find(std::string_view name) const;
    bool has(std::string_view name) const { return find(name) != nullptr; }

    /// The field; throws Error where the record has none. `why` says what it is needed for.
    const Field& need(std::string_view name, std::string_view why) const;

    // Values of a field. They throw Error, with file and line, for anything else.
    des::Block block(const Field& field) const;                    // 16 hex digits
    Bytes bytes(const Field& field) const;                         // hex digits in pairs, one pair at least
    Number number(const Field& field, std::size_t max_bits) const; // hex
    Number decimal_number(const Field& field, std::size_t max_bits) const;
    std::uint64_t decimal(const Field& field) const;                  // up to nine digits
    std::uint64_t short_hex(const Field& field, unsigned bits) const; // as many digits as `bits` bits need

    /// Throws Error where the field's number is 0.
    void refuse_zero(const Field& field, const Number& modulus) const;

    /// `FILE:LINE: WHAT (WHY)`; `why` ends with what to do.
    Error fault(std::size_t line, std::string_view what, std::string_view why) const;
};

// Bounds on what a hostile file can cost. Sizes are in bytes.
inline constexpr std::size_t max_file_size = std::size_t{64} << 20;
inline constexpr std::size_t max_line_size = std::size_t{1} << 20;
inline constexpr std::size_t max_fields = 64;
inline constexpr std::size_t max_records = 200'000;

/// All records of a file. `file` is its name in errors. Throws Error (bad_input).
std::vector<Record> parse(std::string_view file, std::string_view text);

} // namespace keyhole::kat
