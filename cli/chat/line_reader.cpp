#include "cli/chat/line_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

#include "core/base/error.hpp"
#include "netsim/protocol/party.hpp"

namespace keyhole::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto retry_interval = 20ms;

} // namespace

LineReader::LineReader(asio::io_context& context, Handlers handlers)
    : context_(context), handlers_(std::move(handlers)), retry_(context) {
    if (::pipe2(wake_, O_CLOEXEC) != 0) throw io_error("no pipe can be made (too many open files; close some)");
    thread_ = std::thread([this] { wait_and_read(); });
}

LineReader::~LineReader() {
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    wanted_changed_.notify_one();
    ::close(wake_[1]);
    thread_.join();
    ::close(wake_[0]);
}

// The thread: reads one chunk at a time, the next when go_on() asks for it.
void LineReader::wait_and_read() {
    std::array<char, 65536> buffer{};
    while (true) {
        {
            std::unique_lock lock(mutex_);
            wanted_changed_.wait(lock, [this] { return wanted_ || over_; });
            if (over_) return;
            wanted_ = false;
        }
        std::array<pollfd, 2> waiting{{{STDIN_FILENO, POLLIN, 0}, {wake_[0], POLLIN, 0}}};
        ssize_t size = -1;
        do {
            if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
            if (waiting[1].revents != 0) return;
            size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        } while (size < 0 && (errno == EINTR || errno == EAGAIN));
        if (size <= 0) {
            asio::post(context_, [this] {
                if (!partial_.empty()) handlers_.on_line(std::exchange(partial_, {}));
                handlers_.on_end();
            });
            return;
        }
        asio::post(context_, [this, chunk = std::string(buffer.data(), static_cast<std::size_t>(size))] {
            take(chunk);
            go_on();
        });
    }
}

void LineReader::take(const std::string& chunk) {
    for (std::size_t begin = 0; begin < chunk.size();) {
        const std::size_t newline = std::min(chunk.find('\n', begin), chunk.size());
        // Two bytes more than a text may have (one may be a \r) are enough for it to be refused: the rest is dropped.
        const std::size_t room = max_text_bytes + 2 - std::min(partial_.size(), max_text_bytes + 2);
        partial_.append(chunk, begin, std::min(newline - begin, room));
        if (newline == chunk.size()) return;
        if (partial_.ends_with('\r')) partial_.pop_back();
        handlers_.on_line(std::exchange(partial_, {}));
        begin = newline + 1;
    }
}

void LineReader::go_on() {
    if (!handlers_.ready()) {
        retry_.expires_after(retry_interval);
        retry_.async_wait([this](std::error_code error) {
            if (!error) go_on();
        });
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        wanted_ = true;
    }
    wanted_changed_.notify_one();
}

} // namespace keyhole::cli
