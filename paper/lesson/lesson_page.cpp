#include "paper/lesson/lesson_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/markup.hpp"
#include "lesson/opening.hpp"
#include "paper/figure/figure.hpp"
#include "paper/page/embedded.hpp"
#include "paper/page/film.hpp"
#include "paper/page/page_style.hpp"
#include "paper/svg/font_faces.hpp"

namespace keyhole::paper {
namespace {

using lesson::Block;
using lesson::BlockKind;
using lesson::OpenLesson;
using lesson::Place;
using lesson::Question;
using lesson::Span;

class LessonPage {
  public:
    explicit LessonPage(const OpenLesson& open)
        : open_(open), type_(figure_type(theme_, Lacking::left_to_shower)), film_(type_, theme_), fonts_(type_) {}

    std::string html() {
        const lesson::Lesson& lesson = open_.lesson();
        for (std::size_t i = 0; i < lesson.parts.size(); ++i) part(i);
        std::string letters = "“”‘’·⊕→≡–—";
        for (char c = ' '; c < '\x7F'; ++c) letters += c;
        for (const viz::FontRole role : {viz::FontRole::text, viz::FontRole::figures}) fonts_.note(role, letters);
        fonts_.note(viz::FontRole::text, out_words_);
        const std::string title = markup(lesson.title);
        return fmt::format(
            "<!DOCTYPE html>\n<html lang=\"en\" class=\"lesson\">\n<head>\n<meta "
            "charset=\"utf-8\">\n<title>{0}</title>\n<meta "
            "name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" "
            "content=\"Keyhole\">\n<style>\n{1}{2}{3}</style>\n</head>\n<body>\n<header><h1>{0}</h1>\n<p "
            "id=\"lesson-score\" "
            "class=\"source\"></p></header>\n<main>\n{4}</main>\n<script>\n{5}</script>\n</body>\n</html>\n",
            title, fonts_.rules(), theme_rules(), page_style(), out_, lesson_script());
    }

  private:
    void part(std::size_t index) {
        const lesson::Part& part = open_.lesson().parts[index];
        out_ += fmt::format("<section id=\"part-{}\">\n", index + 1);
        if (!part.title.empty()) out_ += fmt::format("<h2>{}</h2>\n", markup(part.title));
        for (std::size_t i = 0; i < part.blocks.size(); ++i) {
            const Block& each = part.blocks[i];
            lists(each.kind == BlockKind::item ? each.depth : 0, each.sign);
            table(each.kind == BlockKind::row);
            block(each, {index, i});
        }
        lists(0, {});
        table(false);
        out_ += "</section>\n";
    }

    // Opens and closes lists until `depth` of them are open.
    void lists(std::size_t depth, std::string_view sign) {
        while (lists_.size() > depth) {
            out_ += fmt::format("</li></{}>\n", lists_.back());
            lists_.pop_back();
        }
        if (depth > 0 && lists_.size() == depth) out_ += "</li>\n";
        while (lists_.size() < depth) {
            lists_.emplace_back(sign.ends_with('.') ? "ol" : "ul");
            out_ += fmt::format("<{}>", lists_.back());
        }
    }

    void table(bool open) {
        if (open && !table_) out_ += "<table>\n";
        if (!open && table_) out_ += "</table>\n";
        table_ = open;
    }

    void block(const Block& block, Place place) {
        wanted_.clear();
        switch (block.kind) {
            case BlockKind::heading: break;
            case BlockKind::paragraph: out_ += fmt::format("<p>{}</p>\n", spans(block.spans, place)); break;
            case BlockKind::quote:
                out_ += fmt::format("<blockquote><p>{}</p></blockquote>\n", spans(block.spans, place));
                break;
            case BlockKind::item: out_ += fmt::format("<li>{}", spans(block.spans, place)); break;
            case BlockKind::pause: out_ += "<hr>\n"; break;
            case BlockKind::code:
            case BlockKind::opening: out_ += code(block); break;
            case BlockKind::row: {
                const std::string_view tag = block.head ? "th" : "td";
                out_ += "<tr>";
                for (const auto& cell : block.cells)
                    out_ +=
                        fmt::format("<{0}{1}>{2}</{0}>", tag, block.head ? " scope=\"col\"" : "", spans(cell, place));
                out_ += "</tr>\n";
                break;
            }
            case BlockKind::question: question(*block.question, place); break;
        }
        // Figures stand behind the words that speak of them, outside of lists.
        if (block.kind != BlockKind::item && block.kind != BlockKind::row) figures();
    }

    std::string code(const Block& block) {
        std::string lines;
        if (block.kind == BlockKind::opening) {
            lines = lesson::command_of(block.lines);
        } else {
            for (const lesson::Line& line : block.lines) lines += line.text + "\n";
        }
        out_words_ += lines;
        return fmt::format("<pre>{}</pre>\n", markup(lines));
    }

    std::string spans(const std::vector<Span>& all, Place place) {
        std::string out;
        for (const Span& span : all) {
            out_words_ += span.text;
            std::string text = markup(span.text);
            if (span.code) text = fmt::format("<code>{}</code>", text);
            if (span.emphasis) text = fmt::format("<em>{}</em>", text);
            if (span.strong) text = fmt::format("<strong>{}</strong>", text);
            if (!span.address.empty()) text = fmt::format("<a href=\"#{}\">{}</a>", want(span.address, place), text);
            if (!span.href.empty()) text = fmt::format("<a href=\"{}\">{}</a>", markup(page_of(span.href)), text);
            out += text;
        }
        return out;
    }

    // Another lesson's file is a page beside this one.
    static std::string page_of(const std::string& href) {
        const bool lesson = href.ends_with(".md") && href.find(':') == std::string::npos;
        return lesson ? href.substr(0, href.size() - 3) + ".html" : href;
    }

    // The id of the figure of that step, which is drawn once.
    std::string want(const std::string& address, Place place) {
        const std::size_t recording = open_.recording_at(place).value_or(0);
        std::string id = fmt::format("{}/{}", recording + 1, address);
        if (drawn_.insert(id).second) wanted_.push_back({open_.trace_at(place), address, id, tells(address, place)});
        return id;
    }

    // What one figure shows: all of a round, all of an exponentiation.
    static std::string_view scope(std::string_view address) {
        const std::size_t round = address.find("/round."), bit = address.find("/bit.");
        if (bit != std::string_view::npos) return address.substr(0, bit);
        return round == std::string_view::npos ? address : address.substr(0, address.find('/', round + 1));
    }

    // Whether the step's figure would tell the answer to a question that is still to come.
    bool tells(std::string_view address, Place place) const {
        const auto lies_in = [](std::string_view inner, std::string_view outer) {
            return inner == outer || (inner.starts_with(outer) && inner[outer.size()] == '/');
        };
        const auto& parts = open_.lesson().parts;
        for (std::size_t p = place.part; p < parts.size(); ++p) {
            for (std::size_t b = p == place.part ? place.block : 0; b < parts[p].blocks.size(); ++b) {
                const auto& q = parts[p].blocks[b].question;
                if (q && !q->value.empty() && (lies_in(q->at, scope(address)) || lies_in(address, scope(q->at))))
                    return true;
            }
        }
        return false;
    }

    void figures() {
        for (const auto& [trace, address, id, tells] : wanted_) {
            const Step step = trace->step(trace->tree().at(address));
            const Figure figure = make_figure(*trace, step, theme_, type_);
            fonts_.note(figure.picture);
            out_words_ += step.title + step.explanation;
            if (tells)
                out_ +=
                    fmt::format("<details class=\"figure\"><summary>Look at it: {}</summary>\n", markup(step.title));
            out_ += fmt::format(
                "<figure id=\"{}\">{}<figcaption><strong>{}</strong> <code>{}</code>: {}</figcaption></figure>\n", id,
                film_.svg(film_.still(figure.picture, figure.frame), step.title), markup(step.title), address,
                markup(step.explanation));
            if (tells) out_ += "</details>\n";
        }
        wanted_.clear();
    }

    void question(const Question& q, Place place) {
        const Trace* trace = open_.trace_at(place);
        const bool has_step = trace != nullptr && !q.at.empty();
        const std::string words = q.choices.empty() ? asked(q, *trace) : q.words;
        out_words_ += words + q.hint;
        std::string data;
        if (!q.choices.empty()) {
            data = fmt::format(" data-choice=\"{}\"", q.right + 1);
        } else {
            const lesson::NumberToFind number = lesson::number_to_find(q, *trace);
            data = number.number
                       ? fmt::format(" data-number=\"{}\" data-bits=\"{}\"", number.number->get_str(), number.bits)
                       : fmt::format(" data-text=\"{}\"", markup(number.text));
        }
        out_ += fmt::format("<form class=\"ask\"{} action=\"#\">\n<p class=\"asked\">{}</p>\n", data, markup(words));
        const std::size_t name = ++questions_;
        if (q.choices.empty()) {
            out_ += fmt::format(
                "<p><label>Your answer: <input type=\"text\" name=\"answer-{}\" autocomplete=\"off\" "
                "spellcheck=\"false\"></label>",
                name);
        } else {
            for (std::size_t i = 0; i < q.choices.size(); ++i) {
                out_words_ += q.choices[i];
                out_ += fmt::format(
                    "<label class=\"choice\"><input type=\"radio\" name=\"answer-{}\" value=\"{}\"> {}</label>\n", name,
                    i + 1, markup(q.choices[i]));
            }
            out_ += "<p>";
        }
        out_ += " <button type=\"submit\" hidden=\"\">Check</button></p>\n<p role=\"status\"></p>\n";
        if (!q.hint.empty())
            out_ += fmt::format("<details class=\"hint\"><summary>Hint</summary><p>{}</p></details>\n", markup(q.hint));
        out_ += fmt::format("<details class=\"answer\"><summary>Answer</summary><p><code>{}</code></p>",
                            markup(right_answer(q, trace)));
        if (has_step) out_ += fmt::format("<p>{}</p>", markup(trace->step(trace->tree().at(q.at)).explanation));
        out_ += "</details>\n</form>\n";
    }

    struct Wanted {
        const Trace* trace;
        std::string address, id;
        bool tells; // an answer
    };

    const OpenLesson& open_;
    const viz::Theme& theme_ = viz::theme(viz::ThemeName::light);
    PaperType type_;
    Film film_;
    FontFaces fonts_;
    std::string out_, out_words_; // the page, and all words that a font has to have
    std::vector<std::string> lists_;
    bool table_ = false;
    std::set<std::string> drawn_;
    std::vector<Wanted> wanted_;
    std::size_t questions_ = 0;
};

} // namespace

std::string lesson_html(const OpenLesson& lesson) { return LessonPage(lesson).html(); }

} // namespace keyhole::paper
