// One question about a step: what is given, what is asked, the rule that leads there and the answer. Everything in it
// comes from the step's own named values, so that question, answer and words cannot disagree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/practice/practice_kinds.hpp"
#include "core/steps/step.hpp"

namespace keyhole::practice {

/// A part of an `order` question: `word` for programs, `phrase` for people.
struct OrderPart {
    std::string_view word, phrase;
};

struct Question {
    QuestionKind kind = QuestionKind::sbox;
    Node node;
    std::string address;
    std::string title;            // of the step
    std::string_view ask;         // the name of the value; "order"
    unsigned bits = 0;            // how wide the answer is; 0 for an order
    std::vector<Value> given;     // they do not view into the trace
    Datum expected;               // of an order the numbers of its parts, "2 4 1 3 5"
    std::string rule;             // how to get there, with the numbers given; never the answer itself
    std::string explanation;      // the words of the step; of an order the order in words
    std::vector<OrderPart> parts; // of an order: numbered from 1 as they stand here

    bool is_order() const { return !parts.empty(); }
};

/// The answer as people and JSON have it: 0xC, 23, "2 4 1 3 5".
std::string expected_text(const Question& question);

/// Two questions that should not follow each other: the same is asked of the same kind (of an order: the same parts).
bool alike(const Question& a, const Question& b);

/// The same question, with the same numbers.
bool same(const Question& a, const Question& b);

} // namespace keyhole::practice
