#include "cli/classroom/lesson_questions.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/steps/address.hpp"

namespace keyhole::cli {

std::vector<LessonQuestion> questions_of(const lesson::OpenLesson& lesson) {
    if (!lesson.faults().empty())
        throw bad_input(fmt::format("the lesson has a fault in line {}: {} (keyhole lesson check FILE names all)",
                                    lesson.faults().front().line, lesson.faults().front().words));
    std::vector<LessonQuestion> out;
    const auto& parts = lesson.lesson().parts;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (std::size_t block = 0; block < parts[part].blocks.size(); ++block) {
            const auto& question = parts[part].blocks[block].question;
            const auto recording = lesson.recording_at({part, block});
            if (question && recording) out.push_back({*recording, *question});
        }
    }
    if (out.empty())
        throw bad_input("the lesson asks nothing about a trace (a class needs a block ```keyhole and a block ```ask)");
    return out;
}

classroom::Question for_class(const LessonQuestion& question, const Trace& trace, const Node& node) {
    const lesson::Question& asked = question.question;
    const Node at = asked.at.empty() ? node : trace.tree().at(asked.at);
    if (asked.choices.empty()) {
        classroom::Question out = classroom::question_for(trace, at, asked.value);
        out.words = lesson::asked(asked, trace);
        return out;
    }
    classroom::Question out{.address = address(at), .words = asked.words, .choices = asked.choices};
    out.right = asked.choices[asked.right];
    return out;
}

} // namespace keyhole::cli
