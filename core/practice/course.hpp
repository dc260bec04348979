// A course of questions: kinds are dealt like cards, so that all come round and none twice in a row, and within a kind
// what is asked changes. The same seed gives the same course on every machine.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/des/variant.hpp"
#include "core/practice/question.hpp"

namespace keyhole::practice {

inline constexpr std::size_t most_questions = 1000;

/// `count` questions of these kinds, at least one. Messages go through the variant of DES; kinds whose rule does not
/// hold there are left out. Throws Error (bad_input) where that leaves none.
std::vector<Question> make_course(const std::vector<QuestionKind>& kinds, std::size_t count, std::string_view seed,
                                  const des::Variant& variant = {});

} // namespace keyhole::practice
