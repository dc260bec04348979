#include "classroom/server/shown_steps.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "classroom/server/class_files.hpp"
#include "core/base/markup.hpp"
#include "core/steps/step_kinds.hpp"

namespace keyhole::classroom {
namespace {

constexpr std::size_t most_kept = 64; // pages of steps

// A step that comes after what the lecturer covers.
std::string unseen_html(const Node& node) {
    return fmt::format("<h2>{}</h2>\n<p>The lecture has not come so far.</p>\n", markup(title(node)));
}

WebAnswer answer_of(std::string html) { return {.file = web_file("text/html; charset=utf-8", std::move(html))}; }

} // namespace

void ShownSteps::go(const std::string& address, LectureCover cover) {
    if (cover_ != LectureCover::nothing || cover != LectureCover::nothing) forget();
    address_ = address;
    cover_ = cover;
}

// The address is compared as it came: it has no character that a browser would percent-encode.
WebAnswer ShownSteps::at(const Trace& trace, const std::string& address) {
    const auto node = address.empty() ? std::nullopt : trace.tree().find(address);
    if (!node) return plain_answer(404, "There is no such step in what is shown.");
    if (const auto kept = made_.find(address); kept != made_.end()) return kept->second;
    const Covered covered = covered_at(trace, *node);
    if (covered == Covered::all) return answer_of(unseen_html(*node));
    if (made_.size() >= most_kept) made_.clear();
    WebAnswer answer = answer_of(pages_.step(trace, *node, hidden_at(address, *node, covered)));
    made_.emplace(address, answer);
    return answer;
}

// Hides the whole step where its page cannot tell what it gives from what it takes.
Covered ShownSteps::covered_at(const Trace& trace, const Node& node) const {
    const auto at = cover_ == LectureCover::nothing ? std::nullopt : trace.tree().find(address_);
    if (!at) return Covered::nothing;
    const Covered hidden = covered(trace.tree(), {*at, cover_ == LectureCover::step}, node);
    if (hidden != Covered::result) return hidden;
    const auto gives = [&](const Value& value) { return pages_.gives(node.kind(), value.name); };
    return std::ranges::any_of(trace.step(node).values, gives) ? hidden : Covered::all;
}

// What is asked for, and what the step gives while that is covered.
std::function<bool(const Value&)> ShownSteps::hidden_at(const std::string& address, const Node& node,
                                                        Covered covered) const {
    const bool open = room_.state() == Room::State::open || room_.state() == Room::State::closed;
    const bool asked = open && room_.question()->address == address, results = covered == Covered::result;
    if (!asked && !results) return {};
    return [this, asked, results, kind = node.kind()](const Value& value) {
        return (asked && gives_away(*room_.question(), value)) || (results && pages_.gives(kind, value.name));
    };
}

} // namespace keyhole::classroom
