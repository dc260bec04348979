// keyhole crack devices: what can search here, and how fast each is.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/crack/crack.hpp"
#include "cli/crack/crack_progress.hpp"
#include "core/attack/cards/card.hpp"
#include "core/attack/search_times.hpp"
#include "core/base/error.hpp"

namespace keyhole::cli {
namespace {

constexpr double measured_seconds = 1;

void print(const cards::Device& device, double rate, const std::string& why, bool json) {
    if (json) {
        nlohmann::ordered_json line = {{"number", device.number},
                                       {"kind", cards::name(device.kind)},
                                       {"name", device.name},
                                       {"keys_per_second", nullptr}};
        if (why.empty()) {
            line["keys_per_second"] = rate;
        } else {
            line["error"] = why;
        }
        fmt::print("{}\n", line.dump());
    } else {
        fmt::print("{}  {:<11} {}  {}\n", device.number, cards::name(device.kind), device.name,
                   why.empty() ? short_number(rate) + " keys/s" : "does not work: " + why);
    }
    std::fflush(stdout); // each as soon as it is known
}

void list_devices(bool json) {
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    print(cards::cpu_device(), cpu_keys_per_second(threads, bitslice::best_level()), {}, json);
    std::vector<cards::Device> devices;
    try {
        devices = cards::opencl_devices();
    } catch (const Error& error) {
        fmt::print(stderr, "keyhole: warning: {}\n", error.what());
    }
    bool hangs = false;
    for (const cards::Device& device : devices) {
        const KeySearch all{KeySearchQuestion{}};
        cards::Card card(device, all);
        try {
            card.prepare([] { return false; });
            print(device, card.measure(measured_seconds), {}, json);
        } catch (const Error& error) {
            print(device, 0, error.what(), json);
            hangs = hangs || card.hangs();
        }
    }
    if (hangs) std::_Exit(0); // the driver would wait for what never ends
}

} // namespace

void add_crack_devices(CLI::App& crack) {
    auto json = std::make_shared<bool>(false);
    CLI::App* sub = crack.add_subcommand("devices", "List what can search for DES keys here, and how fast");
    sub->add_flag("--json", *json, "one JSON object a line");
    sub->footer(
        "Example: keyhole crack devices\n"
        "Number 0 is this CPU, on all cores; 1 and on are OpenCL's devices, for crack des --device.");
    sub->callback([json] { list_devices(*json); });
}

} // namespace keyhole::cli
