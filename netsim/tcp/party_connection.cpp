#include "netsim/tcp/party_connection.hpp"

#include <chrono>

namespace keyhole {
namespace {

using namespace std::chrono_literals;

constexpr auto tick_interval = 250ms;

std::uint64_t milliseconds_now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

} // namespace

Link::Link(asio::ip::tcp::socket socket, Party party, Handlers handlers)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      party_(std::move(party)),
      handlers_(std::move(handlers)) {}

// A wire may outlive its link while a last handler of its own waits, so it asks whether the link is there.
Wire::Handlers Link::wire_handlers() {
    const auto with_link = [weak = weak_from_this()](auto act) {
        return [weak, act](auto... arguments) {
            if (const auto self = weak.lock(); self && !self->ended_) act(*self, arguments...);
        };
    };
    return {.on_bytes = with_link([](Link& self, ByteView bytes) {
                self.party_.receive(bytes);
                self.pump();
            }),
            .on_end_of_input = with_link([](Link& self, bool broken) {
                if (broken && !self.party_.closed()) self.trouble_ = self.wire_->trouble();
                self.party_.end_of_input();
                self.pump();
            }),
            .on_progress = with_link([](Link& self) {
                self.party_.note_progress();
                self.pump();
            }),
            .on_gone = with_link([](Link& self) {
                if (self.wire_->stalled()) self.trouble_ = self.wire_->trouble();
                self.end();
            })};
}

void Link::start() {
    wire_ = std::make_shared<Wire>(std::move(socket_), wire_handlers());
    peer_ = wire_->peer();
    wire_->start();
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

bool Link::ready() const { return wire_->backlog() < high_water && (!handlers_.ready || handlers_.ready()); }

// Everything that can happen now. An event's handler may call say(): the loop takes that up.
void Link::pump() {
    if (pumping_ || ended_) return;
    const auto self = shared_from_this();
    pumping_ = true;
    party_.tick(milliseconds_now());
    while (party_.next_action() && ready()) {
        party_.perform();
        for (const Event& event : party_.take_events()) handlers_.on_event(*this, event);
        wire_->write(party_.take_output());
    }
    for (const Event& event : party_.take_events()) handlers_.on_event(*this, event);
    pumping_ = false;
    if (party_.closed()) return wire_->finish();
    if (party_.wants_input() && ready()) wire_->read();
}

void Link::watch_time() {
    timer_.expires_after(tick_interval);
    timer_.async_wait([self = shared_from_this()](std::error_code error) {
        if (error || self->ended_) return;
        self->pump();
        if (!self->ended_) self->watch_time();
    });
}

void Link::abandon() {
    ended_ = true;
    std::error_code ignored;
    timer_.cancel();
    wire_ ? wire_->abandon() : static_cast<void>(socket_.close(ignored));
}

void Link::end() {
    if (ended_) return;
    abandon();
    if (handlers_.on_end) handlers_.on_end(*this);
}

} // namespace keyhole
