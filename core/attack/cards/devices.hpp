// What can search for keys here: the CPU engine is number 0, and OpenCL's devices come after it in the order in which
// its loader names them; and which of them somebody asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/attack/key_search.hpp"

namespace keyhole::cards {

enum class DeviceKind { cpu, gpu, accelerator, software };

/// "cpu", "gpu", "accelerator", "software": OpenCL on this CPU, as pocl has it.
std::string_view name(DeviceKind kind);

struct Device {
    unsigned number = 0;
    DeviceKind kind = DeviceKind::cpu;
    std::string name; // one line, printable ASCII

    bool is_card() const { return kind == DeviceKind::gpu || kind == DeviceKind::accelerator; }
};

/// Number 0: this CPU with the instruction set that is searched with.
Device cpu_device();

/// All but number 0; none where there is a loader and no driver. Throws Error (io) where the loader cannot be opened or
/// a driver fails.
std::vector<Device> opencl_devices();

/// What `--device` says: `auto`, `cpu`, or numbers with commas between them.
struct DeviceChoice {
    bool automatic = false;
    std::vector<unsigned> numbers; // rising, each once; empty where automatic

    bool cpu() const { return automatic || (!numbers.empty() && numbers.front() == 0); }
    bool cards() const { return automatic || (!numbers.empty() && numbers.back() != 0); }
};

/// Empty for what is none of these.
std::optional<DeviceChoice> parse_device_choice(std::string_view text);

/// The OpenCL devices that are chosen: with `auto` every real card. Throws Error (bad_input) for a number that is not
/// there.
std::vector<Device> chosen_cards(const DeviceChoice& choice, const std::vector<Device>& devices);

/// Below that `auto` leaves cards alone: a CPU has done so few keys before a card has compiled its kernel.
inline constexpr double fewest_keys_for_cards = 8589934592.0; // 2^33

} // namespace keyhole::cards
