#include "cli/chat/line_writer.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <condition_variable>
#include <mutex>
#include <string>

#include "core/base/words.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::size_t high_water = std::size_t{4} << 20, most_pending = std::size_t{16} << 20; // bytes
constexpr auto reading_limit = 1s; // after so long without progress nobody reads
constexpr auto parting_limit = 500ms;

} // namespace

struct LineWriter::Queue {
    std::mutex mutex;
    std::condition_variable_any changed;
    // All guarded by the mutex.
    std::string waiting;
    std::size_t pending = 0; // bytes of `waiting` and of what the thread has taken
    Clock::time_point progress = Clock::now();
    bool failed = false;
    asio::io_context* context = nullptr; // none when the writer is gone
    std::function<void()> on_lost;
};

LineWriter::LineWriter(asio::io_context& context, std::function<void()> on_lost) : queue_(std::make_shared<Queue>()) {
    queue_->context = &context;
    queue_->on_lost = std::move(on_lost);
    thread_ = std::jthread([queue = queue_](const std::stop_token& stop) { write_all(*queue, stop); });
}

LineWriter::~LineWriter() {
    thread_.request_stop();
    const std::lock_guard lock(queue_->mutex);
    queue_->context = nullptr;
    if (queue_->pending > 0 && !queue_->failed) thread_.detach(); // it may be stuck in a write
}

// The thread. It writes pieces that a pipe takes whole or not at all, so that even a slow reader's progress shows.
void LineWriter::write_all(Queue& queue, const std::stop_token& stop) {
    std::unique_lock lock(queue.mutex);
    while (queue.changed.wait(lock, stop, [&] { return !queue.waiting.empty(); })) {
        const std::string taken = std::exchange(queue.waiting, {});
        for (std::size_t begin = 0; begin < taken.size();) {
            if (stop.stop_requested()) return;
            lock.unlock();
            const ssize_t size =
                ::write(STDOUT_FILENO, taken.data() + begin, std::min<std::size_t>(taken.size() - begin, PIPE_BUF));
            const bool failed = size < 0 && errno != EINTR && errno != EAGAIN;
            if (size < 0 && errno == EAGAIN)
                std::this_thread::sleep_for(10ms); // another program made the pipe non-blocking
            lock.lock();
            if (failed) {
                queue.failed = true;
                queue.changed.notify_all();
                if (queue.context) asio::post(*queue.context, queue.on_lost);
                return;
            }
            if (size <= 0) continue;
            begin += static_cast<std::size_t>(size);
            queue.pending -= static_cast<std::size_t>(size);
            queue.progress = Clock::now();
            if (queue.pending == 0) queue.changed.notify_all();
        }
    }
}

void LineWriter::print(std::string_view line) {
    std::unique_lock lock(queue_->mutex);
    if (queue_->failed) return;
    const bool room = queue_->pending < (losing_ ? high_water : most_pending);
    if (room) {
        if (queue_->pending == 0) queue_->progress = Clock::now();
        queue_->waiting += line;
        queue_->pending += line.size();
    }
    lock.unlock();
    queue_->changed.notify_all();
    if (!room) {
        ++lost_;
        lost_now_ = losing_ ? lost_now_ + 1 : 1;
    }
    if (!room && !losing_) tell("keyhole: nobody reads standard output: what arrives is not kept for it any more\n");
    if (room && losing_)
        tell(fmt::format("keyhole: standard output is read again; {} lost\n", counted(lost_now_, "line")));
    losing_ = !room;
}

bool LineWriter::ready() const {
    const std::lock_guard lock(queue_->mutex);
    return queue_->pending < high_water || Clock::now() - queue_->progress > reading_limit;
}

void LineWriter::finish(bool patient) {
    std::unique_lock lock(queue_->mutex);
    const auto over = [this] { return queue_->pending == 0 || queue_->failed; };
    while (!over() && (patient || Clock::now() - queue_->progress < parting_limit)) {
        queue_->changed.wait_for(lock, parting_limit);
    }
    if (queue_->failed) throw output_lost();
    if (lost_ > 0 || queue_->pending > 0) {
        throw io_error(fmt::format("standard output was not read ({} waited for it, {} had no room; read it faster)",
                                   counted(queue_->pending, "byte"), counted(lost_, "line")));
    }
}

} // namespace keyhole::cli
