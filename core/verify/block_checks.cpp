#include "core/verify/block_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bits.hpp"
#include "core/base/words.hpp"
#include "core/verify/block_guesses.hpp"
#include "core/verify/cells/rules.hpp"
#include "core/verify/verify_subkeys.hpp"

namespace keyhole::verify {
namespace {

// Whether all rows of the S-boxes, or all columns, are one more than their inputs choose.
bool counts_from_1(const BlockRows& rows, std::optional<std::uint64_t> BoxSight::*cell,
                   std::uint64_t (*right)(std::uint64_t)) {
    std::size_t seen = 0;
    for (const RoundRow& round : rows.rounds) {
        for (const SboxRow& there : round.boxes) {
            const auto& value = there.cells.*cell;
            if (!value || !there.cells.input) continue;
            if (*value != right(*there.cells.input) + 1) return false;
            ++seen;
        }
    }
    return seen > 1;
}

void check_counting(const BlockContext& context, const BlockRows& rows) {
    if (context.sboxes_file == nullptr || rows.rounds.empty()) return;
    const SboxRow& first = rows.rounds.front().boxes.front();
    const auto check = [&](const char* name, std::optional<std::uint64_t> BoxSight::*cell,
                           std::uint64_t (*right)(std::uint64_t)) {
        if (!counts_from_1(rows, cell, right)) return;
        const Place place{.file = context.sboxes_file, .block = rows.block, .round = 1, .box = 1};
        throw WrongCell{.file = *context.sboxes_file,
                        .line = first.line,
                        .column = name,
                        .value = fmt::to_string(*(first.cells.*cell)),
                        .expected = fmt::to_string(right(*first.cells.input)),
                        .where = place_text(rows.message, rows.direction, place),
                        .cause = fmt::format("every {} is counted from 1, the standard counts from 0", name)};
    };
    check("row", &BoxSight::row, outer_bits);
    check("column", &BoxSight::column, inner_bits);
}

// S-boxes know few numbers; what is larger is wrong whatever the rest says.
void check_ranges(const BlockContext& context, const BlockRows& rows) {
    if (context.sboxes_file == nullptr) return;
    for (unsigned n = 1; n <= rows.rounds.size(); ++n) {
        for (unsigned box = 1; box <= 8; ++box) {
            const SboxRow& there = rows.rounds[n - 1].boxes[box - 1];
            const auto &input = there.cells.input, &row = there.cells.row, &column = there.cells.column,
                       &output = there.cells.output;
            const auto check = [&](const char* name, const auto& value, std::uint64_t most, auto expected) {
                if (!value || *value <= most) return;
                const Place place{.file = context.sboxes_file, .block = rows.block, .round = n, .box = box};
                throw WrongCell{.file = *context.sboxes_file,
                                .line = there.line,
                                .column = name,
                                .value = fmt::to_string(*value),
                                .expected = expected(),
                                .where = place_text(rows.message, rows.direction, place)};
            };
            const auto range = [](std::uint64_t most) { return fmt::format("0 to {}", most); };
            const bool chosen = row && column && *row <= 3 && *column <= 15, chooses = input && *input <= 63;
            check("input", input, 63, [&] { return chosen ? fmt::to_string(six_bits(*row, *column)) : range(63); });
            check("row", row, 3, [&] { return chooses ? fmt::to_string(outer_bits(*input)) : range(3); });
            check("column", column, 15, [&] { return chooses ? fmt::to_string(inner_bits(*input)) : range(15); });
            check("output", output, 15, [&] {
                return chosen ? fmt::to_string(des::select(box, six_bits(*row, *column), *context.variant).output)
                              : range(15);
            });
        }
    }
}

// A shorter input has lost its zeros, unless it is the last one of a key stream; a longer one is none.
void check_input_length(const BlockContext& context) {
    if (context.row == nullptr || !context.row->input) return;
    const BlockRow& row = *context.row;
    unsigned most = segment_bits(context.pass->mode) < 64 ? 1 : 8;
    if (context.pass->known != nullptr) {
        most =
            static_cast<unsigned>(std::min<std::uint64_t>(8, context.pass->known->input.size() - 8 * (row.block - 1)));
    }
    if (context.pass->mode == Mode::cfb1 && *row.input > 1)
        throw WrongCell{.file = *context.blocks_file,
                        .line = row.line,
                        .column = "input",
                        .value = format_value(*row.input, Format::octets, row.input_bytes),
                        .expected = "0x0 or 0x1",
                        .where = place_text(row.message, row.direction, {.block = row.block})};
    if (row.input_bytes <= most) return;
    throw WrongCell{.file = *context.blocks_file,
                    .line = row.line,
                    .column = "input",
                    .value = format_value(*row.input, Format::octets, row.input_bytes),
                    .expected = counted(most, "byte"),
                    .where = place_text(row.message, row.direction, {.block = row.block})};
}

// PC-1 of the key is C0 D0 of keyschedule.csv. Which of the two is wrong is told by other blocks, by exchange.csv or by
// what the block's key makes of it.
void check_first_halves(const BlockContext& context) {
    if (context.row == nullptr || !context.row->key || context.schedule == nullptr) return;
    const BlockRow& row = *context.row;
    const auto halves = first_halves(*context.schedule);
    const std::uint64_t right = des::permuted_choice_1(*row.key);
    if (!halves || right == *halves) return;
    const PassBlocks& pass = *context.pass;
    const bool given = (pass.known != nullptr || pass.count > 1) && pass.key == row.key;
    const bool makes = makes_output(row, context.forwards ? Direction::encrypt : Direction::decrypt, *context.variant);
    const std::string cause = joined(choice_1_slips(*row.key, *halves));
    const bool c_differs = right >> 28 != *halves >> 28;
    const std::uint64_t c_or_d = c_differs ? *halves >> 28 : *halves & low_mask(28);
    const std::string expected = format_value(c_differs ? right >> 28 : right & low_mask(28), Format::hex7);
    const char* const column = c_differs ? "c" : "d";
    const std::uint64_t line = context.schedule->front().line;
    if (given || makes || !cause.empty()) {
        throw WrongCell{.file = *context.schedule_file,
                        .line = line,
                        .column = column,
                        .value = format_value(c_or_d, Format::hex7),
                        .expected = expected,
                        .where = place_text(row.message, std::nullopt, {}),
                        .cause = cause};
    }
    const std::string key = format_value(key_for(*halves, *row.key), Format::hex16);
    const std::string where = place_text(row.message, row.direction, {.block = row.block});
    if (pass.key == row.key) {
        throw doubt_about(
            *context.blocks_file, row.line,
            fmt::format("key and {}:{} {} do not fit together ({}): key should be {}, or {} {}; nothing here "
                        "tells which of them is wrong",
                        *context.schedule_file, line, column, where, key, column, expected));
    }
}

} // namespace

void check_cells(const BlockContext& context, const BlockRows& rows) {
    check_input_length(context);
    check_counting(context, rows);
    check_ranges(context, rows);
    check_first_halves(context);
}

} // namespace keyhole::verify
