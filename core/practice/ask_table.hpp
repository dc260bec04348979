// Which questions can be asked: at which step, for which of its values, from which others, and by which rule the
// answer is found.
#pragma once

#include <string_view>
#include <vector>

#include "core/practice/question.hpp"
#include "core/steps/trace.hpp"

namespace keyhole::practice {

/// A line of the table.
struct Ask {
    QuestionKind kind;
    Kind step;
    std::string_view value;
    std::vector<std::string_view> given;
    /// `{name}` is that value, `{name:bits}` its bits, `{name:places}` one or two of them.
    std::string_view rule;
    bool (*when)(const Trace&, const Step&) = [](const Trace&, const Step&) { return true; };
};

/// In the order in which a step's questions are asked.
const std::vector<Ask>& asks();

} // namespace keyhole::practice
