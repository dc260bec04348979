// OpenCL's loader (libOpenCL.so.1), opened at run time where it is there: no program of ours is linked with it.
// Included by the sources of this folder only.
#pragma once

#define CL_TARGET_OPENCL_VERSION 120
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#include <CL/cl.h>

#include <string>

#include "core/base/error.hpp"

namespace keyhole::cards {

// What is called of OpenCL 1.2.
#define KEYHOLE_OPENCL_CALLS(call)                                                                                   \
    call(GetPlatformIDs) call(GetDeviceIDs) call(GetDeviceInfo) call(CreateContext) call(ReleaseContext)             \
        call(CreateCommandQueue) call(ReleaseCommandQueue) call(CreateProgramWithSource) call(BuildProgram)          \
            call(GetProgramBuildInfo) call(ReleaseProgram) call(CreateKernel) call(ReleaseKernel) call(SetKernelArg) \
                call(CreateBuffer) call(ReleaseMemObject) call(EnqueueNDRangeKernel) call(EnqueueReadBuffer)         \
                    call(EnqueueWriteBuffer) call(Flush) call(SetEventCallback) call(ReleaseEvent)

struct OpenCl {
#define KEYHOLE_OPENCL_MEMBER(name) decltype(&::cl##name) name = nullptr; // NOLINT(bugprone-macro-parentheses)
    KEYHOLE_OPENCL_CALLS(KEYHOLE_OPENCL_MEMBER)
#undef KEYHOLE_OPENCL_MEMBER
};

/// The loader's functions; it is opened by the first call and stays open. KEYHOLE_OPENCL in the environment names
/// another file. Throws Error (io) where it cannot be opened or lacks something.
const OpenCl& opencl();

/// "out of resources", or the code's number.
std::string code_words(cl_int code);

/// Throws Error (io) unless the call went well.
void expect(cl_int code, const char* what);

} // namespace keyhole::cards
