#include "core/practice/practice_report.hpp"

#include <fmt/format.h>

#include "core/csv/csv_exchange.hpp"
#include "core/csv/csv_field.hpp"

namespace keyhole::practice {
namespace {

constexpr std::size_t longest_answer = 200;

} // namespace

nlohmann::ordered_json question_json(std::size_t number, const Question& question) {
    nlohmann::ordered_json given = nlohmann::ordered_json::object();
    for (const Value& value : question.given) given[std::string(value.name)] = full_text(value.datum);
    for (std::size_t i = 0; i < question.parts.size(); ++i) given[fmt::to_string(i + 1)] = question.parts[i].word;
    return {{"question", number},  {"address", question.address}, {"kind", name(question.kind)},
            {"ask", question.ask}, {"bits", question.bits},       {"given", std::move(given)}};
}

nlohmann::ordered_json hint_json(std::size_t number, const Question& question) {
    return {{"question", number}, {"hint", question.rule}};
}

nlohmann::ordered_json result_json(std::size_t number, const Result& result) {
    nlohmann::ordered_json out = {{"question", number},
                                  {"right", result.right},
                                  {"expected", expected_text(result.question)},
                                  {"tries", result.tries}};
    if (!result.right) out["explanation"] = result.question.explanation;
    return out;
}

nlohmann::ordered_json end_json(const PracticeSession& session) {
    nlohmann::ordered_json kinds = nlohmann::ordered_json::object();
    for (const QuestionKind kind : session.kinds()) {
        const Score score = session.score(kind);
        kinds[std::string(name(kind))] = {{"right", score.right}, {"at_first", score.at_first}, {"wrong", score.wrong}};
    }
    return {{"end", score_text(session.score())}, {"kinds", std::move(kinds)}};
}

std::string report_csv(const PracticeSession& session) {
    std::string out = "question,kind,address,ask,answer,expected,right,tries,seconds\r\n";
    std::size_t number = 0;
    for (const Result& result : session.results()) {
        const Question& question = result.question;
        // What a student typed is nobody's formula, and cannot move a cursor where the table is printed.
        const std::string answer = csv::field(guarded(excerpt(result.answer, longest_answer)));
        out += fmt::format("{},{},{},{},{},{},{},{},{:.1f}\r\n", ++number, name(question.kind), question.address,
                           question.ask, answer, csv::field(expected_text(question)), result.right ? "true" : "false",
                           result.tries, result.seconds);
    }
    return out;
}

} // namespace keyhole::practice
