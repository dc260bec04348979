// How a row is measured: our work and the peer's by turns in the same run, each many times, by the processor time that
// they took (other programs on the machine do not count); medians, and the ratio pair by pair with its spread.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace keyhole::bench {

/// One row of the table. Ratios above 1 mean that we are faster.
struct Row {
    std::string name, what, peer_name, unit;
    double target = 0;          // the ratio to reach
    double value = 0, peer = 0; // medians in `unit`
    double ratio = 0;           // median of the pairs' ratios
    double low = 0, high = 0;   // the middle half of the pairs' ratios
    std::string missing;        // why there is no figure: a peer that is not installed
};

/// Processor seconds of this thread, the kernel's work for it included.
double thread_seconds();

/// What this is made of is kept: the compiler may not leave its computation out.
inline void keep(const void* result) { asm volatile("" : : "g"(result) : "memory"); }

enum class Better { less, more };

/// Runs both `rounds` times by turns; each returns its figure in the row's unit.
void measure(Row& row, Better better, unsigned rounds, const std::function<double()>& ours,
             const std::function<double()>& peers);

/// Nanoseconds of processor time for each of `count` things that `work` does.
double nanoseconds_each(double count, const std::function<void()>& work);

// The rows, each with its peer.
Row des_cbc_row();
Row des_bulk_row();
Row des_recorded_row();
Row key_schedule_row();
Row key_search_row();
Row key_search_gpu_row();
Row modexp_row();
Row csv_row();
Row message_row();

} // namespace keyhole::bench
