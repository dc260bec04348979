// Anything typed as the answer to a question: it is right where it is the number, in whichever form, and only there.
#include <fmt/format.h>

#include "core/practice/answer.hpp"
#include "core/practice/course.hpp"
#include "core/practice/practice_report.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;
using namespace keyhole::practice;

const std::vector<Question>& questions() {
    static const auto all = make_course({every_kind.begin(), every_kind.end()}, 4 * every_kind.size(), "fuzz");
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzedDataProvider in(data, size);
    const Question& question = questions()[in.ConsumeIntegralInRange<std::size_t>(0, questions().size() - 1)];
    const std::uint64_t other = in.ConsumeIntegral<std::uint64_t>();
    const std::string typed = in.ConsumeRemainingBytesAsString();

    PracticeSession session({question, question});
    const PracticeSession::Reply reply = session.answer(typed, 1);
    hold(reply.decided == (reply.verdict == Verdict::right), "the first answer decides where it is right");
    if (!reply.decided) session.answer(expected_text(question), 2);
    hold(session.results().size() == 1 && session.results().front().right, "the expected text is right");
    hold_clean(report_csv(session).substr(0, report_csv(session).find('\r')));
    hold(report_csv(session).find('\x1B') == std::string::npos, "the report moves no cursor");

    if (question.is_order()) return 0;
    const Number expected = *number_of(question.expected);
    const Number wrong(static_cast<unsigned long>(other));
    for (const Number& number : {expected, wrong}) {
        const auto marked = fmt::format("0x{}", number.get_str(16));
        hold((judge(question, marked) == Verdict::right) == (number == expected), "hex is compared as a number",
             marked);
    }
    hold(judge(question, fmt::format("0b{}", expected.get_str(2))) == Verdict::right, "bits are");
    hold(judge(question, expected.get_str(10)) == Verdict::right, "decimal is");
    return 0;
}
