#include "core/csv/csv_variant.hpp"

#include <fmt/format.h>

#include <iterator>

namespace keyhole::csv {

BlockRows variant_rows(std::uint64_t message, const Pass& pass, std::uint64_t number) {
    const BlockRun run = pass.block(number);
    const std::string place = fmt::format("{},{},{},", message, name(pass.direction), number);
    const std::string input =
        pass.mode == Mode::cfb1 ? fmt::format("0x{:X}", run.input.front()) : "0x" + to_hex(run.input);
    BlockRows rows;
    rows.blocks = fmt::format("{}0x{:016X},{},0x{:016X},0x{:016X},0x{:016X},0x{:016X}\r\n", place, pass.schedule.key,
                              input, run.trace.input, run.trace.after_ip, run.trace.preoutput, run.trace.output);
    for (unsigned n = 1; n <= pass.variant.rounds; ++n) {
        const des::RoundTrace& r = run.trace.rounds[n - 1];
        fmt::format_to(std::back_inserter(rows.rounds),
                       "{}{},0x{:08X},0x{:08X},0x{:012X},0x{:012X},0x{:012X},0x{:08X},0x{:08X},0x{:08X},0x{:08X}\r\n",
                       place, n, r.left_in, r.right_in, r.expanded, r.subkey, r.mixed, r.s_out, r.p_out, r.left_out,
                       r.right_out);
        for (unsigned box = 1; box <= r.sboxes.size(); ++box) {
            const des::SboxTrace& s = r.sboxes[box - 1];
            fmt::format_to(std::back_inserter(rows.sboxes), "{}{},{},{},{},{},{}\r\n", place, n, box, s.input, s.row,
                           s.column, s.output);
        }
    }
    return rows;
}

} // namespace keyhole::csv
