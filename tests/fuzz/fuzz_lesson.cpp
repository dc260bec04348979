// A lesson's Markdown: whatever it holds, each fault and each block has a line of the file, a question is whole or has
// a fault, and text that goes into a page is text there.
#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/markup.hpp"
#include "lesson/lesson.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check_spans(const std::vector<lesson::Span>& spans, std::size_t lines) {
    for (const lesson::Span& span : spans) {
        hold(span.line >= 1 && span.line <= lines, "a span stands on a line of the file");
        const std::string safe = markup(span.text);
        hold(safe.find_first_of("<>\"'") == std::string::npos, "no text begins a tag or ends an attribute");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = 1 + static_cast<std::size_t>(std::ranges::count(text, '\n'));
    try {
        const lesson::Lesson read = lesson::parse_lesson(text);
        for (const lesson::Fault& fault : read.faults) {
            hold(fault.line >= 1 && fault.line <= lines, "a fault stands on a line of the file");
            hold(!fault.words.empty() && fault.words.find('\n') == std::string::npos, "a fault is one line");
        }
        for (const lesson::Part& part : read.parts) {
            for (const lesson::Block& block : part.blocks) {
                check_spans(block.spans, lines);
                for (const auto& cell : block.cells) check_spans(cell, lines);
                if (!block.question) continue;
                const lesson::Question& q = *block.question;
                const bool whole = q.choices.empty() != q.value.empty();
                hold(whole || !read.faults.empty(), "half a question is a fault");
                hold(q.choices.empty() || q.right < q.choices.size(), "the right choice is one of them");
            }
        }
    } catch (const Error& error) {
        hold(std::string_view(error.what()).find('\n') == std::string_view::npos, "a refusal is one line");
    }
    return 0;
}
