// Sheets of the inside of DES: boxes, a round, a block. (FIPS 46-3.)
#include <fmt/format.h>

#include "core/base/bits.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/des/des_keys.hpp"
#include "core/verify/slips/block_slip.hpp"
#include "core/verify/slips/round_slip.hpp"
#include "core/verify/slips/sbox_slip.hpp"
#include "core/worksheet/sheet_kinds.hpp"

namespace keyhole::worksheet {
namespace {

using verify::Format;

constexpr std::uint64_t six = 63;

std::uint32_t half(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

struct BoxCells {
    CellId input, row, column, output;
};

using RoundCells = std::array<CellId, verify::round_values>; // by verify::RoundValue

des::BlockTrace draw_block(SheetNumbers& numbers) {
    const des::Block key = des::with_odd_parity(numbers.block());
    return des::trace(numbers.block(), des::key_schedule(key));
}

void add_position(SheetBuilder& build, unsigned round) {
    build.counter(1);
    build.text("encrypt");
    build.counter(1);
    build.counter(round);
}

BoxCells add_box_row(SheetBuilder& build, std::size_t table, unsigned round, unsigned box, const des::SboxTrace& s) {
    build.row(table, fmt::format("round {}, box {}", round, box));
    add_position(build, round);
    build.counter(box);
    return {build.column(Format::bits6, s.input), build.column(Format::bits2, s.row),
            build.column(Format::bits4, s.column), build.column(Format::bits4, s.output)};
}

void compute_box(SheetBuilder& build, unsigned box, const BoxCells& cells) {
    const auto causes = [cells, box](CellId wrong_cell) {
        return [cells, box, wrong_cell](const ValueOf& value, const Number& wrong) {
            verify::BoxSight sight{.input = bits_of(value(cells.input)) & six, .row = {}, .column = {}, .output = {}};
            sight.row = bits_of(wrong_cell == cells.row ? wrong : value(cells.row));
            sight.column = bits_of(wrong_cell == cells.column ? wrong : value(cells.column));
            if (wrong_cell == cells.output) sight.output = bits_of(wrong);
            return verify::sbox_slips(box, sight);
        };
    };
    build.computed(cells.row, {from(cells.input, verify::outer_bits)}).causes = causes(cells.row);
    build.computed(cells.column, {from(cells.input, verify::inner_bits)}).causes = causes(cells.column);
    const auto look_up = [box](std::uint64_t row, std::uint64_t column) {
        return des::select(box, verify::six_bits(row, column)).output;
    };
    const auto from_input = [box](std::uint64_t input) {
        return des::select(box, static_cast<std::uint8_t>(input & six)).output;
    };
    build.computed(cells.output, {from(cells.row, cells.column, look_up), from(cells.input, from_input)}).causes =
        causes(cells.output);
}

RoundCells add_round_row(SheetBuilder& build, std::size_t table, unsigned n, const des::RoundTrace& r) {
    build.row(table, fmt::format("round {}", n));
    add_position(build, n);
    RoundCells cells{};
    cells[verify::left_in] = build.column(Format::hex8, r.left_in);
    cells[verify::right_in] = build.column(Format::hex8, r.right_in);
    cells[verify::expanded] = build.column(Format::hex12, r.expanded);
    cells[verify::subkey] = build.column(Format::hex12, r.subkey);
    cells[verify::mixed] = build.column(Format::hex12, r.mixed);
    cells[verify::s_out] = build.column(Format::hex8, r.s_out);
    cells[verify::p_out] = build.column(Format::hex8, r.p_out);
    cells[verify::left_out] = build.column(Format::hex8, r.left_out);
    cells[verify::right_out] = build.column(Format::hex8, r.right_out);
    return cells;
}

auto round_causes(const RoundCells& cells, verify::RoundValue column, unsigned n) {
    return [cells, column, n](const ValueOf& value, const Number& wrong) {
        verify::RoundSight sight;
        for (std::size_t i = 0; i < cells.size(); ++i) sight.values[i] = bits_of(value(cells[i]));
        sight.values[column] = bits_of(wrong);
        sight.round = n;
        return verify::round_slips(column, sight);
    };
}

std::uint64_t all_boxes(std::uint64_t mixed) {
    std::uint64_t out = 0;
    for (unsigned box = 1; box <= 8; ++box)
        out = out << 4 | des::select(box, static_cast<std::uint8_t>(bit_slice(mixed, 48, 6 * box - 5, 6))).output;
    return out;
}

// What leads to s_out, and from there to the halves that leave the round.
void compute_front(SheetBuilder& build, const RoundCells& c, unsigned n) {
    using namespace verify;
    const auto exclusive_or = [](std::uint64_t a, std::uint64_t b) { return a ^ b; };
    build.computed(c[expanded], {from(c[right_in], [](std::uint64_t r) { return des::expansion(half(r)); })}).causes =
        round_causes(c, expanded, n);
    build.computed(c[mixed], {from(c[expanded], c[subkey], exclusive_or)}).causes = round_causes(c, mixed, n);
}

void compute_back(SheetBuilder& build, const RoundCells& c, unsigned n, std::vector<Way> to_s_out) {
    using namespace verify;
    const auto exclusive_or = [](std::uint64_t a, std::uint64_t b) { return a ^ b; };
    to_s_out.push_back(from(c[mixed], all_boxes));
    build.computed(c[s_out], std::move(to_s_out)).causes = round_causes(c, s_out, n);
    build.computed(c[p_out], {from(c[s_out], [](std::uint64_t s) { return des::permutation(half(s)); })}).causes =
        round_causes(c, p_out, n);
    build.computed(c[left_out], {from(c[right_in], [](std::uint64_t r) { return r; })}).causes =
        round_causes(c, left_out, n);
    build.computed(c[right_out], {from(c[left_in], c[p_out], exclusive_or)}).causes = round_causes(c, right_out, n);
}

} // namespace

void build_sbox(SheetBuilder& build, SheetNumbers& numbers) {
    const des::BlockTrace block = draw_block(numbers);
    const std::size_t table = build.table("sboxes.csv", csv::sboxes_header, 5);
    for (unsigned round = 1; round <= 2; ++round) {
        for (unsigned box = 1; box <= 8; ++box)
            compute_box(build, box, add_box_row(build, table, round, box, block.rounds[round - 1].sboxes[box - 1]));
    }
}

void build_round(SheetBuilder& build, SheetNumbers& numbers) {
    const des::BlockTrace block = draw_block(numbers);
    const unsigned n = 1; // verify reads rounds from the first one on
    const des::RoundTrace& r = block.rounds[n - 1];
    const std::size_t rounds = build.table("rounds.csv", csv::rounds_header, 4);
    const std::size_t boxes = build.table("sboxes.csv", csv::sboxes_header, 5);
    const RoundCells cells = add_round_row(build, rounds, n, r);
    compute_front(build, cells, n);
    Way outputs{{}, [](std::span<const Number> in) {
                    Number out = 0;
                    for (const Number& four : in) out = 16 * out + four;
                    return out;
                }};
    for (unsigned box = 1; box <= 8; ++box) {
        const BoxCells one = add_box_row(build, boxes, n, box, r.sboxes[box - 1]);
        build.computed(one.input, {from(cells[verify::mixed],
                                        [box](std::uint64_t mixed) { return bit_slice(mixed, 48, 6 * box - 5, 6); })});
        compute_box(build, box, one);
        outputs.from.push_back(one.output);
    }
    compute_back(build, cells, n, {outputs});
}

void build_block(SheetBuilder& build, SheetNumbers& numbers) {
    const des::Block key = des::with_odd_parity(numbers.block());
    const des::KeySchedule schedule = des::key_schedule(key);
    const des::BlockTrace block = des::trace(numbers.block(), schedule);
    const std::size_t blocks = build.table("blocks.csv", csv::blocks_header, 3);
    const std::size_t rounds = build.table("rounds.csv", csv::rounds_header, 4);
    build.row(blocks, "");
    build.counter(1);
    build.text("encrypt");
    build.counter(1);
    build.column(Format::hex16, key);
    const CellId input = build.column(Format::hex16, block.input);
    const CellId chained = build.column(Format::hex16, block.input);
    const CellId after_ip = build.column(Format::hex16, block.after_ip);
    const CellId preoutput = build.column(Format::hex16, block.preoutput);
    const CellId output = build.column(Format::hex16, block.output);
    const auto causes = [=](std::string_view column) {
        return [=](const ValueOf& value, const Number& wrong) {
            verify::BlockSight sight;
            sight.input = bits_of(value(input));
            sight.chained = bits_of(value(chained));
            sight.after_ip = bits_of(column == "after_ip" ? wrong : value(after_ip));
            sight.preoutput = bits_of(column == "preoutput" ? wrong : value(preoutput));
            sight.output = bits_of(column == "output" ? wrong : value(output));
            return verify::block_slips(column, sight);
        };
    };
    build.computed(after_ip, {from(chained, [](std::uint64_t in) { return des::initial_permutation(in); })}).causes =
        causes("after_ip");

    RoundCells before{};
    for (unsigned n = 1; n <= 16; ++n) {
        const RoundCells cells = add_round_row(build, rounds, n, block.rounds[n - 1]);
        const auto same = [](std::uint64_t value) { return value; };
        if (n == 1) {
            build.computed(cells[verify::left_in], {from(after_ip, [](std::uint64_t v) { return v >> 32; })});
            build.computed(cells[verify::right_in], {from(after_ip, [](std::uint64_t v) { return v & low_mask(32); })});
        } else {
            build.computed(cells[verify::left_in], {from(before[verify::left_out], same)});
            build.computed(cells[verify::right_in], {from(before[verify::right_out], same)});
        }
        compute_front(build, cells, n);
        compute_back(build, cells, n, {});
        before = cells;
    }
    const auto swapped = [](std::uint64_t right, std::uint64_t left) { return right << 32 | (left & low_mask(32)); };
    const CellId left = before[verify::left_out], right = before[verify::right_out];
    build.computed(preoutput, {from(right, left, swapped)}).causes = [=](const ValueOf& value, const Number& wrong) {
        verify::BlockSight sight;
        sight.preoutput = bits_of(wrong);
        sight.left = bits_of(value(left));
        sight.right = bits_of(value(right));
        return verify::block_slips("preoutput", sight);
    };
    build.computed(output, {from(preoutput, [](std::uint64_t in) { return des::final_permutation(in); })}).causes =
        causes("output");
}

} // namespace keyhole::worksheet
