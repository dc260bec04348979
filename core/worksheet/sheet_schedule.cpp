// The sheet of the key schedule. (FIPS 46-3, appendix 1.)
#include <fmt/format.h>

#include "core/base/bits.hpp"
#include "core/csv/csv_headers.hpp"
#include "core/des/des_keys.hpp"
#include "core/verify/slips/schedule_slip.hpp"
#include "core/worksheet/sheet_kinds.hpp"

namespace keyhole::worksheet {
namespace {

using verify::Format;

std::uint32_t half(std::uint64_t value) { return static_cast<std::uint32_t>(value & low_mask(28)); }

struct ScheduleCells {
    CellId shift, c, d;
};

// C or D of a round: turned by what stands in the sheet as the shift, or by what it should be.
void compute_turn(SheetBuilder& build, CellId cell, CellId before, CellId shift, unsigned right_shift) {
    const auto by = [](std::uint64_t value, std::uint64_t count) {
        return des::rotate_28(half(value), static_cast<unsigned>(count % 28));
    };
    const auto rightly = [by, right_shift](std::uint64_t value) { return by(value, right_shift); };
    build.computed(cell, {from(before, shift, by), from(before, rightly)}).causes =
        [before, right_shift](const ValueOf& value, const Number& wrong) {
            return verify::rotation_slips(half(bits_of(value(before))), right_shift, half(bits_of(wrong)));
        };
}

} // namespace

void build_schedule(SheetBuilder& build, SheetNumbers& numbers) {
    const des::Block key = des::with_odd_parity(numbers.block());
    const des::KeySchedule schedule = des::key_schedule(key);
    build.given("key", fmt::format("0x{:016X}", key));
    const std::size_t table = build.table("keyschedule.csv", csv::keyschedule_header, 2);
    build.row(table, "after PC-1");
    build.counter(1);
    build.counter(0);
    ScheduleCells before{.shift = build.counter(0),
                         .c = build.column(Format::hex7, schedule.c0),
                         .d = build.column(Format::hex7, schedule.d0)};
    build.nothing();
    const CellId c0 = before.c;
    const Way of_key{{}, [d = schedule.d0](std::span<const Number>) { return Number(d); }};
    build.computed(before.d, {of_key}).causes = [key, c0](const ValueOf& value, const Number& wrong) {
        return verify::choice_1_slips(key, bits_of(value(c0)) << 28 | half(bits_of(wrong)));
    };
    for (unsigned n = 1; n <= 16; ++n) {
        const des::ScheduleRound& round = schedule.rounds[n - 1];
        build.row(table, fmt::format("round {}", n));
        build.counter(1);
        build.counter(n);
        const ScheduleCells now{.shift = build.counter(round.shift),
                                .c = build.column(Format::hex7, round.c),
                                .d = build.column(Format::hex7, round.d)};
        const CellId subkey = build.column(Format::hex12, round.subkey);
        build.computed(now.shift, {});
        compute_turn(build, now.c, before.c, now.shift, round.shift);
        compute_turn(build, now.d, before.d, now.shift, round.shift);
        const auto choice_2 = [](std::uint64_t c, std::uint64_t d) { return des::permuted_choice_2(half(c), half(d)); };
        build.computed(subkey, {from(now.c, now.d, choice_2)}).causes = [now, before](const ValueOf& value,
                                                                                      const Number& wrong) {
            const auto both = [&](const ScheduleCells& cells) {
                return std::uint64_t{half(bits_of(value(cells.c)))} << 28 | half(bits_of(value(cells.d)));
            };
            return verify::choice_2_slips(both(now), both(before), bits_of(wrong));
        };
        before = now;
    }
}

} // namespace keyhole::worksheet
