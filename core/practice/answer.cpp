#include "core/practice/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/answer.hpp"
#include "core/base/words.hpp"

namespace keyhole::practice {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::vector<unsigned>> numbers_in(const Question& question, std::string_view text) {
    std::vector<unsigned> out;
    std::vector<std::string> words;
    for (const char c : text) {
        const bool between = separates_digits(c) || c == ';' || c == '>';
        if (between || words.empty()) words.emplace_back();
        if (!between) words.back() += lower_case(c);
    }
    std::erase(words, std::string());
    const bool joined = words.size() == 1 && std::ranges::all_of(words[0], is_digit);
    if (joined && question.parts.size() < 10) {
        for (const char digit : words[0]) out.push_back(static_cast<unsigned>(digit - '0'));
        return out;
    }
    for (const std::string& word : words) {
        const auto part = std::ranges::find(question.parts, word, &OrderPart::word);
        if (part != question.parts.end()) {
            out.push_back(static_cast<unsigned>(part - question.parts.begin()) + 1);
        } else if (word.size() < 3 && std::ranges::all_of(word, is_digit)) {
            out.push_back(static_cast<unsigned>(std::stoul(word)));
        } else {
            return std::nullopt;
        }
    }
    return out.empty() ? std::nullopt : std::optional(out);
}

Verdict judge_order(const Question& question, std::string_view answer) {
    const auto numbers = numbers_in(question, answer);
    if (!numbers) return Verdict::unreadable;
    return fmt::format("{}", fmt::join(*numbers, " ")) == expected_text(question) ? Verdict::right : Verdict::wrong;
}

} // namespace

std::optional<Number> number_in(const Datum& datum) {
    const auto* octets = std::get_if<Octets>(&datum);
    return octets != nullptr && octets->view.size() > 8 ? std::nullopt : as_number(datum);
}

Verdict judge(const Question& question, std::string_view answer) {
    if (answer.size() > longest_answer) return Verdict::unreadable;
    if (question.is_order()) return judge_order(question, answer);
    const auto found = readings_of_answer(answer, question.bits, shown_in_hex(question.expected));
    if (found.empty()) return Verdict::unreadable;
    return std::ranges::find(found, number_in(question.expected)) != found.end() ? Verdict::right : Verdict::wrong;
}

} // namespace keyhole::practice
