// What the page of practice does, without a window: it follows the cursor, asks what the step has to ask, and keeps the
// score of all that was answered.
#pragma once

#include <optional>
#include <string>

#include "core/practice/practice_session.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::viz {

class PracticeModel {
  public:
    /// The cursor stands there, in the trace of that session. Where it has moved, what the new step has to ask is
    /// asked.
    void follow(std::uint64_t session, const Trace& trace, const Node& node, double now);

    /// Nothing where the step has nothing to ask. After the answer it stays until `next`.
    const practice::Question* question() const { return question_ ? &*question_ : nullptr; }
    /// Of the question, once it is decided.
    const practice::Result* result() const;
    /// The rule, after a first miss.
    const std::string* rule() const;
    /// The last answer could not be read as one.
    bool unreadable() const { return unreadable_; }

    std::string typed; // the field
    /// What is typed is the answer; an empty one counts as none.
    void answer(double now);
    /// Part `number` of an order, from 1, was clicked: it goes to the end of what is typed, or away from there.
    void click(std::size_t number);
    bool clicked(std::size_t number) const;

    /// The next question of this step; nothing where all were asked: then the next step that has some.
    std::optional<Node> next(const Trace& trace, double now);
    /// Any step of the trace that has questions.
    std::optional<Node> anywhere(const Trace& trace);

    const practice::PracticeSession& session() const { return session_; }

  private:
    void ask(const Trace& trace, double now);
    std::vector<practice::Question> questions(const Trace& trace, const Node& node);

    practice::PracticeSession session_{{}};
    std::optional<practice::Question> question_;
    std::size_t asked_ = 0; // of those that the step has
    bool decided_ = false, unreadable_ = false;
    double since_ = 0;
    std::uint64_t trace_of_ = 0;
    std::optional<Node> node_;
    Random random_ = Random::system();
};

} // namespace keyhole::viz
