#include "core/practice/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>

#include "core/base/error.hpp"
#include "core/practice/asks.hpp"
#include "core/practice/order.hpp"
#include "core/practice/pick.hpp"
#include "core/practice/scene.hpp"

namespace keyhole::practice {
namespace {

// All kinds in a new order, again and again; where there are two or more, none comes twice in a row.
class Deck {
  public:
    Deck(std::vector<QuestionKind> kinds, Random random) : kinds_(std::move(kinds)), random_(std::move(random)) {
        at_ = kinds_.size();
    }

    QuestionKind next() {
        if (at_ == kinds_.size()) {
            const QuestionKind last = kinds_.back();
            const bool first_deal = !dealt_;
            do {
                shuffle(random_, kinds_);
            } while (!first_deal && kinds_.size() > 1 && kinds_.front() == last);
            at_ = 0;
            dealt_ = true;
        }
        return kinds_[at_++];
    }

  private:
    std::vector<QuestionKind> kinds_;
    Random random_;
    std::size_t at_;
    bool dealt_ = false;
};

std::optional<Question> draw(QuestionKind kind, Random& random, const des::Variant& variant) {
    const Recording recording = draw_scene(kind, random, variant);
    const Trace trace(recording);
    const Node node = draw_step(kind, trace.tree(), variant.rounds, random);
    if (kind == QuestionKind::order) return order_at(trace, node, random);
    std::vector<Question> all = questions_at(trace, node);
    std::erase_if(all, [&](const Question& question) { return question.kind != kind; });
    if (all.empty()) return std::nullopt;
    return all[pick(random, all.size())];
}

// Of a variant that lacks a part of DES nothing can be asked about that part.
std::vector<QuestionKind> askable(std::vector<QuestionKind> kinds, const Random& source, const des::Variant& variant) {
    if (variant.is_des()) return kinds;
    constexpr int tries = 200; // some steps of a kind have a question where others have none
    std::erase_if(kinds, [&](QuestionKind kind) {
        Random random = source.fork(fmt::format("askable.{}", name(kind)));
        for (int i = 0; i < tries; ++i)
            if (draw(kind, random, variant)) return false;
        return true;
    });
    if (kinds.empty())
        throw bad_input(
            fmt::format("{} leaves nothing to ask of these kinds (name others, or another variant)", variant.list()));
    return kinds;
}

} // namespace

std::vector<Question> make_course(const std::vector<QuestionKind>& kinds, std::size_t count, std::string_view seed,
                                  const des::Variant& variant) {
    assert(!kinds.empty());
    constexpr int tries_for_another_ask = 24;
    const Random source = Random::seeded(seed).fork("practice");
    Deck deck(askable(kinds, source, variant), source.fork("kinds"));
    std::vector<Question> out;
    std::map<QuestionKind, Question> last; // of each kind
    while (out.size() < count) {
        const QuestionKind kind = deck.next();
        const auto before = last.find(kind);
        Random random = source.fork(fmt::format("question.{}", out.size() + 1));
        std::optional<Question> question;
        // Some kinds have only one thing to ask: then at least its numbers are others.
        for (int tries = 0;; ++tries) {
            question = draw(kind, random, variant);
            if (!question) continue;
            if (before == last.end() || !alike(*question, before->second)) break;
            if (tries >= tries_for_another_ask && !same(*question, before->second)) break;
        }
        last.insert_or_assign(kind, *question);
        out.push_back(*std::move(question));
    }
    return out;
}

} // namespace keyhole::practice
