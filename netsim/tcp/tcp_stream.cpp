#include "netsim/tcp/tcp_stream.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include "netsim/tcp/host_port.hpp"

namespace keyhole {
namespace {

using namespace std::chrono_literals;

// A peer that reads nothing for so long, while something waits for it, is dropped.
constexpr auto stall_limit = 30s;
// How long and how much is still read after the last line. Closing while bytes are unread would reset the connection,
// and the peer might never see the error that was sent to it.
constexpr auto drain_time = 2s;
constexpr std::size_t drain_bytes = std::size_t{16} << 20;
// What waits to be sent before the end has this long.
constexpr auto finish_limit = 60s;
// A peer whose machine or network is gone is asked after 15 s of silence, every 5 s, three times.
constexpr int silence = 15, between_probes = 5, probes = 3;
constexpr int unacknowledged_ms = 30'000; // how long the peer may leave our bytes unconfirmed

// Without these options it would take hours to learn that a peer has vanished.
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

TcpStream::TcpStream(asio::ip::tcp::socket socket, std::weak_ptr<StreamUser> user)
    : socket_(std::move(socket)), ticker_(socket_.get_executor()), user_(std::move(user)), peer_(describe(socket_)) {}

template <class Tell>
void TcpStream::tell(Tell what) {
    if (const auto user = user_.lock()) what(*user);
}

void TcpStream::start() {
    std::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    notice_vanished(socket_);
    ticker_.start([self = shared_from_this()] { self->watch_time(); });
}

void TcpStream::read() {
    if (reading_ || read_over_ || gone_) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(input_), [self = shared_from_this()](std::error_code error, std::size_t size) {
        const auto take = [self, error, size] {
            self->reading_ = false;
            self->on_read(error, size);
        };
        // A write may have met the same end first, and its handler waits in the loop behind this one.
        error && self->writing_ ? asio::post(self->socket_.get_executor(), take) : take();
    });
}

void TcpStream::on_read(const std::error_code& error, std::size_t size) {
    if (gone_) return;
    if (error) {
        read_over_ = true;
        // The first call that meets a broken connection is told why, and later ones see a mere end: perhaps a write.
        const std::error_code cause = error == asio::error::eof ? write_error_ : error;
        const bool broken = static_cast<bool>(cause);
        if (broken && !finishing_) trouble_ = cause.message();
        if (broken) write_over_ = true;
        tell([&](StreamUser& user) { user.on_end_of_input(broken); });
    } else if (finishing_) {
        drained_ += size;
    } else {
        tell([&](StreamUser& user) { user.on_bytes({input_.data(), size}); });
    }
    shut_if_done();
    if (finishing_ && !gone_) read();
}

void TcpStream::write(std::string bytes) {
    if (half_closing_ || gone_ || bytes.empty()) return;
    output_.empty() ? output_ = std::move(bytes) : output_ += bytes;
    write_some();
}

void TcpStream::write_some() {
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

void TcpStream::on_write(const std::error_code& error, std::size_t size) {
    if (gone_) return;
    // A peer that takes nothing more may still have sent something: reading goes on until it ends by itself.
    if (error) {
        write_over_ = true;
        write_error_ = error;
    }
    if (error && read_over_ && !finishing_) {
        trouble_ = error.message();
        return end();
    }
    sent_ += size;
    write_some();
    tell([](StreamUser& user) { user.on_progress(); });
    shut_if_done();
}

void TcpStream::half_close() {
    half_closing_ = true;
    shut_if_done();
}

void TcpStream::finish() {
    if (finishing_ || gone_) return;
    finishing_ = true;
    finished_since_ = asked_to_finish_ = Clock::now();
    half_closing_ = true;
    shut_if_done();
    if (!gone_) read();
}

void TcpStream::shut_if_done() {
    if (gone_ || !half_closing_ || writing_ || (backlog() > 0 && !write_over_)) return;
    if (!shut_) {
        shut_ = true;
        finished_since_ = Clock::now();
        std::error_code ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }
    if (finishing_ && (read_over_ || drained_ > drain_bytes)) end();
}

void TcpStream::watch_time() {
    const auto now = Clock::now();
    if (finishing_ && shut_ && now - finished_since_ > drain_time) return end();
    if (finishing_ && now - asked_to_finish_ > finish_limit) return end();
    if (!writing_ || now - last_write_ <= stall_limit) return;
    trouble_ = "the peer does not read";
    end();
}

void TcpStream::abandon() {
    gone_ = true;
    std::error_code ignored;
    ticker_.stop();
    socket_.close(ignored);
}

void TcpStream::end() {
    if (gone_) return;
    abandon();
    tell([](StreamUser& user) { user.on_gone(); });
}

} // namespace keyhole
