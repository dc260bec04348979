// A graphics card, or any other OpenCL device, as a helper of the key search: it compiles the kernel of the search,
// shows that it finds keys, and takes as many chunks at a time as it can do in a fraction of a second. Every key is
// proven by the classroom's DES here.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "core/attack/cards/devices.hpp"
#include "core/attack/cards/gates.hpp"
#include "core/attack/key_search_run.hpp"

namespace keyhole::cards {

struct CardOptions {
    bool gentle = false; // launches of at most 100 ms, so that a screen which the card drives goes on
    std::chrono::milliseconds launch_limit{20'000}; // a launch that takes longer hangs; software has 30 times as long
    std::optional<GateFamily> family{};             // the faster one, where it is not given
    CardCircuits (*circuits)(GateFamily) = circuits_of;
};

class Card final : public ChunkSearcher {
  public:
    /// `search` lasts longer than the card.
    Card(const Device& device, const KeySearch& search, const CardOptions& options = {});
    ~Card() override;

    std::string name() const override { return device_.name; }
    void prepare(const std::function<bool()>& stopped) override;
    std::uint64_t wish() const override;
    Keys search(std::uint64_t from, std::uint64_t to) override;

    /// Keys a second of its kernel, measured for about `seconds`; it has to be prepared.
    double measure(double seconds);

    /// True where a launch never ended: its driver may wait for it even when the process ends.
    bool hangs() const;

  private:
    struct Impl;

    Device device_;
    std::unique_ptr<Impl> impl_;
};

/// The rate of a device with all bits unknown: builds, tests and measures it for about `seconds`.
double card_rate(const Device& device, double seconds);

} // namespace keyhole::cards
