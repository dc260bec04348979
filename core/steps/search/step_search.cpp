#include "core/steps/search/step_search.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"
#include "core/steps/address.hpp"
#include "core/steps/step_kinds.hpp"

namespace keyhole {
namespace {

// In the order of happening, without counting the steps between.
bool is_before(const StepTree& tree, Node a, Node b) {
    std::size_t shared = 0; // levels
    while (shared < std::min(a.depth(), b.depth()) && a.part(shared) == b.part(shared)) ++shared;
    if (shared == std::min(a.depth(), b.depth())) return a.depth() < b.depth();
    while (a.depth() > shared + 1) a = a.parent();
    while (b.depth() > shared + 1) b = b.parent();
    return tree.index(a) < tree.index(b);
}

// Values are looked for block by block; all else step by step.
Node unit_of(const Node& node) { return node.within(Kind::block) ? node.up_to(Kind::block) : node; }

std::optional<Node> unit_after(const StepTree& tree, const Node& unit) {
    return unit.kind() == Kind::block ? tree.next_over(unit) : tree.next(unit);
}

std::optional<Node> unit_before(const StepTree& tree, const Node& unit) {
    const auto sibling = tree.previous_sibling(unit);
    if (!sibling) return unit.depth() > 1 ? std::optional(unit.parent()) : std::nullopt;
    Node last = *sibling;
    while (last.kind() != Kind::block && tree.child_count(last) > 0)
        last = tree.child(last, tree.child_count(last) - 1);
    return last;
}

bool in_round(const SearchQuery& query, const des::RoundTrace& r) {
    return query.matches(r.left_in, 32) || query.matches(r.right_in, 32) || query.matches(r.expanded, 48) ||
           query.matches(r.subkey, 48) || query.matches(r.mixed, 48) || query.matches(r.s_out, 32) ||
           query.matches(r.p_out, 32) || query.matches(r.left_out, 32) || query.matches(r.right_out, 32) ||
           std::ranges::any_of(r.sboxes, [&](const des::SboxTrace& s) {
               return query.matches(s.input, 6) || query.matches(s.output, 4);
           });
}

bool in_bytes(const SearchQuery& query, const Bytes& bytes) {
    return bytes.size() == 8 && query.matches(load_block(bytes), 64);
}

bool in_block(const SearchQuery& query, const BlockRun& run) {
    const des::BlockTrace& t = run.trace;
    return query.matches(t.input, 64) || query.matches(t.after_ip, 64) || query.matches(t.preoutput, 64) ||
           query.matches(t.output, 64) || in_bytes(query, run.input) || in_bytes(query, run.previous) ||
           in_bytes(query, run.output);
}

} // namespace

void StepSearch::start(std::string_view text, const Node& from) {
    text_ = text;
    query_ = SearchQuery(text);
    from_ = from;
    hits_.clear();
    hits_ahead_ = 0;
    wrapped_ = false;
    turn_ahead_ = true;
    word_ = ahead_ = behind_ = std::nullopt;
    const StepTree& tree = trace_->tree();
    words_done_ = !query_.has_words();
    if (!words_done_) {
        if (const auto exact = tree.find(text_)) add(*exact, {}, true);
        word_ = after(from_);
    }
    if (query_.has_value()) ahead_ = behind_ = unit_of(from_);
    done_ = words_done_ && !query_.has_value();
}

void StepSearch::work(const std::function<bool()>& time_left) {
    while (!done_) {
        if (words_done_) {
            walk_values();
        } else {
            walk_words();
        }
        done_ = full() || (words_done_ && !ahead_ && !behind_);
        if (!time_left()) return;
    }
}

// The next step worth looking at, without going where no word can match.
std::optional<Node> StepSearch::after(const Node& node) const {
    const StepTree& tree = trace_->tree();
    return settled(query_.worth_entering(node) ? tree.next(node) : tree.next_over(node));
}

// Of a million blocks with one wanted number only that one is looked at.
std::optional<Node> StepSearch::settled(std::optional<Node> node) const {
    const StepTree& tree = trace_->tree();
    while (node && (node->kind() == Kind::block || node->kind() == Kind::bit || node->kind() == Kind::message)) {
        const std::uint64_t only = query_.only_number(*node);
        if (only == 0 || only == node->last().number) return node;
        const Node parent = node->parent();
        Part wanted = node->last();
        wanted.number = only;
        if (only > node->last().number && only <= tree.index(*node) + tree.child_count(parent)) {
            if (tree.contains(parent.child(wanted))) return parent.child(wanted);
        }
        node = tree.next_over(parent);
    }
    return node;
}

void StepSearch::walk_words() {
    const StepTree& tree = trace_->tree();
    if (!word_ && !wrapped_) {
        wrapped_ = true;
        word_ = settled(tree.child(Node{}, 0));
    }
    words_done_ = !word_ || (wrapped_ && is_before(tree, from_, *word_));
    if (words_done_) return;
    if (query_.matches(*word_)) add(*word_, {}, !wrapped_);
    word_ = after(*word_);
}

void StepSearch::walk_values() {
    const StepTree& tree = trace_->tree();
    const bool ahead = ahead_ && (turn_ahead_ || !behind_);
    turn_ahead_ = !turn_ahead_;
    std::optional<Node>& place = ahead ? ahead_ : behind_;
    if (!place) return;
    look_into(*place, ahead);
    place = ahead ? unit_after(tree, *place) : unit_before(tree, *place);
}

void StepSearch::look_into(const Node& unit, bool ahead) {
    if (unit.kind() != Kind::block) return look_at(unit, ahead);
    const BlockRun run = trace_->block(unit);
    const bool whole = in_block(query_, run);
    const bool rounds = std::ranges::any_of(run.trace.rounds, [&](const auto& r) { return in_round(query_, r); });
    if (!whole && !rounds) return;
    const StepTree& tree = trace_->tree();
    look_at(unit, ahead);
    for (std::uint64_t i = 0; i < tree.child_count(unit); ++i) {
        const Node part = tree.child(unit, i);
        if (part.kind() == Kind::round && !in_round(query_, run.trace.rounds[part.last().number - 1])) continue;
        look_at(part, ahead);
        for (std::uint64_t j = 0; j < tree.child_count(part); ++j) look_at(tree.child(part, j), ahead);
    }
}

void StepSearch::look_at(const Node& node, bool ahead) {
    // The unit of the current step is looked into from both sides.
    if (ahead != is_before(trace_->tree(), from_, node)) return;
    const Step step = trace_->step(node);
    for (const Value& value : step.values) {
        std::string match = query_.match(value);
        if (!match.empty()) return add(node, std::move(match), ahead);
    }
}

void StepSearch::add(const Node& node, std::string match, bool ahead) {
    const bool known = std::ranges::any_of(hits_, [&](const SearchHit& hit) { return hit.node == node; });
    if (known || full()) return;
    SearchHit hit{.node = node, .address = address(node), .title = title(node, trace_->recording().variant.rounds), .match = std::move(match)};
    const StepTree& tree = trace_->tree();
    auto place = hits_.begin() + static_cast<std::ptrdiff_t>(hits_ahead_);
    if (ahead) {
        ++hits_ahead_;
    } else {
        while (place != hits_.end() && is_before(tree, node, place->node)) ++place;
    }
    hits_.insert(place, std::move(hit));
}

std::uint64_t StepSearch::looked_at() const {
    if (!query_.has_value()) return 0;
    const StepTree& tree = trace_->tree();
    const std::uint64_t last = ahead_ ? tree.number(*ahead_) : tree.total() + 1;
    const std::uint64_t first = behind_ ? tree.number(*behind_) : 1;
    return last > first ? last - first : 0;
}

std::string StepSearch::progress() const {
    const std::string found = hits_.empty() ? "nothing"
                              : full()      ? fmt::format("the first {}", hits_.size())
                                            : counted(hits_.size(), "step");
    if (done_) return hits_.empty() ? "no step of this trace matches" : found + ", nearest first";
    if (!query_.has_value()) return found + " yet, looking on";
    return fmt::format("{} yet: looked at {} of {} steps, nearest first", found, grouped_decimal(looked_at()),
                       grouped_decimal(trace_->tree().total()));
}

} // namespace keyhole
