#include "netsim/web/web_stream.hpp"

#include <algorithm>

namespace keyhole {
namespace {

using namespace std::chrono_literals;

// A peer that takes nothing for so long, while something waits for it, is dropped.
constexpr auto stall_limit = 30s;

// RFC 6455, section 5.2: bytes before a text that a server sends.
std::uint64_t head_of(std::size_t text) { return text < 126 ? 2 : text < 65536 ? 4 : 10; }

} // namespace

WebStream::WebStream(std::shared_ptr<WebSocket> socket, const asio::any_io_executor& executor,
                     std::weak_ptr<StreamUser> user)
    : socket_(std::move(socket)), ticker_(executor), user_(std::move(user)) {}

template <class Tell>
void WebStream::tell(Tell what) {
    if (const auto user = user_.lock()) what(*user);
}

void WebStream::start() {
    ticker_.start([self = shared_from_this()] { self->look(); });
}

void WebStream::read() {
    if (!gone_) socket_->read();
}

void WebStream::on_text(std::string_view text) {
    if (finishing_ || gone_) return;
    std::string line(text);
    if (!line.ends_with('\n')) line += '\n';
    tell([&](StreamUser& user) { user.on_bytes(to_bytes(line)); });
}

void WebStream::write(std::string bytes) {
    if (finishing_ || gone_) return;
    output_ += bytes;
    send_next();
}

void WebStream::send_next() {
    const std::size_t end = output_.find('\n', sent_);
    if (gone_ || sending_ > 0 || end == std::string::npos) return;
    auto line = std::make_shared<const std::string>(output_.substr(sent_, end - sent_));
    sending_ = line->size() + 1;
    sent_ = end + 1;
    if (sent_ >= output_.size() / 2) {
        output_.erase(0, sent_);
        sent_ = 0;
    }
    raw_ += line->size() + head_of(line->size());
    handed_over_ += sending_;
    unconfirmed_.push_back({raw_, handed_over_});
    last_write_ = Clock::now();
    socket_->send(std::move(line));
}

void WebStream::on_sent() {
    sending_ = 0;
    send_next();
    look();
    tell([](StreamUser& user) { user.on_progress(); });
    close_if_done();
}

// Pings and what else WebSockets say for themselves are not counted, so a line is never called confirmed too early.
void WebStream::look() {
    if (gone_) return;
    const std::uint64_t arrived = raw_ - std::min<std::uint64_t>(raw_, socket_->unconfirmed());
    const std::uint64_t before = confirmed_;
    while (!unconfirmed_.empty() && sending_ == 0 && unconfirmed_.front().raw_end <= arrived) {
        confirmed_ = unconfirmed_.front().end;
        unconfirmed_.pop_front();
    }
    if (confirmed_ != before) tell([](StreamUser& user) { user.on_progress(); });
    if (still() > stall_limit) give_up();
}

std::chrono::milliseconds WebStream::still() const {
    return sending_ > 0 ? std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - last_write_) : 0ms;
}

void WebStream::finish() {
    finishing_ = true;
    close_if_done();
}

void WebStream::close_if_done() {
    if (finishing_ && !gone_ && backlog() == 0) socket_->close(CloseCode::normal, "");
}

void WebStream::on_end(const Loss& loss) {
    // Who answers this side's closing has read what came before it; who closes first may have left some unread.
    if (finishing_ && loss.how == Ending::closed && sending_ == 0) confirmed_ = handed_over_;
    end(loss);
}

void WebStream::give_up() {
    socket_->abandon();
    end({Ending::stalled});
}

void WebStream::abandon() {
    gone_ = true;
    ticker_.stop();
    socket_->abandon();
}

void WebStream::end(const Loss& loss) {
    if (gone_) return;
    gone_ = true;
    ticker_.stop();
    loss_ = loss;
    tell([](StreamUser& user) { user.on_gone(); });
}

} // namespace keyhole
