// One direction of a TCP connection, put together again from captured segments that were doubled, out of order or lost
// (RFC 9293, section 3.4). Nothing is made up for what is missing: it is counted, and stands where it is missing.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "netsim/capture/segment.hpp"

namespace keyhole {

/// A line, or bytes that are missing.
struct CapturedLine {
    std::string text;          // without its `\n`
    bool whole = true;         // its `\n` was captured
    bool cut = false;          // what stands before it is unknown: it may be the end of a longer line
    std::uint64_t missing = 0; // bytes that are not in the capture; then all of the above says nothing

    std::size_t packet = 0;        // with which packet it was complete
    std::int64_t end = 0;          // where in its direction it ends
    std::int64_t acknowledged = 0; // how much of the other direction its sender had by then
};

class TcpWay {
  public:
    /// A place in this direction from a number of 32 bits, which begins again at 0 after 4 GiB.
    std::int64_t place(std::uint32_t number);

    /// Whether a connection that begins with this segment is another one than what is here.
    bool begins_anew(const TcpSegment& syn);

    /// `packet` counts all packets of the capture, `acknowledged` is a place in the other direction.
    void take(const TcpSegment& segment, std::size_t packet, std::int64_t acknowledged);
    /// The other end has everything up to here.
    void note_acknowledged(std::int64_t end) { acknowledged_ = std::max(acknowledged_.value_or(end), end); }

    /// In their order; the last one may not be whole.
    std::vector<CapturedLine> lines() const;

  private:
    struct Piece {
        std::int64_t begin = 0, acknowledged = 0;
        std::size_t packet = 0, stored = 0, length = 0;

        std::int64_t end() const { return begin + static_cast<std::int64_t>(length); }
    };
    class Cutter;

    std::int64_t end() const;

    std::string store_; // the payloads as they came
    std::vector<Piece> pieces_;
    std::optional<std::uint32_t> last_number_;
    std::int64_t last_place_ = 0;
    std::optional<std::int64_t> start_, fin_, acknowledged_;
    std::optional<std::int64_t> lowest_, highest_; // where what was sent begins and ends, captured or not
};

} // namespace keyhole
