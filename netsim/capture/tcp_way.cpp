#include "netsim/capture/tcp_way.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace keyhole {

std::int64_t TcpWay::place(std::uint32_t number) {
    if (last_number_) last_place_ += static_cast<std::int32_t>(number - *last_number_);
    last_number_ = number;
    return last_place_;
}

bool TcpWay::begins_anew(const TcpSegment& syn) {
    constexpr std::int64_t most_before = 1 << 16; // bytes that may have come before a SYN that was out of order
    const std::int64_t begin = place(syn.seq + 1);
    if (start_) return begin != *start_;
    return lowest_ && (begin > *lowest_ || begin < *lowest_ - most_before);
}

void TcpWay::take(const TcpSegment& segment, std::size_t packet, std::int64_t acknowledged) {
    const std::int64_t begin = place(segment.seq) + (segment.syn ? 1 : 0);
    const std::int64_t end = begin + segment.length;
    if (segment.syn && !start_) start_ = begin;
    if (segment.fin && !fin_) fin_ = end;
    if (segment.length > 0) {
        lowest_ = std::min(lowest_.value_or(begin), begin);
        highest_ = std::max(highest_.value_or(end), end);
    }
    if (segment.payload.empty()) return;
    pieces_.push_back({.begin = begin,
                       .acknowledged = acknowledged,
                       .packet = packet,
                       .stored = store_.size(),
                       .length = segment.payload.size()});
    store_ += as_text(segment.payload);
}

// Where the direction ends as far as anything in the capture tells. A SYN and a FIN count one in acknowledgements;
// where the FIN itself was lost, a last byte that was only acknowledged may be it.
std::int64_t TcpWay::end() const {
    std::int64_t end = highest_.value_or(start_.value_or(0));
    if (fin_) return std::max(end, *fin_);
    if (acknowledged_ && *acknowledged_ > end + 1) end = *acknowledged_;
    return end;
}

// Cuts what comes in order into lines.
class TcpWay::Cutter {
  public:
    Cutter(std::int64_t at, bool cut) : at_(at) { next_.cut = cut; }

    std::int64_t at() const { return at_; }

    void put(std::string_view bytes, const Piece& from) {
        packet_ = std::max(packet_, from.packet);
        acknowledged_ = std::max(acknowledged_, from.acknowledged);
        while (!bytes.empty()) {
            const std::size_t line_end = bytes.find('\n');
            const std::size_t taken = std::min(line_end, bytes.size());
            next_.text += bytes.substr(0, taken);
            const bool ends = line_end != std::string_view::npos;
            at_ += static_cast<std::int64_t>(taken) + (ends ? 1 : 0);
            if (ends) finish(true);
            bytes.remove_prefix(taken + (ends ? 1 : 0));
        }
    }
    void miss(std::int64_t until) {
        if (!next_.text.empty()) finish(false);
        next_.missing = static_cast<std::uint64_t>(until - at_);
        at_ = until;
        finish(true);
        next_.cut = true;
    }
    std::vector<CapturedLine> take() {
        if (!next_.text.empty()) finish(false);
        return std::move(lines_);
    }

  private:
    void finish(bool whole) {
        next_.whole = whole;
        next_.packet = packet_;
        next_.end = at_;
        next_.acknowledged = acknowledged_;
        lines_.push_back(std::exchange(next_, {}));
    }

    std::vector<CapturedLine> lines_;
    CapturedLine next_;
    std::int64_t at_;
    std::size_t packet_ = 0;
    std::int64_t acknowledged_ = std::numeric_limits<std::int64_t>::min();
};

std::vector<CapturedLine> TcpWay::lines() const {
    if (!start_ && !lowest_) return {};
    std::vector<Piece> pieces = pieces_;
    std::ranges::sort(pieces, {}, [](const Piece& piece) { return std::pair(piece.begin, piece.packet); });
    Cutter cutter(start_.value_or(lowest_.value_or(0)), !start_);
    for (const Piece& piece : pieces) {
        if (piece.end() <= cutter.at()) continue; // sent again
        if (piece.begin > cutter.at()) cutter.miss(piece.begin);
        const auto known = static_cast<std::size_t>(cutter.at() - piece.begin);
        cutter.put(std::string_view(store_).substr(piece.stored + known, piece.length - known), piece);
    }
    if (end() > cutter.at()) cutter.miss(end());
    return cutter.take();
}

} // namespace keyhole
