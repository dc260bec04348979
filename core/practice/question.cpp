#include "core/practice/question.hpp"

#include <algorithm>

namespace keyhole::practice {

std::string expected_text(const Question& question) { return full_text(question.expected); }

bool alike(const Question& a, const Question& b) { return a.kind == b.kind && a.ask == b.ask; }

bool same(const Question& a, const Question& b) {
    const auto same_value = [](const Value& x, const Value& y) {
        return x.name == y.name && full_text(x.datum) == full_text(y.datum);
    };
    const auto same_part = [](const OrderPart& x, const OrderPart& y) { return x.word == y.word; };
    return alike(a, b) && std::ranges::equal(a.given, b.given, same_value) &&
           std::ranges::equal(a.parts, b.parts, same_part);
}

} // namespace keyhole::practice
