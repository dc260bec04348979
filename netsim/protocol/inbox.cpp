#include "netsim/protocol/inbox.hpp"

#include <algorithm>
#include <cassert>

namespace keyhole {

void Inbox::put(ByteView bytes) {
    while (!bytes.empty() && !closed_) {
        const std::string_view text = as_text(bytes);
        const std::size_t length = std::min(text.find('\n'), text.size());
        // One byte too many is enough to know that the line is too long: nobody waits for its end.
        const std::size_t taken = std::min(length, max_line_bytes + 1 - partial_.size());
        partial_ += text.substr(0, taken);
        if (length < text.size() || partial_.size() > max_line_bytes) take_line();
        bytes = bytes.subspan(std::min(length + 1, bytes.size()));
    }
}

void Inbox::take_line() {
    Arrival arrival{.line = {}, .content = decode_frame(partial_)};
    if (std::holds_alternative<Frame>(arrival.content)) {
        arrival.line = std::move(partial_);
    } else {
        closed_ = true;
    }
    partial_.clear();
    waiting_ += arrival.line.size();
    arrivals_.push_back(std::move(arrival));
}

Arrival Inbox::take() {
    assert(!arrivals_.empty());
    Arrival arrival = std::move(arrivals_.front());
    arrivals_.pop_front();
    waiting_ -= arrival.line.size();
    return arrival;
}

void Inbox::close() {
    closed_ = true;
    arrivals_.clear();
    partial_ = {};
    waiting_ = 0;
}

} // namespace keyhole
