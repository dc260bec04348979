#include "core/attack/cards/opencl.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>

namespace keyhole::cards {
namespace {

constexpr const char* usual_loader = "libOpenCL.so.1";

OpenCl open_loader() {
    const char* named = std::getenv("KEYHOLE_OPENCL");
    const char* file = named != nullptr && *named != '\0' ? named : usual_loader;
    void* library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* why = dlerror();
        throw io_error(
            fmt::format("no OpenCL loader ({}; install Debian's ocl-icd-libopencl1 and the driver of your card, or use "
                        "--device cpu)",
                        why != nullptr ? why : file));
    }
    OpenCl calls;
    const auto find = [&](const char* name) {
        void* function = dlsym(library, name);
        if (function == nullptr)
            throw io_error(
                fmt::format("{} is no OpenCL loader of release 1.2 ({} is missing; install "
                            "ocl-icd-libopencl1, or use --device cpu)",
                            file, name));
        return function;
    };
#define KEYHOLE_OPENCL_FIND(name) calls.name = reinterpret_cast<decltype(calls.name)>(find("cl" #name));
    KEYHOLE_OPENCL_CALLS(KEYHOLE_OPENCL_FIND)
#undef KEYHOLE_OPENCL_FIND
    return calls;
}

} // namespace

const OpenCl& opencl() {
    static const OpenCl calls = open_loader();
    return calls;
}

std::string code_words(cl_int code) {
    switch (code) {
        case CL_DEVICE_NOT_FOUND: return "no device";
        case CL_DEVICE_NOT_AVAILABLE: return "the device is not available";
        case CL_COMPILER_NOT_AVAILABLE: return "the driver has no compiler";
        case CL_MEM_OBJECT_ALLOCATION_FAILURE: return "no memory on the device";
        case CL_OUT_OF_RESOURCES: return "out of resources";
        case CL_OUT_OF_HOST_MEMORY: return "out of memory";
        case CL_BUILD_PROGRAM_FAILURE: return "the program does not compile";
        case CL_INVALID_WORK_GROUP_SIZE: return "the work group is too large";
        case -1001: return "no driver"; // CL_PLATFORM_NOT_FOUND_KHR
        default: return fmt::format("OpenCL's error {}", code);
    }
}

void expect(cl_int code, const char* what) {
    if (code != CL_SUCCESS) throw io_error(fmt::format("{}: {}", what, code_words(code)));
}

} // namespace keyhole::cards
