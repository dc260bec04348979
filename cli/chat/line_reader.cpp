#include "cli/chat/line_reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

#include "cli/chat/chat.hpp"
#include "core/base/error.hpp"
#include "netsim/protocol/party.hpp"

namespace keyhole::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto retry_interval = 20ms;
constexpr int foreground_interval_ms = 200;

// The terminal gives its input to another job.
bool in_background() {
    const pid_t reading = ::tcgetpgrp(STDIN_FILENO);
    return reading > 0 && reading != ::getpgrp();
}

} // namespace

LineReader::LineReader(asio::io_context& context, Handlers handlers)
    : context_(context), handlers_(std::move(handlers)), retry_(context) {
    if (::pipe2(request_, O_CLOEXEC) != 0) throw io_error("no pipe can be made (too many open files; close some)");
    thread_ = std::thread([this] { wait_and_read(); });
}

LineReader::~LineReader() {
    ::close(request_[1]);
    thread_.join();
    ::close(request_[0]);
}

// The thread: reads one chunk at a time, the next when go_on() asks for it.
void LineReader::wait_and_read() {
    std::array<char, 65536> buffer{};
    bool wanted = true;
    while (wait_for_foreground()) {
        std::array<pollfd, 2> waiting{{{wanted ? STDIN_FILENO : -1, POLLIN, 0}, {request_[0], POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) continue;
        if (waiting[1].revents != 0) {
            if (::read(request_[0], buffer.data(), 1) == 0) return;
            wanted = true;
            continue;
        }
        const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN || in_background())) continue;
        if (size <= 0) {
            asio::post(context_, [this] {
                if (!partial_.empty()) handlers_.on_line(std::exchange(partial_, {}));
                handlers_.on_end();
            });
            return;
        }
        wanted = false;
        asio::post(context_, [this, chunk = std::string(buffer.data(), static_cast<std::size_t>(size))] {
            take(chunk);
            go_on();
        });
    }
}

// False: the reader ends meanwhile.
bool LineReader::wait_for_foreground() {
    for (bool told = false; in_background(); told = true) {
        if (!told)
            asio::post(context_, [] {
                say_status("in the background nothing typed is read (fg brings it back; serve --echo needs no input)");
            });
        pollfd request{request_[0], 0, 0}; // wakes when its other end is closed, not for a request
        if (::poll(&request, 1, foreground_interval_ms) > 0 && (request.revents & POLLHUP) != 0) return false;
    }
    return true;
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
        retry_.async_wait([this](boost::system::error_code error) {
            if (!error) go_on();
        });
        return;
    }
    [[maybe_unused]] const ssize_t written = ::write(request_[1], "", 1);
}

} // namespace keyhole::cli
