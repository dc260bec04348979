// A loader of OpenCL with one card that fails at the step that BROKEN_OPENCL names; "silence" is a card on which
// everything goes well and nothing is ever found, "hang" one whose launches never end. For
// tests/process/crack/crack_device_test.py.
#define CL_TARGET_OPENCL_VERSION 120
#define CL_USE_DEPRECATED_OPENCL_1_2_APIS
#include <CL/cl.h>

#include <cstdlib>
#include <cstring>
#include <thread>

namespace {

cl_int fails(const char* step, cl_int code = CL_OUT_OF_RESOURCES) {
    const char* chosen = std::getenv("BROKEN_OPENCL");
    return chosen != nullptr && std::strcmp(chosen, step) == 0 ? code : CL_SUCCESS;
}

// What a handle points at does not matter.
char thing;
template <class Handle>
Handle some() {
    return reinterpret_cast<Handle>(&thing);
}
template <class Handle>
Handle made(const char* step, cl_int* code) {
    *code = fails(step);
    return *code == CL_SUCCESS ? some<Handle>() : nullptr;
}

} // namespace

extern "C" {

cl_int clGetPlatformIDs(cl_uint, cl_platform_id* platforms, cl_uint* count) {
    if (platforms != nullptr) *platforms = some<cl_platform_id>();
    if (count != nullptr) *count = 1;
    return fails("platforms", CL_OUT_OF_HOST_MEMORY);
}
cl_int clGetDeviceIDs(cl_platform_id, cl_device_type, cl_uint, cl_device_id* devices, cl_uint* count) {
    if (devices != nullptr) *devices = some<cl_device_id>();
    if (count != nullptr) *count = 1;
    return fails("devices");
}
cl_int clGetDeviceInfo(cl_device_id, cl_device_info what, std::size_t, void* value, std::size_t* size) {
    const char name[] = "Broken \x1B[31mcard";
    const cl_device_type type = CL_DEVICE_TYPE_GPU;
    const bool is_type = what == CL_DEVICE_TYPE;
    if (value != nullptr)
        std::memcpy(value, is_type ? static_cast<const void*>(&type) : name, is_type ? sizeof type : sizeof name);
    if (size != nullptr) *size = is_type ? sizeof type : sizeof name;
    return fails("info");
}
cl_context clCreateContext(const cl_context_properties*, cl_uint, const cl_device_id*,
                           void(CL_CALLBACK*)(const char*, const void*, std::size_t, void*), void*, cl_int* code) {
    return made<cl_context>("context", code);
}
cl_command_queue clCreateCommandQueue(cl_context, cl_device_id, cl_command_queue_properties, cl_int* code) {
    return made<cl_command_queue>("queue", code);
}
cl_program clCreateProgramWithSource(cl_context, cl_uint, const char**, const std::size_t*, cl_int* code) {
    return made<cl_program>("program", code);
}
cl_int clBuildProgram(cl_program, cl_uint, const cl_device_id*, const char*, void(CL_CALLBACK*)(cl_program, void*),
                      void*) {
    return fails("build", CL_BUILD_PROGRAM_FAILURE);
}
cl_int clGetProgramBuildInfo(cl_program, cl_device_id, cl_program_build_info, std::size_t, void* value,
                             std::size_t* size) {
    const char log[] = "\n\nline 1: \x1B[31mno\nline 2: no\n";
    if (value != nullptr) std::memcpy(value, log, sizeof log);
    if (size != nullptr) *size = sizeof log;
    return CL_SUCCESS;
}
cl_kernel clCreateKernel(cl_program, const char*, cl_int* code) { return made<cl_kernel>("kernel", code); }
cl_mem clCreateBuffer(cl_context, cl_mem_flags, std::size_t, void*, cl_int* code) {
    return made<cl_mem>("buffer", code);
}
cl_int clSetKernelArg(cl_kernel, cl_uint, std::size_t, const void*) { return fails("argument"); }
cl_int clEnqueueWriteBuffer(cl_command_queue, cl_mem, cl_bool, std::size_t, std::size_t, const void*, cl_uint,
                            const cl_event*, cl_event*) {
    return CL_SUCCESS;
}
cl_int clEnqueueNDRangeKernel(cl_command_queue, cl_kernel, cl_uint, const std::size_t*, const std::size_t*,
                              const std::size_t*, cl_uint, const cl_event*, cl_event*) {
    return fails("launch");
}
cl_int clEnqueueReadBuffer(cl_command_queue, cl_mem, cl_bool, std::size_t, std::size_t, void*, cl_uint, const cl_event*,
                           cl_event* event) {
    if (event != nullptr) *event = some<cl_event>();
    return CL_SUCCESS;
}
cl_int clSetEventCallback(cl_event event, cl_int, void(CL_CALLBACK* call)(cl_event, cl_int, void*), void* data) {
    if (fails("hang") != CL_SUCCESS) return CL_SUCCESS;
    std::thread([=] { call(event, fails("read", CL_OUT_OF_RESOURCES), data); }).detach();
    return CL_SUCCESS;
}
cl_int clFlush(cl_command_queue) { return CL_SUCCESS; }
cl_int clReleaseContext(cl_context) { return CL_SUCCESS; }
cl_int clReleaseCommandQueue(cl_command_queue) { return CL_SUCCESS; }
cl_int clReleaseProgram(cl_program) { return CL_SUCCESS; }
cl_int clReleaseKernel(cl_kernel) { return CL_SUCCESS; }
cl_int clReleaseMemObject(cl_mem) { return CL_SUCCESS; }
cl_int clReleaseEvent(cl_event) { return CL_SUCCESS; }

} // extern "C"
