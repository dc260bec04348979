#include "netsim/tcp/tcp_stream.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "netsim/tcp/host_port.hpp"

namespace keyhole {
namespace {

using namespace std::chrono_literals;

constexpr auto tick_interval = 250ms;
// A peer that reads nothing for so long, while something waits for it, is dropped.
constexpr auto stall_limit = 30s;
// After the last line: how long and how much is read before the connection is closed. Closing with unread bytes would
// reset the connection, and the peer might never see the error that was sent to it.
constexpr auto drain_time = 2s;
constexpr std::size_t drain_bytes = std::size_t{16} << 20;
// What was to be sent before the end has this long to get away.
constexpr auto finish_limit = 60s;
// A peer whose machine or network is gone: asked after so many seconds of silence, every so many seconds, so many
// times.
constexpr int silence = 15, between_probes = 5, probes = 3;
constexpr int unacknowledged_ms = 30'000; // bytes of ours that nobody confirms

// Without these a peer that vanished would be told of after hours, or never.
void notice_vanished(asio::ip::tcp::socket& socket) {
    std::error_code ignored;
    socket.set_option(asio::socket_base::keep_alive(true), ignored);
#ifdef TCP_USER_TIMEOUT
    const auto set = [&](int option, int value) {
        ::setsockopt(socket.native_handle(), IPPROTO_TCP, option, &value, sizeof value);
    };
    set(TCP_KEEPIDLE, silence);
    set(TCP_KEEPINTVL, between_probes);
    set(TCP_KEEPCNT, probes);
    set(TCP_USER_TIMEOUT, unacknowledged_ms);
#endif
}

std::string describe(const asio::ip::tcp::socket& socket) {
    std::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return "a peer that is gone";
    return to_text(HostPort{endpoint.address().to_string(), endpoint.port()});
}

} // namespace

Wire::Wire(asio::ip::tcp::socket socket, Handlers handlers)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      handlers_(std::move(handlers)),
      peer_(describe(socket_)) {}

void Wire::start() {
    std::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    notice_vanished(socket_);
    watch_time();
}

void Wire::read() {
    if (reading_ || read_over_ || gone_) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(input_), [self = shared_from_this()](std::error_code error, std::size_t size) {
        self->reading_ = false;
        self->on_read(error, size);
    });
}

void Wire::on_read(const std::error_code& error, std::size_t size) {
    if (gone_) return;
    if (error) {
        read_over_ = true;
        const bool broken = error != asio::error::eof;
        if (broken && !finishing_) trouble_ = error.message();
        if (broken) write_over_ = true;
        handlers_.on_end_of_input(broken);
    } else if (finishing_) {
        drained_ += size;
    } else {
        handlers_.on_bytes({input_.data(), size});
    }
    shut_if_done();
    if (finishing_ && !gone_) read();
}

void Wire::write(std::string_view bytes) {
    if (half_closing_ || gone_ || bytes.empty()) return;
    output_ += bytes;
    write_some();
}

void Wire::write_some() {
    if (write_over_) output_.clear();
    if (writing_ || gone_) return;
    if (sent_ == sending_.size() || write_over_) {
        sending_ = std::exchange(output_, {});
        sent_ = 0;
    }
    if (sending_.empty()) return;
    writing_ = true;
    last_write_ = Clock::now();
    socket_.async_write_some(asio::buffer(sending_.data() + sent_, sending_.size() - sent_),
                             [self = shared_from_this()](std::error_code error, std::size_t size) {
                                 self->writing_ = false;
                                 self->on_write(error, size);
                             });
}

void Wire::on_write(const std::error_code& error, std::size_t size) {
    if (gone_) return;
    // A peer that takes nothing more may still have sent something: reading goes on until it ends by itself.
    if (error) write_over_ = true;
    if (error && read_over_ && !finishing_) {
        trouble_ = error.message();
        return end();
    }
    sent_ += size;
    write_some();
    handlers_.on_progress();
    shut_if_done();
}

void Wire::half_close() {
    half_closing_ = true;
    shut_if_done();
}

void Wire::finish() {
    if (finishing_ || gone_) return;
    finishing_ = true;
    finished_since_ = asked_to_finish_ = Clock::now();
    half_closing_ = true;
    shut_if_done();
    if (!gone_) read();
}

void Wire::shut_if_done() {
    if (gone_ || !half_closing_ || writing_ || (backlog() > 0 && !write_over_)) return;
    if (!shut_) {
        shut_ = true;
        finished_since_ = Clock::now();
        std::error_code ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }
    if (finishing_ && (read_over_ || drained_ > drain_bytes)) end();
}

void Wire::watch_time() {
    timer_.expires_after(tick_interval);
    timer_.async_wait([self = shared_from_this()](std::error_code error) {
        if (error || self->gone_) return;
        const auto now = Clock::now();
        if (self->finishing_ && self->shut_ && now - self->finished_since_ > drain_time) return self->end();
        if (self->finishing_ && now - self->asked_to_finish_ > finish_limit) return self->end();
        if (self->writing_ && now - self->last_write_ > stall_limit) {
            self->stalled_ = true;
            self->trouble_ = "the peer does not read";
            return self->end();
        }
        self->watch_time();
    });
}

void Wire::abandon() {
    gone_ = true;
    std::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
}

void Wire::end() {
    if (gone_) return;
    abandon();
    if (handlers_.on_gone) handlers_.on_gone();
}

} // namespace keyhole
