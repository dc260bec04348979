// md4c tells blocks, spans and text in the order of the file; here they become parts. Its texts are views of the file
// itself, which is how a line number is found.
#include <fmt/format.h>
#include <md4c.h>

#include <algorithm>
#include <array>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/utf8.hpp"
#include "lesson/lesson.hpp"
#include "lesson/question.hpp"
#include "lesson/source_lines.hpp"

namespace keyhole::lesson {
namespace {

constexpr std::string_view step_link = "keyhole:";

std::string entity(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> known = {{{"&amp;", "&"},
                                                                                     {"&lt;", "<"},
                                                                                     {"&gt;", ">"},
                                                                                     {"&quot;", "\""},
                                                                                     {"&nbsp;", "\u00A0"},
                                                                                     {"&ndash;", "\u2013"},
                                                                                     {"&times;", "\u00D7"},
                                                                                     {"&oplus;", "\u2295"}}};
    const auto* found = std::ranges::find(known, name, &std::pair<std::string_view, std::string_view>::first);
    return std::string(found == known.end() ? name : found->second);
}

std::string words_of(const MD_ATTRIBUTE& attribute) { return {attribute.text, attribute.size}; }

class Reader {
  public:
    explicit Reader(std::string_view markdown) : source_(markdown), lines_(markdown) {}

    Lesson read() {
        MD_PARSER parser{};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_NOHTML;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            static_cast<Reader*>(self)->enter(type, detail);
            return 0;
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            static_cast<Reader*>(self)->leave(type, detail);
            return 0;
        };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            static_cast<Reader*>(self)->span(type, detail, true);
            return 0;
        };
        parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) {
            static_cast<Reader*>(self)->span(type, detail, false);
            return 0;
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
            static_cast<Reader*>(self)->text(type, {text, size});
            return 0;
        };
        if (md_parse(source_.data(), static_cast<MD_SIZE>(source_.size()), &parser, this) != 0)
            throw bad_input("a lesson that cannot be read (md4c gave up; is it Markdown?)");
        std::erase_if(lesson_.parts, [](const Part& part) { return part.title.empty() && part.blocks.empty(); });
        if (lesson_.title.empty() && !lesson_.parts.empty()) lesson_.title = lesson_.parts.front().title;
        if (lesson_.parts.empty()) lesson_.faults.push_back({1, "there is nothing in it (write a heading and words)"});
        return std::move(lesson_);
    }

  private:
    Part& part() {
        if (lesson_.parts.empty()) lesson_.parts.emplace_back();
        return lesson_.parts.back();
    }

    void begin(BlockKind kind) {
        block_ = Block();
        block_.kind = kind;
        block_.line = 0;
        open_ = true;
    }

    void end() {
        if (!open_) return;
        open_ = false;
        if (block_.line == 0) block_.line = lines_.last();
        const bool empty = block_.spans.empty() && block_.cells.empty() && block_.lines.empty() && !block_.question;
        if (!empty) part().blocks.push_back(std::move(block_));
    }

    void enter(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_H:
                begin(BlockKind::heading);
                block_.depth = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
                break;
            case MD_BLOCK_P:
                if (!open_) begin(quotes_ > 0 ? BlockKind::quote : BlockKind::paragraph);
                break;
            case MD_BLOCK_QUOTE: ++quotes_; break;
            case MD_BLOCK_UL: lists_.push_back(0); break;
            case MD_BLOCK_OL: lists_.push_back(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start); break;
            case MD_BLOCK_LI:
                end(); // of the item that holds this list
                begin(BlockKind::item);
                block_.depth = lists_.size();
                block_.sign = lists_.back() > 0 ? fmt::format("{}.", lists_.back()++) : "\u2022";
                break;
            case MD_BLOCK_HR: {
                begin(BlockKind::pause);
                open_ = false;
                block_.line = lines_.last();
                part().blocks.push_back(block_);
                break;
            }
            case MD_BLOCK_CODE:
                end();
                begin(BlockKind::code);
                language_ = words_of(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang);
                code_.clear();
                fence_line_ = lines_.line_of(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang.text);
                break;
            case MD_BLOCK_TR: begin(BlockKind::row); break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD:
                block_.head = type == MD_BLOCK_TH;
                block_.cells.emplace_back();
                break;
            default: break;
        }
    }

    void leave(MD_BLOCKTYPE type, void* /*detail*/) {
        switch (type) {
            case MD_BLOCK_H: leave_heading(); break;
            case MD_BLOCK_P:
                if (block_.kind != BlockKind::item) end();
                break;
            case MD_BLOCK_QUOTE: --quotes_; break;
            case MD_BLOCK_UL:
            case MD_BLOCK_OL: lists_.pop_back(); break;
            case MD_BLOCK_LI:
            case MD_BLOCK_TR: end(); break;
            case MD_BLOCK_CODE: leave_code(); break;
            default: break;
        }
    }

    // The first heading of the first level is the lesson's own; every other one begins a part.
    void leave_heading() {
        open_ = false;
        const std::string words = plain_words(block_.spans);
        const std::size_t line = block_.spans.empty() ? lines_.last() : block_.spans.front().line;
        if (lesson_.title.empty() && block_.depth == 1 && lesson_.parts.empty()) {
            lesson_.title = words;
        } else {
            lesson_.parts.push_back({words, {}, line});
        }
    }

    void leave_code() {
        if (!code_.empty() && code_.back().text.empty()) code_.pop_back();
        const std::size_t line = code_.empty() ? fence_line_ : code_.front().line > 1 ? code_.front().line - 1 : 1;
        block_.line = line;
        block_.lines = code_;
        if (language_ == "ask") {
            block_.kind = BlockKind::question;
            block_.question = parse_question(code_, line, lesson_.faults);
            block_.lines.clear();
        } else if (language_ == "keyhole") {
            block_.kind = BlockKind::opening;
            if (code_.empty()) block_.lines.push_back({"", line}); // an exchange with nothing said about it
        }
        end();
    }

    void span(MD_SPANTYPE type, void* detail, bool begins) {
        switch (type) {
            case MD_SPAN_EM: style_.emphasis = begins; break;
            case MD_SPAN_STRONG: style_.strong = begins; break;
            case MD_SPAN_CODE: style_.code = begins; break;
            case MD_SPAN_A: {
                style_.address.clear();
                style_.href.clear();
                if (!begins) break;
                const std::string target = words_of(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
                if (target.starts_with(step_link)) {
                    style_.address = target.substr(step_link.size());
                    if (style_.address.empty())
                        lesson_.faults.push_back({lines_.last(), "a link to no step (write keyhole:ADDRESS)"});
                } else {
                    style_.href = target;
                }
                break;
            }
            default: break;
        }
    }

    void text(MD_TEXTTYPE type, std::string_view words) {
        const std::size_t line = lines_.line_of(words.data());
        if (type == MD_TEXT_CODE && open_ && block_.kind == BlockKind::code) return code_text(words, line);
        std::string shown(words);
        if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) shown = " ";
        if (type == MD_TEXT_NULLCHAR) shown = "\uFFFD";
        if (type == MD_TEXT_ENTITY) shown = entity(words);
        if (!open_) begin(BlockKind::paragraph);
        if (block_.line == 0) block_.line = line;
        std::vector<Span>& spans =
            block_.kind == BlockKind::row && !block_.cells.empty() ? block_.cells.back() : block_.spans;
        const bool same = !spans.empty() && spans.back().strong == style_.strong &&
                          spans.back().emphasis == style_.emphasis && spans.back().code == style_.code &&
                          spans.back().address == style_.address && spans.back().href == style_.href;
        if (same) {
            spans.back().text += shown;
            return;
        }
        Span span = style_;
        span.text = std::move(shown);
        span.line = line;
        spans.push_back(std::move(span));
    }

    // A block of code comes in pieces: lines, and line ends of their own.
    void code_text(std::string_view words, std::size_t line) {
        for (const char c : words) {
            if (code_.empty() || ended_)
                code_.push_back({"", code_.empty() || words != "\n" ? line : code_.back().line + 1});
            ended_ = c == '\n';
            if (!ended_) code_.back().text += c;
        }
        if (words == "\n") ended_ = true;
    }

    std::string_view source_;
    SourceLines lines_;
    Lesson lesson_;
    Block block_;
    bool open_ = false;
    Span style_;
    std::vector<unsigned> lists_; // the next number of each list that is open; 0 where it has bullets
    int quotes_ = 0;
    std::string language_;
    std::vector<Line> code_;
    bool ended_ = false;
    std::size_t fence_line_ = 1;
};

} // namespace

Lesson parse_lesson(std::string_view markdown) {
    if (markdown.size() > max_lesson_bytes)
        throw bad_input(fmt::format("a lesson of {} bytes (at most 1 MiB is read; cut it in two)", markdown.size()));
    if (!is_utf8(markdown))
        throw bad_input("a lesson that is no UTF-8 (it has bytes that belong to no character; save it as UTF-8)");
    if (markdown.starts_with("\xEF\xBB\xBF")) markdown.remove_prefix(3);
    return Reader(markdown).read();
}

std::string plain_words(const std::vector<Span>& spans) {
    std::string out;
    for (const Span& span : spans) out += span.text;
    return out;
}

} // namespace keyhole::lesson
