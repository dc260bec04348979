// The search of the go-to field: steps by the words of their address or heading, or by a value that appears in them,
// the nearest after the current step first. It works a little at a time, as long as it is told that there is time: a
// trace may have hundreds of millions of steps.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/steps/search/search_query.hpp"
#include "core/steps/trace.hpp"

namespace keyhole {

struct SearchHit {
    Node node;
    std::string address, title;
    std::string match; // the value that was found, "right_in 0x77220045"; empty where the words were
};

class StepSearch {
  public:
    static constexpr std::size_t most_hits = 60;

    /// The trace must outlive the search.
    explicit StepSearch(const Trace& trace) : trace_(&trace) {}

    /// Begins anew, at the current step. An empty text finds nothing and is done at once.
    void start(std::string_view text, const Node& from);

    /// Looks on while `time_left` says so; it is asked after every step or block.
    void work(const std::function<bool()>& time_left);

    const std::string& text() const { return text_; }
    bool done() const { return done_; }
    /// Steps that come after the current one first, then those before it, the nearest first.
    const std::vector<SearchHit>& hits() const { return hits_; }
    bool full() const { return hits_.size() >= most_hits; }
    /// How many steps were looked at for a value. Words need not look at each.
    std::uint64_t looked_at() const;
    /// "3 steps", "nothing yet: looked at 12 400 of 9 000 000 steps, nearest first".
    std::string progress() const;

  private:
    void walk_words();
    void walk_values();
    std::optional<Node> after(const Node& node) const;
    std::optional<Node> settled(std::optional<Node> node) const;
    void look_into(const Node& unit, bool ahead);
    void look_at(const Node& node, bool ahead);
    void add(const Node& node, std::string match, bool ahead);

    const Trace* trace_;
    std::string text_;
    SearchQuery query_;
    Node from_;
    bool done_ = true;
    std::vector<SearchHit> hits_;
    std::size_t hits_ahead_ = 0;
    // Words: the next step to look at, and whether the walk began again at the top.
    std::optional<Node> word_;
    bool wrapped_ = false, words_done_ = true;
    // Values: the next block or step to either side.
    std::optional<Node> ahead_, behind_;
    bool turn_ahead_ = true;
};

} // namespace keyhole
