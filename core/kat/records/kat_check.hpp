// What the checks of all kinds of records share: each takes a record and gives the first field that disagrees. They
// throw Error, with file and line, where a record lacks what its kind needs.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/kat/records/kat_parse.hpp"
#include "core/kat/records/kat_trace.hpp"

namespace keyhole::kat {

/// A field that is not as computed.
struct Mismatch {
    const Field* field = nullptr;
    std::string expected, got;
};
using Verdict = std::optional<Mismatch>; // empty: the record passes

/// The DES record that [ROUNDS] records below it look into: its first block.
struct TracedBlock {
    des::KeySchedule schedule;
    Direction direction = Direction::encrypt;
    des::BlockTrace block;
};

/// What the checks of one file share, from record to record.
struct Context {
    std::string file_name;             // without folders, lower case
    std::function<bool()> go_on;       // false: stop, the verdict does not matter any more
    std::optional<TracedBlock> traced; // of the last DES record
    KatTrace trace;                    // of this record, where it can be opened as one
};

/// Passes when the field's digits, of any case, with or without `0x`, are `digits` (upper case, no prefix).
Verdict compare_hex(const Field& field, const std::string& digits);

/// Passes when the field, which was read as `stands`, should be `number`.
Verdict compare_number(const Field& field, const Number& stands, const Number& number);

} // namespace keyhole::kat
