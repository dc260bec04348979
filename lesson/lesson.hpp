// A lesson as it stands in its Markdown file: parts with words, links to steps, questions, and what it looks at. Plain
// data; whether its addresses, values and flags exist is for lesson_check.hpp to say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keyhole::lesson {

/// A run of words in one style. Of a link to a step, `address` is what it names; of any other link `href`.
struct Span {
    std::string text;
    bool strong = false, emphasis = false, code = false;
    std::string address, href;
    std::size_t line = 1; // of the file
};

/// A line of a fenced block, and where it stands.
struct Line {
    std::string text;
    std::size_t line = 1;
};

/// A question: about a named value of a step, whose answer is the trace's own, or with choices of which one is right.
struct Question {
    std::string at, value;            // the address and the value's name; `at` alone shows a step beside choices
    std::string words;                // what is asked; made of the value's name where the file has none
    std::string hint;                 // after the first miss
    std::vector<std::string> choices; // none where a value is asked for
    std::size_t right = 0;            // the choice that is marked, from 0
    std::size_t line = 1, at_line = 1, value_line = 1;
};

enum class BlockKind : std::uint8_t { heading, paragraph, item, code, quote, row, pause, question, opening };

struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::vector<Span> spans;              // of a heading, a paragraph, an item, a quote
    std::vector<std::vector<Span>> cells; // of a row of a table
    std::size_t depth = 0;                // of a heading: 1 to 6; of an item: how deep its list lies, from 1
    std::string sign;                     // of an item: "2." or a bullet
    bool head = false;                    // the row is the table's head
    std::vector<Line> lines;              // of code, and of what the lesson opens
    std::optional<Question> question;
    std::size_t line = 1;
};

struct Part {
    std::string title;
    std::vector<Block> blocks;
    std::size_t line = 1;
};

/// Something in the file that is not as it has to be.
struct Fault {
    std::size_t line = 1;
    std::string words; // "no step 'keys/server' in this trace (..)"
};

struct Lesson {
    std::string title;
    std::vector<Part> parts;   // the first is what stands before the first heading below the title, if anything does
    std::vector<Fault> faults; // of its form: a question without a value, a mark that is missing
};

inline constexpr std::size_t max_lesson_bytes = std::size_t{1} << 20U;

/// Reads Markdown (CommonMark with tables, by md4c). Throws Error (bad_input) where it is no UTF-8 or too long.
Lesson parse_lesson(std::string_view markdown);

/// The words of spans, without their styles.
std::string plain_words(const std::vector<Span>& spans);

} // namespace keyhole::lesson
