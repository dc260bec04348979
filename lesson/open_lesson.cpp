#include "lesson/open_lesson.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/answer.hpp"
#include "core/base/choice.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "lesson/opening.hpp"

namespace keyhole::lesson {
namespace {} // namespace

OpenLesson::OpenLesson(Lesson lesson) : lesson_(std::move(lesson)), faults_(lesson_.faults) {
    std::optional<std::size_t> current;
    for (const Part& part : lesson_.parts) {
        auto& opened = opened_.emplace_back();
        for (const Block& block : part.blocks) {
            if (block.kind == BlockKind::opening) {
                if (auto recording = open_lines(block.lines, faults_)) {
                    recordings_.push_back(std::make_unique<Recording>(std::move(*recording)));
                    traces_.push_back(std::make_unique<Trace>(*recordings_.back()));
                    current = recordings_.size() - 1;
                }
            }
            opened.push_back(current);
            const Trace* trace = current ? traces_[*current].get() : nullptr;
            check_spans(block.spans, trace);
            for (const auto& cell : block.cells) check_spans(cell, trace);
            if (block.question) check_question(*block.question, trace);
        }
    }
    std::ranges::stable_sort(faults_, {}, &Fault::line);
}

void OpenLesson::check_spans(const std::vector<Span>& spans, const Trace* trace) {
    for (const Span& span : spans) {
        if (span.address.empty()) continue;
        ++links_;
        check_address(span.address, span.line, trace);
    }
}

void OpenLesson::check_address(const std::string& address, std::size_t line, const Trace* trace) {
    if (trace == nullptr)
        return faults_.push_back(
            {line, fmt::format("'{}' of which trace (nothing is open here; put a block ```keyhole before it)",
                               excerpt(address, 80))});
    try {
        trace->tree().at(address);
    } catch (const Error& error) {
        faults_.push_back({line, error.what()});
    }
}

void OpenLesson::check_question(const Question& q, const Trace* trace) {
    ++questions_;
    if (q.at.empty()) return;
    const std::size_t before = faults_.size();
    check_address(q.at, q.at_line, trace);
    if (faults_.size() > before || q.value.empty()) return;
    try {
        value_of(trace->step(trace->tree().at(q.at)), q.value);
    } catch (const Error& error) {
        faults_.push_back({q.value_line, error.what()});
    }
}

std::optional<std::size_t> OpenLesson::recording_at(Place place) const {
    if (place.part >= opened_.size() || place.block >= opened_[place.part].size()) return std::nullopt;
    return opened_[place.part][place.block];
}

const Trace* OpenLesson::trace_at(Place place) const {
    const auto index = recording_at(place);
    return index ? traces_[*index].get() : nullptr;
}

std::string asked(const Question& q, const Trace& trace) {
    if (!q.words.empty()) return q.words;
    return asked_words(trace.step(trace.tree().at(q.at)), q.value);
}

bool is_right(const Question& q, const Trace& trace, std::string_view typed) {
    typed = trimmed(typed);
    if (!q.choices.empty()) {
        const std::string& right = q.choices[q.right];
        return same_word(typed, right) || typed == std::to_string(q.right + 1);
    }
    const NumberToFind answer = number_to_find(q, trace);
    return answer.number ? is_answer(typed, *answer.number, answer.bits) : same_word(typed, trimmed(answer.text));
}

NumberToFind number_to_find(const Question& q, const Trace& trace) {
    const Step step = trace.step(trace.tree().at(q.at));
    const Datum* value = step.find(q.value);
    if (value == nullptr) return {};
    return {.number = as_number(*value), .bits = bit_size(*value), .text = full_text(*value)};
}

std::string right_answer(const Question& q, const Trace* trace) {
    if (!q.choices.empty()) return q.choices[q.right];
    const Step step = trace->step(trace->tree().at(q.at));
    const Datum* value = step.find(q.value);
    if (value == nullptr) return {};
    std::string out = prefixed_hex(*value);
    if (out.empty()) return shown_text(*value, 400);
    if (const std::string bits = binary_text(*value); !bits.empty()) out += " = " + bits;
    if (const std::string decimal = decimal_text(*value); !decimal.empty()) out += " = " + decimal;
    return out;
}

} // namespace keyhole::lesson
