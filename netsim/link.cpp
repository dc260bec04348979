#include "netsim/link.hpp"

#include "netsim/host_port.hpp"

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

std::string describe(const asio::ip::tcp::socket& socket) {
    std::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return "a peer that is gone";
    return to_text(HostPort{endpoint.address().to_string(), endpoint.port()});
}

std::uint64_t milliseconds_now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

} // namespace

Link::Link(asio::ip::tcp::socket socket, Party party, Handlers handlers)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      party_(std::move(party)),
      handlers_(std::move(handlers)),
      peer_(describe(socket_)) {}

void Link::start() {
    std::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    watch_time();
    pump();
}

bool Link::say(std::string text) {
    const bool taken = party_.say(std::move(text));
    pump();
    return taken;
}

void Link::bye() {
    party_.bye();
    pump();
}

void Link::stop() {
    party_.stop();
    pump();
}

// Everything that can happen now. An event's handler may call say(): the loop takes that up.
void Link::pump() {
    if (pumping_ || ended_) return;
    const auto self = shared_from_this();
    pumping_ = true;
    party_.tick(milliseconds_now());
    while (party_.next_action() && (write_over_ || output_.size() - written_ < high_water)) {
        party_.perform();
        for (const Event& event : party_.take_events()) handlers_.on_event(*this, event);
        output_ += party_.take_output();
    }
    for (const Event& event : party_.take_events()) handlers_.on_event(*this, event);
    pumping_ = false;
    write();
    read();
    if (party_.closed() && !writing_) close_softly();
}

void Link::read() {
    if (reading_ || read_over_ || ended_) return;
    if (!closing_ && (!party_.wants_input() || output_.size() - written_ >= high_water)) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(input_), [self = shared_from_this()](std::error_code error, std::size_t size) {
        self->reading_ = false;
        self->on_read(error, size);
    });
}

void Link::on_read(const std::error_code& error, std::size_t size) {
    if (ended_) return;
    if (error) {
        read_over_ = true;
        if (error != asio::error::eof && !party_.closed()) trouble_ = error.message();
        party_.end_of_input();
    } else if (party_.closed()) {
        drained_ += size;
    } else {
        party_.receive({input_.data(), size});
    }
    pump();
    if (closing_ && (read_over_ || drained_ > drain_bytes)) end();
}

void Link::write() {
    if (write_over_) {
        output_.clear();
        written_ = 0;
    }
    if (writing_ || ended_ || written_ == output_.size()) return;
    writing_ = true;
    last_write_ = Clock::now();
    socket_.async_write_some(asio::buffer(output_.data() + written_, output_.size() - written_),
                             [self = shared_from_this()](std::error_code error, std::size_t size) {
                                 self->writing_ = false;
                                 self->on_write(error, size);
                             });
}

void Link::on_write(const std::error_code& error, std::size_t size) {
    if (ended_) return;
    // A peer that takes nothing more may still have sent something: reading goes on until it ends by itself.
    if (error) write_over_ = true;
    written_ += size;
    if (written_ == output_.size()) {
        output_.clear();
        written_ = 0;
    } else if (written_ >= high_water) {
        output_.erase(0, written_);
        written_ = 0;
    }
    party_.note_progress();
    pump();
}

void Link::watch_time() {
    timer_.expires_after(tick_interval);
    timer_.async_wait([self = shared_from_this()](std::error_code error) {
        if (error || self->ended_) return;
        const auto now = Clock::now();
        if (self->closing_ && now - self->closing_since_ > drain_time) return self->end();
        if (self->writing_ && now - self->last_write_ > stall_limit) {
            self->trouble_ = "the peer does not read";
            return self->end();
        }
        self->pump();
        if (!self->ended_) self->watch_time();
    });
}

// The party is done and everything is written: half-close, and read what is still on its way.
void Link::close_softly() {
    if (closing_) return;
    closing_ = true;
    closing_since_ = Clock::now();
    std::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    if (read_over_) return end();
    read();
}

void Link::abandon() {
    ended_ = true;
    std::error_code ignored;
    timer_.cancel();
    socket_.close(ignored);
}

void Link::end() {
    if (ended_) return;
    abandon();
    if (handlers_.on_end) handlers_.on_end(*this);
}

} // namespace keyhole
