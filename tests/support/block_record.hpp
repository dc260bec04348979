// A record of the fast DES written out as the classroom's trace, so that one can be compared with the other.
#pragma once

#include "core/fast/fast_des_record.hpp"
#include "core/fast/fast_des_tables.hpp"

namespace keyhole::des::fast {

inline BlockTrace trace_of(const BlockRecord& record, const Schedule& schedule, Direction direction) {
    BlockTrace out{.input = record.input,
                   .after_ip = record.after_ip,
                   .rounds = {},
                   .preoutput = record.preoutput,
                   .output = record.output};
    for (unsigned n = 1; n <= 16; ++n) {
        const std::uint64_t subkey = schedule.subkeys[subkey_number(n, direction) - 1];
        RoundTrace& round = out.rounds[n - 1];
        round.left_in = record.left_in(n);
        round.right_in = record.right_in(n);
        round.subkey = gather_groups(subkey);
        round.mixed = gather_groups(record.mixed[n - 1]);
        round.expanded = gather_groups(record.mixed[n - 1] ^ subkey);
        round.s_out = record.s_out(n);
        round.p_out = record.p_out(n);
        round.left_out = record.left_out(n);
        round.right_out = record.right_out(n);
        for (unsigned box = 1; box <= 8; ++box) {
            round.sboxes[box - 1] =
                select(box, static_cast<std::uint8_t>(record.mixed[n - 1] >> (64 - 8 * box) & 0xFF));
        }
    }
    return out;
}

} // namespace keyhole::des::fast
