#include "core/attack/cards/devices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/attack/cards/card_handle.hpp"
#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/base/words.hpp"

namespace keyhole::cards {
namespace {

constexpr std::size_t longest_name = 80;

// A name from outside, fit for a line of the terminal.
std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text.substr(0, std::min(text.find('\0'), longest_name))) {
        const bool blank = c == ' ' || c == '\t';
        if (blank && (out.empty() || out.back() == ' ')) continue;
        out += blank ? ' ' : c > ' ' && c <= '~' ? c : '?';
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out.empty() ? "without a name" : out;
}

std::string cpu_name() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        const std::size_t colon = line.find(": ");
        if (line.rfind("model name", 0) == 0 && colon != line.npos) return printable(line.substr(colon + 2));
    }
    return "this CPU";
}

DeviceKind kind_of(cl_device_type type) {
    if ((type & CL_DEVICE_TYPE_GPU) != 0) return DeviceKind::gpu;
    return (type & CL_DEVICE_TYPE_CPU) != 0 ? DeviceKind::software : DeviceKind::accelerator;
}

std::string text_of(cl_device_id device, cl_device_info what) {
    std::size_t size = 0;
    expect(opencl().GetDeviceInfo(device, what, 0, nullptr, &size), "the driver does not tell about a device");
    std::string text(size, '\0');
    expect(opencl().GetDeviceInfo(device, what, size, text.data(), nullptr), "the driver does not tell about a device");
    return text;
}

} // namespace

std::string_view name(DeviceKind kind) {
    switch (kind) {
        case DeviceKind::cpu: return "cpu";
        case DeviceKind::gpu: return "gpu";
        case DeviceKind::accelerator: return "accelerator";
        case DeviceKind::software: return "software";
    }
    return {};
}

std::vector<CardHandle> card_handles() {
    constexpr cl_int no_platform = -1001; // CL_PLATFORM_NOT_FOUND_KHR
    const OpenCl& cl = opencl();
    cl_uint count = 0;
    const cl_int code = cl.GetPlatformIDs(0, nullptr, &count);
    if (code == no_platform || (code == CL_SUCCESS && count == 0)) return {};
    expect(code, "the OpenCL loader fails");
    std::vector<cl_platform_id> platforms(count);
    expect(cl.GetPlatformIDs(count, platforms.data(), nullptr), "the OpenCL loader fails");
    std::vector<CardHandle> handles;
    for (const cl_platform_id platform : platforms) {
        cl_uint here = 0;
        const cl_int found = cl.GetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, nullptr, &here);
        if (found == CL_DEVICE_NOT_FOUND || (found == CL_SUCCESS && here == 0)) continue;
        expect(found, "an OpenCL driver fails");
        std::vector<cl_device_id> devices(here);
        expect(cl.GetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, here, devices.data(), nullptr), "an OpenCL driver fails");
        for (const cl_device_id device : devices) handles.push_back({platform, device});
    }
    return handles;
}

bool has_extension(const CardHandle& handle, std::string_view extension) {
    return text_of(handle.device, CL_DEVICE_EXTENSIONS).find(extension) != std::string::npos;
}

Device cpu_device() {
    const bitslice::Level level = bitslice::best_level();
    return {0, DeviceKind::cpu, fmt::format("{}, {}", cpu_name(), bitslice::name(level))};
}

std::vector<Device> opencl_devices() {
    std::vector<Device> devices;
    for (const CardHandle& handle : card_handles()) {
        cl_device_type type = 0;
        expect(opencl().GetDeviceInfo(handle.device, CL_DEVICE_TYPE, sizeof type, &type, nullptr),
               "the driver does not tell about a device");
        devices.push_back({static_cast<unsigned>(devices.size() + 1), kind_of(type),
                           printable(text_of(handle.device, CL_DEVICE_NAME))});
    }
    return devices;
}

std::optional<DeviceChoice> parse_device_choice(std::string_view text) {
    DeviceChoice choice;
    const std::string word = lower_case(text);
    if (word == "auto") {
        choice.automatic = true;
        return choice;
    }
    if (word == "cpu") {
        choice.numbers = {0};
        return choice;
    }
    for (const std::string_view part : split(text, ",")) {
        const auto number = whole_number<unsigned>(part);
        if (!number) return std::nullopt;
        choice.numbers.push_back(*number);
    }
    std::sort(choice.numbers.begin(), choice.numbers.end());
    choice.numbers.erase(std::unique(choice.numbers.begin(), choice.numbers.end()), choice.numbers.end());
    return choice;
}

std::vector<Device> chosen_cards(const DeviceChoice& choice, const std::vector<Device>& devices) {
    std::vector<Device> cards;
    if (choice.automatic) {
        std::copy_if(devices.begin(), devices.end(), std::back_inserter(cards),
                     [](const Device& d) { return d.is_card(); });
        return cards;
    }
    for (const unsigned number : choice.numbers) {
        if (number == 0) continue;
        if (number > devices.size())
            throw bad_input(fmt::format(
                "device {} is not there (there {} {} beside the CPU; `keyhole crack devices` lists "
                "them)",
                number, singular_or(devices.size(), "is", "are"), counted(devices.size(), "OpenCL device")));
        cards.push_back(devices[number - 1]);
    }
    return cards;
}

} // namespace keyhole::cards
