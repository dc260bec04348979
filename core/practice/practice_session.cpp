#include "core/practice/practice_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace keyhole::practice {
namespace {

void add(Score& score, const Result& result) {
    ++(result.right ? score.right : score.wrong);
    if (result.right && result.tries == 1) ++score.at_first;
}

} // namespace

PracticeSession::Reply PracticeSession::answer(std::string_view text, double seconds) {
    assert(!done());
    last_answer_ = text;
    ++tries_;
    const Verdict verdict = judge(question(), text);
    const bool decided = verdict == Verdict::right || tries_ == most_tries;
    if (decided) decide(verdict == Verdict::right, seconds);
    return {verdict, decided};
}

void PracticeSession::ask(Question question, double seconds) {
    leave(seconds);
    questions_.resize(at_);
    questions_.push_back(std::move(question));
}

bool PracticeSession::leave(double seconds) {
    if (done() || !missed()) return false;
    decide(false, seconds);
    return true;
}

void PracticeSession::decide(bool right, double seconds) {
    results_.push_back({question(), std::exchange(last_answer_, {}), right, std::exchange(tries_, 0), seconds});
    ++at_;
}

Score PracticeSession::score() const {
    Score out;
    for (const Result& result : results_) add(out, result);
    return out;
}

Score PracticeSession::score(QuestionKind kind) const {
    Score out;
    for (const Result& result : results_) {
        if (result.question.kind == kind) add(out, result);
    }
    return out;
}

std::vector<QuestionKind> PracticeSession::kinds() const {
    std::vector<QuestionKind> out;
    for (const QuestionKind kind : every_kind) {
        if (score(kind).all() > 0) out.push_back(kind);
    }
    return out;
}

std::string score_text(const Score& score) { return fmt::format("{} right, {} wrong", score.right, score.wrong); }

} // namespace keyhole::practice
