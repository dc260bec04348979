// The kernel of one layout on one device: compiled there, launched, waited for no longer than a limit. What goes wrong
// is an Error (io) that names no device; the caller does.
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "core/attack/cards/kernel.hpp"

namespace keyhole::cards {

struct CardHandle; // OpenCL's ids of a device

class CardProgram {
  public:
    /// Compiles: seconds, where the driver has not kept it from the last time. `group`: work items in a group. A launch
    /// that takes longer than the limit hangs.
    CardProgram(const CardHandle& device, const KernelLayout& layout, const CardCircuits& circuits, unsigned group,
                std::chrono::milliseconds launch_limit);
    ~CardProgram();
    CardProgram(const CardProgram&) = delete;
    CardProgram& operator=(const CardProgram&) = delete;

    struct Answer {
        std::vector<Candidate> candidates;
        bool complete = true; // false: there were more than the card had room for
        double seconds = 0;
    };

    /// Tries the keys of `items` (at most 2^31) work items from the place `first` on.
    Answer launch(const KernelData& data, std::uint64_t first, std::uint32_t items);

    /// True after a launch that never ended: its driver may hold up the end of the process, too.
    bool hangs() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace keyhole::cards
