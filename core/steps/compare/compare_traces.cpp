#include "core/steps/compare/compare_traces.hpp"

#include <algorithm>

#include "core/steps/address.hpp"
#include "core/steps/trace.hpp"

namespace keyhole {
namespace {

constexpr std::size_t longest_shown = 8192; // characters of a value

std::string shown(const Datum& datum) {
    const std::string hex = prefixed_hex(datum);
    return hex.empty() || hex.size() > longest_shown ? shown_text(datum, longest_shown) : hex;
}

bool equal(const Datum& a, const Datum& b) {
    const auto *left = std::get_if<Octets>(&a), *right = std::get_if<Octets>(&b);
    if (left != nullptr && right != nullptr) return std::ranges::equal(left->view, right->view);
    return a.index() == b.index() && full_text(a) == full_text(b);
}

// Everything that the steps of a message are computed from, apart from the message.
bool same_settings(const Recording& a, const Recording& b) {
    const auto keys = [](const Recording& r) {
        return std::pair(session_key(r, Role::server), session_key(r, Role::client));
    };
    return a.mode() == b.mode() && a.padding() == b.padding() && a.des == b.des && a.variant == b.variant &&
           keys(a) == keys(b);
}

std::uint64_t ones(std::initializer_list<bool> differ) {
    return static_cast<std::uint64_t>(std::ranges::count(differ, true));
}

// How many of the steps below a round have another value; each step is told by what its values are computed from.
std::uint64_t differing_steps(const des::RoundTrace& a, const des::RoundTrace& b) {
    const bool left = a.left_in != b.left_in, right = a.right_in != b.right_in, subkey = a.subkey != b.subkey;
    std::uint64_t count = ones({right,                                 // expand
                                right || subkey,                       // mix
                                a.s_out != b.s_out,                    // permute
                                left || right || a.p_out != b.p_out}); // join
    for (std::size_t box = 0; box < a.sboxes.size(); ++box)
        count += a.sboxes[box].input != b.sboxes[box].input ? 1U : 0U;
    return count;
}

std::uint64_t differing_steps(const des::BlockTrace& a, const des::BlockTrace& b) {
    std::uint64_t count =
        ones({a.input != b.input, a.preoutput != b.preoutput, a.preoutput != b.preoutput}); // ip, swap, fp
    for (std::size_t i = 0; i < a.rounds.size(); ++i) {
        const des::RoundTrace &x = a.rounds[i], &y = b.rounds[i];
        count += ones({x.left_in != y.left_in || x.right_in != y.right_in || x.subkey != y.subkey}); // the round itself
        count += differing_steps(x, y);
    }
    return count;
}

class Walk {
  public:
    Walk(const Recording& first, const Recording& second)
        : a_(first), b_(second), same_settings_(same_settings(first, second)) {}

    // The children of a step that both have, in the order in which both have them.
    void below(const Node& node) {
        const StepTree &a = a_.tree(), &b = b_.tree();
        const std::uint64_t a_count = a.child_count(node), b_count = b.child_count(node);
        for (std::uint64_t i = 0, j = 0; i < a_count || j < b_count;) {
            const auto left = i < a_count ? std::optional(a.child(node, i)) : std::nullopt;
            const auto right = j < b_count ? std::optional(b.child(node, j)) : std::nullopt;
            if (left == right) {
                both(*left);
                ++i;
                ++j;
            } else if (left && !b.contains(*left)) {
                note({address(*left), "step", "there", "missing"}, a.size(*left));
                ++i;
            } else {
                note({address(*right), "step", "missing", "there"}, b.size(*right));
                ++j;
            }
        }
    }
    TraceComparison result() && { return std::move(result_); }

  private:
    void both(const Node& node) {
        if (node.kind() == Kind::message && same_message(node)) return;
        if (node.kind() == Kind::block && same_block(node)) return;
        if (auto difference = first_difference(a_.step(node), b_.step(node))) note(std::move(*difference), 1);
        // Where the first difference is known the others are only counted, and most steps are those of blocks.
        if (node.kind() == Kind::block && result_.first) {
            result_.steps += differing_steps(a_.block(node).trace, b_.block(node).trace);
            return;
        }
        below(node);
    }

    bool same_message(const Node& node) const {
        const std::size_t index = node.last().number - 1;
        return same_settings_ && a_.recording().messages[index] == b_.recording().messages[index];
    }
    bool same_block(const Node& node) const {
        const Pass &a = a_.pass(node), &b = b_.pass(node);
        if (a.mode != b.mode || a.direction != b.direction || a.schedule != b.schedule) return false;
        const BlockRun &left = a_.block(node), &right = b_.block(node);
        return left.input == right.input && left.previous == right.previous && left.trace == right.trace &&
               left.output == right.output;
    }

    static std::optional<StepDifference> first_difference(const Step& a, const Step& b) {
        for (const Value& value : a.values) {
            const Datum* there = b.find(value.name);
            if (there != nullptr && equal(value.datum, *there)) continue;
            return StepDifference{a.address, std::string(value.name), shown(value.datum),
                                  there != nullptr ? shown(*there) : "none"};
        }
        for (const Value& value : b.values) {
            if (a.find(value.name) == nullptr)
                return StepDifference{a.address, std::string(value.name), "none", shown(value.datum)};
        }
        return std::nullopt;
    }

    void note(StepDifference difference, std::uint64_t steps) {
        if (!result_.first) result_.first = std::move(difference);
        result_.steps += steps;
    }

    Trace a_, b_;
    bool same_settings_;
    TraceComparison result_;
};

} // namespace

TraceComparison compare_traces(const Recording& first, const Recording& second) {
    Walk walk(first, second);
    walk.below(Node{});
    return std::move(walk).result();
}

} // namespace keyhole
