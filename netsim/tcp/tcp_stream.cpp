#include "netsim/tcp/tcp_stream.hpp"

#include <algorithm>

#include "netsim/tcp/socket_state.hpp"

namespace keyhole {
namespace {

using namespace std::chrono_literals;

// A peer that reads nothing for so long, while something waits for it, is dropped.
constexpr auto stall_limit = 30s;
// How long and how much is still read after the last line. Closing while bytes are unread would reset the connection,
// and the peer might never see the error that was sent to it.
constexpr auto drain_time = 2s;
constexpr std::size_t drain_bytes = std::size_t{16} << 20;
// What waits to be sent or confirmed before the end has this long.
constexpr auto finish_limit = 60s;
// The system does not tell when the peer's machine confirms something: it is asked again and again.
constexpr std::chrono::milliseconds first_look = 5ms, rarest_look = 160ms;

} // namespace

TcpStream::TcpStream(asio::ip::tcp::socket socket, std::weak_ptr<StreamUser> user)
    : socket_(std::move(socket)),
      ticker_(socket_.get_executor()),
      confirmations_(socket_.get_executor()),
      user_(std::move(user)),
      peer_(peer_of(socket_)) {}

template <class Tell>
void TcpStream::tell(Tell what) {
    if (const auto user = user_.lock()) what(*user);
}

void TcpStream::start() {
    boost::system::error_code ignored;
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    notice_vanished(socket_);
    ticker_.start([self = shared_from_this()] { self->watch_time(); });
}

void TcpStream::read() {
    if (reading_ || read_over_ || gone_) return;
    reading_ = true;
    socket_.async_read_some(asio::buffer(input_),
                            [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                                const auto take = [self, error, size] {
                                    self->reading_ = false;
                                    self->on_read(error, size);
                                };
                                // A write may have met the same end first, and its handler waits in the loop behind
                                // this one.
                                error && self->writing_ ? asio::post(self->socket_.get_executor(), take) : take();
                            });
}

void TcpStream::on_read(const boost::system::error_code& error, std::size_t size) {
    if (gone_) return;
    if (error) {
        take_end(error);
    } else if (finishing_) {
        drained_ += size;
    } else {
        // An answer confirms what it answers: that is told first. Who hears it may not read over these bytes.
        reading_ = true;
        note_confirmations();
        reading_ = false;
        if (!gone_) tell([&](StreamUser& user) { user.on_bytes({input_.data(), size}); });
    }
    shut_if_done();
    if (finishing_ && !gone_) read();
}

void TcpStream::take_end(const boost::system::error_code& error) {
    read_over_ = true;
    // The first call that meets a broken connection is told why, and later ones see a mere end: perhaps a write was.
    const Loss found = loss_of(error == asio::error::eof && write_error_ ? write_error_ : error);
    if (found.broken()) write_over_ = true;
    look_at_confirmations();
    // To be reset after the last word is usual, and no loss where everything was confirmed.
    if (!finishing_ || !found.broken() || !all_confirmed()) loss_ = found;
    tell([](StreamUser& user) { user.on_end_of_input(); });
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
                             [self = shared_from_this()](boost::system::error_code error, std::size_t size) {
                                 self->writing_ = false;
                                 self->on_write(error, size);
                             });
}

void TcpStream::on_write(const boost::system::error_code& error, std::size_t size) {
    if (gone_) return;
    // A peer that takes nothing more may still have sent something: reading goes on until it ends by itself.
    if (error) {
        write_over_ = true;
        write_error_ = error;
    }
    if (error && read_over_ && !finishing_) {
        loss_ = loss_of(error);
        return end();
    }
    sent_ += size;
    handed_over_ += size;
    write_some();
    next_look_ = first_look;
    watch_confirmations();
    tell([](StreamUser& user) { user.on_progress(); });
    shut_if_done();
}

void TcpStream::look_at_confirmations() {
    if (confirmed_ == handed_over_) return;
    const std::uint64_t waiting = std::min(unconfirmed_bytes(socket_, shut_), handed_over_);
    confirmed_ = std::max(confirmed_, handed_over_ - waiting);
}

// Until everything is confirmed: the user is told what was, and finish() waits for it.
void TcpStream::watch_confirmations() {
    if (looking_ || gone_ || confirmed_ == handed_over_) return;
    looking_ = true;
    confirmations_.expires_after(next_look_);
    next_look_ = std::min(2 * next_look_, rarest_look);
    confirmations_.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
        self->looking_ = false;
        if (stopped || self->gone_) return;
        self->note_confirmations();
        self->shut_if_done();
        // Who closed before our last word confirms it never, and no read is left that would tell.
        if (self->finishing_ && !self->gone_ && !self->all_confirmed() && is_dead(self->socket_)) {
            if (!self->loss_.broken()) self->loss_ = {Ending::reset};
            return self->end();
        }
        self->watch_confirmations();
    });
}

void TcpStream::note_confirmations() {
    const std::uint64_t before = confirmed_;
    look_at_confirmations();
    if (confirmed_ == before) return;
    next_look_ = first_look;
    finished_since_ = Clock::now();
    tell([](StreamUser& user) { user.on_progress(); });
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
        boost::system::error_code ignored;
        socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }
    const bool nothing_to_wait_for = all_confirmed() || write_over_ || hurried_;
    if (finishing_ && ((read_over_ && nothing_to_wait_for) || drained_ > drain_bytes)) end();
}

void TcpStream::watch_time() {
    const auto now = Clock::now();
    if (finishing_ && shut_ && now - finished_since_ > drain_time && (all_confirmed() || hurried_)) return end();
    if (finishing_ && now - asked_to_finish_ > finish_limit) {
        if (!all_confirmed() && !loss_.broken()) loss_ = {Ending::vanished};
        return end();
    }
    // A network that is cut says nothing against the peer: the system notices that by itself.
    if (still() > stall_limit && machine_answers(socket_)) give_up();
}

std::chrono::milliseconds TcpStream::still() const {
    return writing_ ? std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - last_write_) : 0ms;
}

void TcpStream::give_up() {
    if (gone_) return;
    loss_ = {Ending::stalled};
    end();
}

void TcpStream::abandon() {
    gone_ = true;
    boost::system::error_code ignored;
    ticker_.stop();
    confirmations_.cancel();
    socket_.close(ignored);
}

void TcpStream::end() {
    if (gone_) return;
    look_at_confirmations();
    abandon();
    tell([](StreamUser& user) { user.on_gone(); });
}

MakeStream tcp_stream_of(asio::ip::tcp::socket socket) {
    const auto kept = std::make_shared<asio::ip::tcp::socket>(std::move(socket));
    return [kept](std::weak_ptr<StreamUser> user) {
        return std::make_shared<TcpStream>(std::move(*kept), std::move(user));
    };
}

} // namespace keyhole
