// What has arrived from a peer and was not looked at yet: bytes go in, whole lines come out, each decoded once.
// Whatever the peer sends, memory stays bounded: after the first line that is no frame, nothing more is taken.
#pragma once

#include <deque>
#include <string>
#include <variant>

#include "core/base/bytes.hpp"
#include "netsim/protocol/message.hpp"

namespace keyhole {

/// One line as it arrived, without `\n`, and what it says; the line is empty if it is no frame.
struct Arrival {
    std::string line;
    std::variant<Frame, Fault> content;
};

class Inbox {
  public:
    /// Bytes from the peer, cut anywhere.
    void put(ByteView bytes);

    /// The peer sends nothing more. A last line without its `\n` is no line.
    void end() { ended_ = true; }

    const std::deque<Arrival>& arrivals() const { return arrivals_; }
    Arrival take();

    bool ended() const { return ended_; }
    /// False while enough is waiting: whoever moves bytes should let the peer wait.
    bool wants_more() const { return !ended_ && !closed_ && arrivals_.size() < max_lines && waiting_ < max_bytes; }

    /// Nothing that comes from now on matters.
    void close();

  private:
    static constexpr std::size_t max_lines = 64, max_bytes = 2 * max_line_bytes;

    void take_line();

    std::deque<Arrival> arrivals_;
    std::string partial_;
    std::size_t waiting_ = 0; // bytes of lines in arrivals_
    bool ended_ = false;
    bool closed_ = false; // takes nothing more
};

} // namespace keyhole
