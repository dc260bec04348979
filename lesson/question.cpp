#include "lesson/question.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/choice.hpp"
#include "core/base/words.hpp"

namespace keyhole::lesson {
namespace {

class Reader {
  public:
    Reader(Question& question, std::vector<Fault>& faults) : q_(question), faults_(faults) {}

    void take(const Line& line) {
        const std::string_view text = trimmed(line.text);
        if (text.empty()) return;
        if (text.front() == '-' || text.front() == '*' || text.front() == '[') return choice(text, line);
        const std::size_t colon = text.find(':');
        const std::string_view name = trimmed(text.substr(0, colon));
        const bool field = colon != std::string_view::npos && name.find(' ') == std::string_view::npos;
        if (!field) {
            if (last_ != nullptr && !last_->empty()) return void(*last_ += " " + std::string(text)); // goes on
            return fault(line, fmt::format("'{}' is no line of a question (write at:, value:, ask:, choices: or hint:)",
                                           excerpt(text, 60)));
        }
        take(name, trimmed(text.substr(colon + 1)), line);
    }

    std::size_t marked = 0; // choices

  private:
    void take(std::string_view name, std::string_view value, const Line& line) {
        constexpr std::array<std::string_view, 6> names = {"at", "value", "ask", "question", "hint", "choices"};
        last_ = nullptr;
        if (same_word(name, "at")) {
            q_.at = value;
            q_.at_line = line.line;
        } else if (same_word(name, "value")) {
            q_.value = value;
            q_.value_line = line.line;
        } else if (same_word(name, "ask") || same_word(name, "question")) {
            q_.words = value;
            last_ = &q_.words;
        } else if (same_word(name, "hint")) {
            q_.hint = value;
            last_ = &q_.hint;
        } else if (same_word(name, "choices")) {
            // "choices: 4 | *6 | 32", or one a line below.
            if (value.empty()) return;
            if (value.ends_with('|')) value.remove_suffix(1);
            for (const std::string_view part : split(value, "|")) choice(trimmed(part), line);
        } else {
            fault(line, fmt::format("'{}' is no field of a question ({}write at, value, ask, choices or hint)",
                                    excerpt(name, 40), did_you_mean(name, names)));
        }
    }

    // "- [x] right", "- [ ] wrong"; "* right", "- wrong".
    void choice(std::string_view text, const Line& line) {
        bool right = text.starts_with('*');
        if (text.starts_with('*') || text.starts_with('-')) text = trimmed(text.substr(1));
        if (text.starts_with("[x]") || text.starts_with("[X]") || text.starts_with("[ ]")) {
            right = text[1] != ' ';
            text = trimmed(text.substr(3));
        }
        if (text.empty()) return fault(line, "a choice without words (write something behind the mark)");
        if (right) {
            q_.right = q_.choices.size();
            ++marked;
        }
        q_.choices.emplace_back(text);
        last_ = &q_.choices.back();
    }

    void fault(const Line& line, std::string words) { faults_.push_back({line.line, std::move(words)}); }

    Question& q_;
    std::vector<Fault>& faults_;
    std::string* last_ = nullptr; // the text that a line without a field goes on with
};

} // namespace

Question parse_question(const std::vector<Line>& lines, std::size_t line, std::vector<Fault>& faults) {
    Question q;
    q.line = q.at_line = q.value_line = line;
    Reader reader(q, faults);
    for (const Line& each : lines) reader.take(each);
    const auto fault = [&](const char* words) { faults.push_back({line, words}); };
    if (q.value.empty() == q.choices.empty())
        fault("a question has either a value or choices (the answer is one of the two; give value: NAME or choices:)");
    if (!q.value.empty() && q.at.empty())
        fault("a question for a value without a step (the trace has the answer; give at: ADDRESS)");
    if (!q.choices.empty() && (reader.marked != 1 || q.choices.size() < 2))
        fault(
            "choices of which not exactly one is marked (one is right; write - [x] before it and - [ ] before the "
            "others)");
    if (!q.choices.empty() && q.words.empty())
        fault("choices without a question (nobody knows what is asked; give ask: WORDS)");
    return q;
}

} // namespace keyhole::lesson
