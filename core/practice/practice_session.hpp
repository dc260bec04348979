// A student at a course: two tries a question, what was answered, the score. It neither prints nor reads; terminal and
// window both stand on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/practice/answer.hpp"

namespace keyhole::practice {

/// How a question went.
struct Result {
    Question question;
    std::string answer; // the last one, as typed
    bool right = false;
    unsigned tries = 0;
    double seconds = 0;
};

/// Of one kind, or of all.
struct Score {
    std::size_t right = 0, at_first = 0, wrong = 0; // at_first: of the right ones, those at the first try

    std::size_t all() const { return right + wrong; }
};

class PracticeSession {
  public:
    static constexpr unsigned most_tries = 2;

    explicit PracticeSession(std::vector<Question> questions) : questions_(std::move(questions)) {}

    std::size_t count() const { return questions_.size(); }
    /// The place of the question at hand, from 0; count() after the last.
    std::size_t at() const { return at_; }
    bool done() const { return at_ == count(); }
    const Question& question() const { return questions_[at_]; }
    /// The question at hand was missed once, and its rule is to be shown.
    bool missed() const { return tries_ > 0; }

    struct Reply {
        Verdict verdict;
        bool decided; // the result is the last one of results(), and the next question is at hand
    };
    /// `seconds` since the question was asked.
    Reply answer(std::string_view text, double seconds);

    /// Asks that question now, in place of what would have come; the one at hand is left as `leave` says.
    void ask(Question question, double seconds);

    /// The student goes: a question that was missed once counts as wrong, one without an answer does not count. True
    /// where there was one that counts.
    bool leave(double seconds);

    const std::vector<Result>& results() const { return results_; }
    Score score() const;
    Score score(QuestionKind kind) const;
    /// The kinds that were answered, in the order of every_kind.
    std::vector<QuestionKind> kinds() const;

  private:
    void decide(bool right, double seconds);

    std::vector<Question> questions_;
    std::vector<Result> results_;
    std::string last_answer_;
    std::size_t at_ = 0;
    unsigned tries_ = 0;
};

/// "7 right, 3 wrong".
std::string score_text(const Score& score);

} // namespace keyhole::practice
