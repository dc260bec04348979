#include "core/practice/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/words.hpp"

namespace keyhole::practice {
namespace {

constexpr std::size_t longest_answer = 4096;
constexpr unsigned widest_counted = 6; // narrower values are shown as decimal numbers, too: digits alone are that

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_bit(char c) { return c == '0' || c == '1'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

// In lower case and without what may stand between digits; nothing where a sign stands before the first one.
std::optional<std::string> packed(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (out.empty() && (c == '-' || c == ',')) return std::nullopt;
        if (!separates_digits(c) && c != '_') out += lower_case(c);
    }
    return out;
}

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

std::optional<Number> number_of(const Datum& datum) {
    if (const auto* bits = std::get_if<Bits>(&datum)) return Number(bits->value);
    if (const auto* big = std::get_if<BigValue>(&datum)) return big->number;
    if (const auto* count = std::get_if<Count>(&datum)) return Number(count->value);
    const auto* octets = std::get_if<Octets>(&datum);
    if (octets == nullptr || octets->text || octets->view.size() > 8) return std::nullopt;
    return from_bytes(octets->view);
}

std::vector<Number> readings(std::string_view text, unsigned bits, bool digits_may_be_hex) {
    if (text.size() > longest_answer) return {};
    const auto typed = packed(text);
    if (!typed || typed->empty()) return {};
    std::vector<Number> out;
    const auto add = [&](std::string_view digits, int base) {
        const Number number(std::string(digits), base);
        if (std::ranges::find(out, number) == out.end()) out.push_back(number);
    };
    const std::string_view digits(*typed);
    const auto after = [&](std::string_view mark, auto of_base) {
        return digits.starts_with(mark) && digits.size() > 2 && std::ranges::all_of(digits.substr(2), of_base);
    };
    // In hex every byte may have its own 0x.
    if (digits.starts_with("0x")) {
        const auto hex = hex_digits(text);
        if (hex && !hex->empty())
            add(*hex, 16);
        else if (after("0x", is_hex))
            add(digits.substr(2), 16);
        return out;
    }
    if (after("0b", is_bit)) add(digits.substr(2), 2);
    if (digits.size() == bits && std::ranges::all_of(digits, is_bit)) {
        add(digits, 2);
        return out;
    }
    const bool decimal = std::ranges::all_of(digits, is_digit);
    if (decimal) add(digits, 10);
    if ((digits_may_be_hex || (!decimal && !digits.starts_with("0b"))) && std::ranges::all_of(digits, is_hex))
        add(digits, 16);
    return out;
}

Verdict judge(const Question& question, std::string_view answer) {
    if (answer.size() > longest_answer) return Verdict::unreadable;
    if (question.is_order()) return judge_order(question, answer);
    const bool shown_in_hex = !std::holds_alternative<Count>(question.expected) &&
                              !std::holds_alternative<BigValue>(question.expected) && question.bits > widest_counted;
    const auto found = readings(answer, question.bits, shown_in_hex);
    if (found.empty()) return Verdict::unreadable;
    return std::ranges::find(found, number_of(question.expected)) != found.end() ? Verdict::right : Verdict::wrong;
}

} // namespace keyhole::practice
