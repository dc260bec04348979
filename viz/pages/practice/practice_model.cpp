#include "viz/pages/practice/practice_model.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/number_word.hpp"
#include "core/practice/asks.hpp"
#include "core/practice/order.hpp"
#include "core/practice/pick.hpp"

namespace keyhole::viz {
namespace {

// How many steps are looked at for one with questions: in a block nearly every step has some.
constexpr int most_looks = 2000;

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out;
    for (const char c : text) {
        if (c == ' ' || out.empty()) out.emplace_back();
        if (c != ' ') out.back() += c;
    }
    std::erase(out, std::string());
    return out;
}

} // namespace

std::vector<practice::Question> PracticeModel::questions(const Trace& trace, const Node& node) {
    std::vector<practice::Question> out = practice::questions_at(trace, node);
    if (auto order = practice::order_at(trace, node, random_)) out.push_back(*std::move(order));
    return out;
}

void PracticeModel::follow(std::uint64_t session, const Trace& trace, const Node& node, double now) {
    if (node_ == node && trace_of_ == session) return;
    node_ = node;
    trace_of_ = session;
    asked_ = 0;
    ask(trace, now);
}

void PracticeModel::ask(const Trace& trace, double now) {
    question_.reset();
    decided_ = unreadable_ = false;
    typed.clear();
    if (node_->depth() == 0) return;
    std::vector<practice::Question> all = questions(trace, *node_);
    if (asked_ >= all.size()) return;
    question_ = std::move(all[asked_]);
    session_.ask(*question_, now - since_);
    since_ = now;
}

const practice::Result* PracticeModel::result() const { return decided_ ? &session_.results().back() : nullptr; }

const std::string* PracticeModel::rule() const {
    return question_ && !decided_ && session_.missed() ? &question_->rule : nullptr;
}

void PracticeModel::answer(double now) {
    if (!question_ || decided_ || words_of(typed).empty()) return;
    const auto reply = session_.answer(typed, now - since_);
    unreadable_ = reply.verdict == practice::Verdict::unreadable;
    decided_ = reply.decided;
    if (!decided_) typed.clear();
}

void PracticeModel::click(std::size_t number) {
    std::vector<std::string> words = words_of(typed);
    const std::string word = fmt::to_string(number);
    const bool there = std::erase(words, word) > 0;
    if (!there) words.push_back(word);
    typed = fmt::format("{}", fmt::join(words, " "));
}

bool PracticeModel::clicked(std::size_t number) const {
    return std::ranges::count(words_of(typed), fmt::to_string(number)) > 0;
}

std::optional<Node> PracticeModel::next(const Trace& trace, double now) {
    if (question_) {
        ++asked_;
        ask(trace, now);
        if (question_) return std::nullopt;
    }
    const StepTree& tree = trace.tree();
    std::optional<Node> node = node_ ? tree.next(*node_) : std::nullopt;
    for (int looks = 0; looks < most_looks; ++looks) {
        if (!node) node = tree.at_number(1);
        if (!questions(trace, *node).empty()) return node;
        node = tree.next(*node);
    }
    return std::nullopt;
}

std::optional<Node> PracticeModel::anywhere(const Trace& trace) {
    const StepTree& tree = trace.tree();
    for (int looks = 0; looks < most_looks; ++looks) {
        const Number number = random_.between(1, number_of(tree.total()));
        const Node node = tree.at_number(low_word(number));
        if (node != node_ && !questions(trace, node).empty()) return node;
    }
    return std::nullopt;
}

} // namespace keyhole::viz
