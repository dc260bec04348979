#include "paper/page/page_plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"
#include "core/base/words.hpp"
#include "core/steps/address.hpp"

namespace keyhole::paper {
namespace {

// Bytes that steps take on a page with their figures, rounded up from the standard exchange.
constexpr std::uint64_t bytes_of_block_step = 1400, bytes_of_other_step = 40000;
constexpr std::uint64_t bytes_of_bit = 1200, bytes_of_bit_per_bit = 1;
constexpr std::uint64_t most_bytes = std::uint64_t{11} << 20U;

std::uint64_t parse_number(std::string_view digits, std::string_view text) {
    const auto number = whole_number<std::uint64_t>(digits);
    if (!number || *number == 0)
        throw bad_input(
            fmt::format("--blocks '{}' names no blocks (they count from 1; write 3 or 1..4)", excerpt(text)));
    return *number;
}

std::size_t modulus_bits(const Recording& r) {
    return r.power ? bit_length(r.power->modulus) : r.parameters ? bit_length(r.parameters->p) : 0;
}

// The exponentiations of a trace.
std::vector<Node> powers(const StepTree& tree) {
    std::vector<Node> out;
    const auto add_below = [&](const Node& parent) {
        for (std::uint64_t i = 0; i < tree.child_count(parent); ++i) {
            const Node node = tree.child(parent, i);
            if (node.kind() == Kind::public_key || node.kind() == Kind::shared || node.kind() == Kind::modexp)
                out.push_back(node);
        }
    };
    add_below(Node{});
    for (const Kind kind : {Kind::keys, Kind::secret})
        if (const Node node = Node{}.child({.kind = kind}); tree.contains(node)) add_below(node);
    return out;
}

std::uint64_t all_blocks(const StepTree& tree, std::uint64_t message, const BlockRange* range) {
    std::uint64_t sum = 0;
    const Node node = Node{}.child({.kind = Kind::message, .number = message});
    for (const Kind kind : {Kind::encrypt, Kind::decrypt}) {
        const Node pass = node.child({.kind = kind});
        if (!tree.contains(pass)) continue;
        const std::uint64_t count = tree.child_count(pass);
        sum += range == nullptr ? count : range->first > count ? 0 : std::min(range->last, count) - range->first + 1;
    }
    return sum;
}

} // namespace

BlockRange parse_blocks(std::string_view text) {
    const std::size_t dots = text.find("..");
    BlockRange range;
    range.first = parse_number(text.substr(0, dots), text);
    range.last = dots == std::string_view::npos ? range.first : parse_number(text.substr(dots + 2), text);
    if (range.last < range.first)
        throw bad_input(fmt::format(
            "--blocks '{}' goes backwards (the second block comes before the first; turn it round)", excerpt(text)));
    return range;
}

PagePlan::PagePlan(const StepTree& tree, const std::optional<BlockRange>& blocks) : tree_(tree) { choose(blocks); }

void PagePlan::choose(const std::optional<BlockRange>& blocks) {
    const Recording& recording = tree_.recording();
    const std::uint64_t messages = recording.messages.size();
    const std::uint64_t block_steps = 213, bit_bytes = bytes_of_bit + bytes_of_bit_per_bit * modulus_bits(recording);
    std::uint64_t bits = 0, blocks_there = 0;
    for (const Node& power : powers(tree_)) bits += tree_.child_count(power);
    for (std::uint64_t m = 1; m <= messages; ++m) blocks_there += all_blocks(tree_, m, nullptr);
    const std::uint64_t others = tree_.total() - bits - blocks_there * block_steps;
    const std::uint64_t bytes =
        others * bytes_of_other_step + bits * bit_bytes + blocks_there * block_steps * bytes_of_block_step;
    everything_ = !blocks && bytes <= most_bytes;
    messages_ = whole_messages_ = messages;
    if (everything_) return;

    blocks_ = blocks.value_or(BlockRange{});
    std::uint64_t room = most_bytes;
    const auto take = [&](std::uint64_t wanted) {
        const bool fits = wanted <= room;
        if (fits) room -= wanted;
        return fits;
    };
    // Exponent bits: all of them, or as many at either end as a third of the page has room for.
    if (const std::uint64_t count = powers(tree_).size(); bits * bit_bytes > most_bytes / 3 && count > 0) {
        edge_bits_ = std::max<std::uint64_t>(4, most_bytes / 3 / bit_bytes / count / 2);
        take(std::min(room, 2 * edge_bits_ * count * bit_bytes));
        for (const Node& power : powers(tree_)) {
            const std::uint64_t all = tree_.child_count(power);
            if (all > 2 * edge_bits_)
                left_out_.push_back(fmt::format("Of the {} exponent bits of {} the first and the last {} are here.",
                                                grouped_decimal(all), address(power), edge_bits_));
        }
    } else {
        take(std::min(room, bits * bit_bytes));
    }
    // Messages as such, then the blocks of as many of them as there is room for; named blocks are never left out.
    constexpr std::uint64_t message_bytes = 8 * bytes_of_other_step;
    messages_ = std::min(messages, std::max<std::uint64_t>(1, room / 2 / message_bytes));
    if (blocks) messages_ = messages;
    take(std::min(room, messages_ * message_bytes));
    whole_messages_ = 0;
    while (whole_messages_ < messages_ &&
           (blocks || take(all_blocks(tree_, whole_messages_ + 1, &blocks_) * block_steps * bytes_of_block_step)))
        ++whole_messages_;

    std::uint64_t kept = 0, there = 0;
    for (std::uint64_t m = 1; m <= messages_; ++m) {
        there += all_blocks(tree_, m, nullptr);
        if (m <= whole_messages_) kept += all_blocks(tree_, m, &blocks_);
    }
    if (blocks && kept == 0 && there > 0)
        throw bad_input(
            fmt::format("--blocks {}..{} names no block of this trace (it has {} in all; choose lower numbers)",
                        blocks_.first, blocks_.last, counted(there, "block")));
    if (kept < there)
        left_out_.push_back(fmt::format(
            "Of the {} of all messages {} {} here: blocks {} to {} of each{}. --blocks A..B names others.",
            counted(there, "block"), grouped_decimal(kept), singular_or(kept, "is", "are"), blocks_.first, blocks_.last,
            whole_messages_ < messages_ ? fmt::format(" of the first {}", counted(whole_messages_, "message")) : ""));
    if (messages_ < messages)
        left_out_.push_back(fmt::format("Of {} the first {} are here.", counted(messages, "message"), messages_));
}

bool PagePlan::holds(const Node& node) const {
    if (everything_) return true;
    if (node.kind() == Kind::bit && edge_bits_ > 0) {
        const std::uint64_t all = tree_.child_count(node.parent()), bit = node.last().number;
        return bit <= edge_bits_ || bit + edge_bits_ > all;
    }
    const std::uint64_t message = node.number(Kind::message), block = node.number(Kind::block);
    if (message > messages_) return false;
    return block == 0 || (message <= whole_messages_ && blocks_.contains(block));
}

std::optional<Node> PagePlan::first() const {
    if (tree_.total() == 0) return std::nullopt;
    const Node node = tree_.at_number(1);
    return holds(node) ? std::optional(node) : next(node);
}

std::optional<Node> PagePlan::next(const Node& node) const {
    std::optional<Node> at = tree_.next(node);
    while (at && !holds(*at)) {
        // Past what is left out in one stride: a megabyte has a hundred thousand blocks.
        const Node parent = at->parent();
        if (at->kind() == Kind::block && at->last().number > blocks_.last) {
            at = tree_.next_over(parent);
        } else if (at->kind() == Kind::block && at->last().number < blocks_.first &&
                   blocks_.first <= tree_.child_count(parent)) {
            at = tree_.child(parent, blocks_.first - 1);
        } else if (at->kind() == Kind::message) {
            return std::nullopt;
        } else {
            at = tree_.next_over(*at);
        }
    }
    return at;
}

} // namespace keyhole::paper
