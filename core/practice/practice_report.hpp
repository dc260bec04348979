// Practice for programs: a JSON line a question, a hint, an answer, and the table that a student hands in.
#pragma once

#include <nlohmann/json.hpp>

#include "core/practice/practice_session.hpp"

namespace keyhole::practice {

/// Questions are numbered from 1.
nlohmann::ordered_json question_json(std::size_t number, const Question& question);
nlohmann::ordered_json hint_json(std::size_t number, const Question& question);
nlohmann::ordered_json result_json(std::size_t number, const Result& result);
/// The last line: {"end":"7 right, 3 wrong","kinds":{"sbox":{..}}}.
nlohmann::ordered_json end_json(const PracticeSession& session);

/// RFC 4180 with the columns question,kind,address,ask,answer,expected,right,tries,seconds.
std::string report_csv(const PracticeSession& session);

} // namespace keyhole::practice
