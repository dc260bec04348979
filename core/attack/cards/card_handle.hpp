// OpenCL's ids of the devices; they last as long as the process. Included by the sources of this folder only.
#pragma once

#include <string_view>
#include <vector>

#include "core/attack/cards/opencl.hpp"

namespace keyhole::cards {

struct CardHandle {
    cl_platform_id platform = nullptr;
    cl_device_id device = nullptr;
};

/// In the order of their numbers: device n is entry n - 1. Throws Error (io) where the loader or a driver fails.
std::vector<CardHandle> card_handles();

bool has_extension(const CardHandle& handle, std::string_view extension);

} // namespace keyhole::cards
