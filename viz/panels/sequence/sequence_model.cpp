#include "viz/panels/sequence/sequence_model.hpp"

#include <algorithm>

#include "viz/session/lies_in.hpp"

namespace keyhole::viz {
namespace {

using Where = SequencePlace::Where;

constexpr std::size_t most_made = 64; // messages; more than any panel shows

} // namespace

Sequence::Sequence(const Trace& trace) : trace_(&trace) { refresh(); }

void Sequence::refresh() {
    const Recording& r = trace_->recording();
    exchange_ = !r.des && !r.power && (r.connected || r.parameters);
    for (const Role role : every_role)
        known_[static_cast<std::size_t>(role)] = r.party(role).agreed || r.party(role).private_key;
    handshake_ = exchange_ ? handshake_rows(r) : std::vector<SequenceRow>{};
    rows_ = handshake_.size();
    first_rows_.clear();
    made_.clear();
    if (!exchange_) return;
    first_rows_.reserve(r.messages.size());
    for (const MessageRecord& m : r.messages) {
        first_rows_.push_back(rows_);
        rows_ += count_rows(m);
    }
}

std::uint64_t Sequence::lines_before(std::uint64_t row) const {
    std::uint64_t lines = row;
    for (std::size_t i = 0; i < handshake_.size() && i < row; ++i) lines += handshake_[i].lines() - 1;
    return lines;
}

std::uint64_t Sequence::row_at_line(std::uint64_t line) const {
    std::uint64_t row = 0;
    for (; row < handshake_.size(); ++row) {
        const std::size_t lines = handshake_[row].lines();
        if (line < lines) return row;
        line -= lines;
    }
    return std::min(row + line, rows_);
}

SequenceRow Sequence::row(std::uint64_t at) const {
    if (at < handshake_.size()) return handshake_[at];
    const auto after = std::upper_bound(first_rows_.begin(), first_rows_.end(), at);
    const auto number = static_cast<std::uint64_t>(after - first_rows_.begin());
    return rows_of_message(number)[at - first_rows_[number - 1]];
}

const std::vector<SequenceRow>& Sequence::rows_of_message(std::uint64_t number) const {
    const auto found = made_.find(number);
    if (found != made_.end()) return found->second;
    if (made_.size() >= most_made) made_.clear();
    return made_.emplace(number, message_rows(trace_->recording(), number)).first->second;
}

std::optional<SequencePlace> Sequence::place(const Node& node) const {
    if (!exchange_ || node.depth() == 0) return std::nullopt;
    const bool in_message = node.part(0).kind == Kind::message;
    const std::uint64_t number = node.part(0).number;
    if (in_message && number > first_rows_.size()) return std::nullopt;
    const std::uint64_t first = in_message ? first_rows_[number - 1] : 0;
    const std::vector<SequenceRow>& rows = in_message ? rows_of_message(number) : handshake_;

    std::optional<SequencePlace> above, inside;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto look = [&](const std::optional<SequencePart>& part, Where where) {
            if (!part || part->masked) return;
            const SequencePlace here{first + i, where};
            if (part->node.depth() > depth && lies_in(node, part->node)) {
                above = here;
                depth = part->node.depth();
            }
            if (!inside && lies_in(part->node, node)) inside = here;
        };
        look(rows[i].middle, Where::middle);
        look(rows[i].sides[0], Where::server);
        look(rows[i].sides[1], Where::client);
    }
    return above ? above : inside;
}

} // namespace keyhole::viz
