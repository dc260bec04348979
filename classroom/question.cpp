#include "classroom/question.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/answer.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"

namespace keyhole::classroom {
namespace {

using Form = Question::Form;

std::string in_form(const Question& question, const Number& number) {
    switch (question.form) {
        case Form::bits: {
            std::string digits = number.get_str(2);
            if (digits.size() < question.bits) digits.insert(0, question.bits - digits.size(), '0');
            return digits;
        }
        case Form::hex: return to_prefixed_hex(number, question.bits);
        case Form::decimal:
        case Form::text: break;
    }
    return number.get_str();
}

Form form_of(const Datum& datum) {
    if (std::holds_alternative<Bits>(datum)) return Form::bits;
    const auto* octets = std::get_if<Octets>(&datum);
    if (octets != nullptr) return octets->text ? Form::text : Form::hex;
    return std::holds_alternative<Word>(datum) ? Form::text : Form::decimal;
}

std::optional<std::string> choice_of(const Question& question, std::string_view typed) {
    for (const std::string& choice : question.choices)
        if (same_word(typed, choice)) return choice;
    for (std::size_t i = 0; i < question.choices.size(); ++i)
        if (typed == std::to_string(i + 1)) return question.choices[i];
    return std::nullopt;
}

} // namespace

Question question_for(const Trace& trace, const Node& node, std::string_view value) {
    const Step step = trace.step(node);
    const Datum& datum = value_of(step, value);
    Question question{.address = step.address,
                      .words = asked_words(step, value),
                      .value = std::string(value),
                      .in_hex = shown_in_hex(datum),
                      .form = form_of(datum)};
    if (question.form != Form::text) question.number = as_number(datum);
    question.bits = question.form == Form::text ? 0 : bit_size(datum);
    question.right = question.number ? in_form(question, *question.number) : std::string(trimmed(full_text(datum)));
    return question;
}

Question question_with(std::string_view address, std::string_view choices) {
    const auto wrong = [&](std::string_view why) {
        return bad_input(fmt::format("choices '{}' ({}; write e.g. choices yes|no, a star marks the right one)",
                                     excerpt(choices, 60), why));
    };
    Question question{.address = std::string(address), .words = "Choose one."};
    for (const std::string_view part : split(choices, "|")) {
        std::string_view choice = trimmed(part);
        const bool marked = choice.starts_with('*');
        if (marked) choice = trimmed(choice.substr(1));
        if (choice.empty()) throw wrong("one of them is empty");
        if (choice.size() > longest_choice) throw wrong(fmt::format("one is longer than {} bytes", longest_choice));
        if (marked && !question.right.empty()) throw wrong("two are marked");
        for (const std::string& other : question.choices)
            if (same_word(other, choice)) throw wrong("two are the same");
        question.choices.emplace_back(choice);
        if (marked) question.right = question.choices.back();
    }
    if (question.choices.size() < 2) throw wrong("one alone is no choice");
    if (question.choices.size() > most_choices) throw wrong(fmt::format("there are more than {}", most_choices));
    return question;
}

std::optional<std::string> counted_form(const Question& question, std::string_view typed) {
    typed = trimmed(typed);
    if (typed.empty()) return std::nullopt;
    if (!question.choices.empty()) return choice_of(question, typed);
    if (!question.number) {
        if (typed.size() > longest_words) return std::nullopt;
        return same_word(typed, question.right) ? question.right : lower_case(typed);
    }
    const auto readings = readings_of_answer(typed, question.bits, question.in_hex);
    if (readings.empty()) return std::nullopt;
    const bool right = std::ranges::find(readings, *question.number) != readings.end();
    return in_form(question, right ? *question.number : readings.front());
}

std::string no_answer_words(const Question& question) {
    if (!question.choices.empty()) return "this is none of the choices";
    if (!question.number) return fmt::format("an answer in words has 1 to {} bytes", longest_words);
    return "this is no number (write hex as 0x1C, bits as 0b11100, or decimal)";
}

bool gives_away(const Question& question, const Value& value) {
    if (question.value.empty()) return false;
    if (value.name == question.value) return true;
    return question.number && as_number(value.datum) == question.number;
}

} // namespace keyhole::classroom
