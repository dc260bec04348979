// OpenCL's ids of a device; they last as long as the process.
#pragma once

#include "core/attack/cards/opencl.hpp"

namespace keyhole::cards {

struct CardHandle {
    cl_platform_id platform = nullptr;
    cl_device_id device = nullptr;
};

} // namespace keyhole::cards
