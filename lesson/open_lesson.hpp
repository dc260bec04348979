// A lesson with what it looks at: each fenced block ```keyhole holds from where it stands to the next one. Every
// address, value and flag has been looked for, and every answer is the trace's own.
#pragma once

#include <memory>

#include "core/steps/trace.hpp"
#include "lesson/lesson.hpp"

namespace keyhole::lesson {

/// Where a block stands in its lesson; both from 0.
struct Place {
    std::size_t part = 0, block = 0;
};

class OpenLesson {
  public:
    explicit OpenLesson(Lesson lesson);

    const Lesson& lesson() const { return lesson_; }
    /// All that is wrong, in the order of the file; none in a good lesson.
    const std::vector<Fault>& faults() const { return faults_; }

    /// The trace that is open at that place; a null pointer where none is.
    const Trace* trace_at(Place place) const;
    /// The recordings that the lesson opens, in their order.
    const std::vector<std::unique_ptr<Recording>>& recordings() const { return recordings_; }
    std::optional<std::size_t> recording_at(Place place) const;

    /// How many questions and links to steps there are.
    std::size_t questions() const { return questions_; }
    std::size_t links() const { return links_; }

  private:
    void check_spans(const std::vector<Span>& spans, const Trace* trace);
    void check_question(const Question& question, const Trace* trace);
    void check_address(const std::string& address, std::size_t line, const Trace* trace);

    Lesson lesson_;
    std::vector<Fault> faults_;
    std::vector<std::unique_ptr<Recording>> recordings_;
    std::vector<std::unique_ptr<Trace>> traces_;
    std::vector<std::vector<std::optional<std::size_t>>> opened_; // by part and block: which recording
    std::size_t questions_ = 0, links_ = 0;
};

/// What is asked, in words.
std::string asked(const Question& question, const Trace& trace);

/// Whether that is the answer: a number in hex, bits or decimal, a word, or the number of a choice from 1 or its words.
bool is_right(const Question& question, const Trace& trace, std::string_view typed);

/// The answer of a question for a value: a number and its width in bits, or a text.
struct NumberToFind {
    std::optional<Number> number;
    std::size_t bits = 0;
    std::string text; // where it is no number
};
NumberToFind number_to_find(const Question& question, const Trace& trace);

/// The right answer as it is shown: hex, bits and decimal, or the choice's words, for which there need be no trace.
std::string right_answer(const Question& question, const Trace* trace);

} // namespace keyhole::lesson
