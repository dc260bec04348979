#include "core/attack/cards/card_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "core/attack/cards/card_handle.hpp"

namespace keyhole::cards {
namespace {

constexpr std::size_t words_before = 4; // a count, and three that mean nothing

// What a launch writes into and tells: it outlives a wait that was given up.
struct Flight {
    std::mutex mutex;
    std::condition_variable landed;
    bool done = false;
    cl_int status = CL_SUCCESS;
    std::array<cl_uint, words_before> zeros{};
    std::array<cl_uint, words_before + std::size_t{4} * most_candidates> words{};
};

void CL_CALLBACK land(cl_event, cl_int status, void* kept) {
    const std::unique_ptr<std::shared_ptr<Flight>> flight(static_cast<std::shared_ptr<Flight>*>(kept));
    const std::lock_guard lock((*flight)->mutex);
    (*flight)->done = true;
    (*flight)->status = status;
    (*flight)->landed.notify_all();
}

// Of launches that may still write: kept until the process ends.
void keep_for_ever(const std::shared_ptr<Flight>& flight) {
    static std::mutex mutex;
    static auto* const kept = new std::vector<std::shared_ptr<Flight>>;
    const std::lock_guard lock(mutex);
    kept->push_back(flight);
}

// The driver's words in one line.
std::string first_line(std::string text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    text = text.substr(begin, text.find_first_of("\r\n", begin) - begin);
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text.substr(0, 160);
}

} // namespace

struct CardProgram::Impl {
    const OpenCl& cl = opencl();
    unsigned group = 1;
    std::chrono::milliseconds launch_limit{};
    cl_context context = nullptr;
    cl_command_queue queue = nullptr;
    cl_program program = nullptr;
    cl_kernel kernel = nullptr;
    cl_mem found = nullptr;
    bool hangs = false;

    ~Impl() {
        if (hangs) return; // whatever is released now would wait for the launch
        if (found != nullptr) cl.ReleaseMemObject(found);
        if (kernel != nullptr) cl.ReleaseKernel(kernel);
        if (program != nullptr) cl.ReleaseProgram(program);
        if (queue != nullptr) cl.ReleaseCommandQueue(queue);
        if (context != nullptr) cl.ReleaseContext(context);
    }

    void build(const CardHandle& handle, const std::string& source) {
        cl_int code = CL_SUCCESS;
        const cl_context_properties properties[] = {CL_CONTEXT_PLATFORM,
                                                    reinterpret_cast<cl_context_properties>(handle.platform), 0};
        context = cl.CreateContext(properties, 1, &handle.device, nullptr, nullptr, &code);
        expect(code, "no context");
        queue = cl.CreateCommandQueue(context, handle.device, 0, &code);
        expect(code, "no command queue");
        const char* text = source.c_str();
        const std::size_t length = source.size();
        program = cl.CreateProgramWithSource(context, 1, &text, &length, &code);
        expect(code, "no program");
        const std::string flags = fmt::format("-DGROUP={}", group);
        code = cl.BuildProgram(program, 1, &handle.device, flags.c_str(), nullptr, nullptr);
        if (code != CL_SUCCESS)
            throw io_error(fmt::format("the kernel does not compile: {}: {}", code_words(code), words_of(handle)));
        kernel = cl.CreateKernel(program, kernel_name, &code);
        expect(code, "no kernel");
        found = cl.CreateBuffer(context, CL_MEM_READ_WRITE, sizeof Flight::words, nullptr, &code);
        expect(code, "no buffer");
    }

    // What the driver's compiler says, in one line.
    std::string words_of(const CardHandle& handle) const {
        std::size_t size = 0;
        if (cl.GetProgramBuildInfo(program, handle.device, CL_PROGRAM_BUILD_LOG, 0, nullptr, &size) != CL_SUCCESS)
            return {};
        std::string log(size, '\0');
        cl.GetProgramBuildInfo(program, handle.device, CL_PROGRAM_BUILD_LOG, size, log.data(), nullptr);
        return first_line(log);
    }

    void enqueue(const std::shared_ptr<Flight>& flight, std::size_t items) {
        const std::size_t global = (items + group - 1) / group * group;
        const std::size_t local = group;
        expect(cl.EnqueueWriteBuffer(queue, found, CL_FALSE, 0, sizeof flight->zeros, flight->zeros.data(), 0, nullptr,
                                     nullptr),
               "a write failed");
        expect(cl.EnqueueNDRangeKernel(queue, kernel, 1, nullptr, &global, &local, 0, nullptr, nullptr),
               "a launch failed");
        cl_event event = nullptr;
        expect(cl.EnqueueReadBuffer(queue, found, CL_FALSE, 0, sizeof flight->words, flight->words.data(), 0, nullptr,
                                    &event),
               "a read failed");
        auto kept = std::make_unique<std::shared_ptr<Flight>>(flight);
        const cl_int code = cl.SetEventCallback(event, CL_COMPLETE, land, kept.get());
        if (code == CL_SUCCESS) static_cast<void>(kept.release()); // land() owns it
        cl.ReleaseEvent(event);
        expect(code, "a launch cannot be waited for");
        expect(cl.Flush(queue), "a launch was not taken");
    }
};

CardProgram::CardProgram(const CardHandle& device, const KernelLayout& layout, const CardCircuits& circuits,
                         unsigned group, std::chrono::milliseconds launch_limit)
    : impl_(std::make_unique<Impl>()) {
    impl_->group = group;
    impl_->launch_limit = launch_limit;
    impl_->build(device, kernel_source(layout, circuits));
}

CardProgram::~CardProgram() = default;

CardProgram::Answer CardProgram::launch(const KernelData& data, std::uint64_t first, std::uint32_t items) {
    const OpenCl& cl = impl_->cl;
    const cl_ulong place = first;
    const cl_uint count = items;
    expect(cl.SetKernelArg(impl_->kernel, 0, sizeof place, &place), "argument 1");
    expect(cl.SetKernelArg(impl_->kernel, 1, sizeof count, &count), "argument 2");
    expect(cl.SetKernelArg(impl_->kernel, 2, sizeof data, &data), "argument 3");
    expect(cl.SetKernelArg(impl_->kernel, 3, sizeof(cl_mem), &impl_->found), "argument 4");
    const auto begin = std::chrono::steady_clock::now();
    const auto flight = std::make_shared<Flight>();
    try {
        impl_->enqueue(flight, items);
    } catch (...) {
        impl_->hangs = true; // what was taken of it may never end
        keep_for_ever(flight);
        throw;
    }
    std::unique_lock lock(flight->mutex);
    if (!flight->landed.wait_for(lock, impl_->launch_limit, [&] { return flight->done; })) {
        impl_->hangs = true;
        throw io_error(fmt::format("a launch did not end within {} s",
                                   std::chrono::duration<double>(impl_->launch_limit).count()));
    }
    expect(flight->status, "a launch failed");
    Answer answer;
    answer.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    answer.complete = flight->words[0] <= most_candidates;
    const std::size_t told = std::min<std::size_t>(flight->words[0], most_candidates);
    for (std::size_t i = 0; i < told; ++i) {
        const cl_uint* word = flight->words.data() + words_before + 4 * i;
        answer.candidates.push_back({.item = word[0], .walk = word[1], .lanes = word[2], .target = word[3]});
    }
    return answer;
}

bool CardProgram::hangs() const { return impl_->hangs; }

} // namespace keyhole::cards
