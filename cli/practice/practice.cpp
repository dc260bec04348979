// keyhole practice: questions about a trace of their own, an answer a line.
#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/show.hpp"
#include "cli/terminal/terminal.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "core/practice/course.hpp"
#include "core/practice/practice_report.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {
namespace {

using practice::PracticeSession;
using practice::Question;
using practice::Verdict;

constexpr const char* footer =
    R"(Each question names a step of a trace, what is known there and what is asked. Answers are hex, bits or decimal, one a
line; an order is the numbers of its parts. After the first miss comes the rule, after the second the value and why. An empty
line is a miss. The end of input (Ctrl+D), or q, ends with the score of what was answered.

Kinds: ip expand mix sbox permute join fp schedule, pad chain parity weak, order (topic des); modexp public shared derive
(topic dh). The same --seed asks the same questions. --report writes a table to hand in, --json lines for programs.

Examples:
  keyhole practice
  keyhole practice des --kinds sbox,permute --count 5 --report practice.csv)";

// How questions, hints and answers are shown: for people, or as JSON lines.
class Face {
  public:
    virtual ~Face() = default;
    virtual void ask(std::size_t number, std::size_t count, const Question& question) = 0;
    virtual void hint(std::size_t number, const Question& question, Verdict verdict) = 0;
    virtual void result(std::size_t number, const practice::Result& result) = 0;
    virtual void end(const PracticeSession& session) = 0;
};

class JsonFace final : public Face {
  public:
    void ask(std::size_t number, std::size_t, const Question& question) override {
        print(practice::question_json(number, question));
    }
    void hint(std::size_t number, const Question& question, Verdict) override {
        print(practice::hint_json(number, question));
    }
    void result(std::size_t number, const practice::Result& result) override {
        print(practice::result_json(number, result));
    }
    void end(const PracticeSession& session) override { print(practice::end_json(session)); }

  private:
    static void print(const nlohmann::ordered_json& line) { fmt::print("{}\n", line.dump()); }
};

class PlainFace final : public Face {
  public:
    void ask(std::size_t number, std::size_t count, const Question& question) override {
        fmt::print("{}{}\n{}\n", number == 1 ? "" : "\n",
                   bold(fmt::format("Question {} of {}: {}", number, count, question.title)), question.address);
        std::size_t width = 0;
        for (const Value& value : question.given) width = std::max(width, value.name.size());
        for (const Value& value : question.given) fmt::print("{}\n", value_line(value, width));
        for (std::size_t i = 0; i < question.parts.size(); ++i)
            fmt::print("  {}  {}\n", i + 1, question.parts[i].phrase);
        if (question.is_order()) {
            fmt::print("{}\n> ",
                       prose("In which order? Leave out what does not belong here. (Numbers, such as 3 1 2.)"));
        } else if (std::holds_alternative<Count>(question.expected)) {
            const bool many = says_how_many(question.ask, question.expected);
            fmt::print("{} {}?\n> ", many ? "How many" : "What is", readable(question.ask));
        } else {
            fmt::print("What is {} ({})?\n> ", question.ask, counted(question.bits, "bit"));
        }
    }

    void hint(std::size_t, const Question& question, Verdict verdict) override {
        const std::string_view what =
            verdict == Verdict::wrong ? "Not yet."
            : question.is_order()     ? "That is no order (write the numbers of the parts, such as 3 1 2)."
                                      : "That is no number (write hex such as 0x1C, bits such as 0b11100, or decimal).";
        fmt::print("{}\nOnce more.\n> ", prose(fmt::format("{} {}", what, question.rule)));
    }

    void result(std::size_t, const practice::Result& result) override {
        const Question& question = result.question;
        const std::string value = question.is_order() ? practice::expected_text(question)
                                                      : value_line({question.ask, question.expected}, 0).substr(2);
        if (result.right) {
            fmt::print("Right: {}\n", value);
        } else {
            fmt::print("Wrong: {}\n{}\n", value, prose(question.explanation));
        }
    }

    void end(const PracticeSession& session) override {
        fmt::print("\n");
        if (!session.done())
            fmt::print("ended after {} of {}\n", session.results().size(), counted(session.count(), "question"));
        if (session.kinds().size() > 1) {
            for (const practice::QuestionKind kind : session.kinds()) {
                const practice::Score score = session.score(kind);
                fmt::print("  {:<8}  {}{}\n", name(kind), practice::score_text(score),
                           score.at_first == score.right ? "" : fmt::format(" ({} at the first try)", score.at_first));
            }
        }
        fmt::print("{}\n", practice::score_text(session.score()));
    }
};

struct Practice {
    std::string topic = "all", kinds, report;
    std::optional<std::string> seed, variant;
    std::size_t count = 10;
    bool json = false;

    void run() const {
        const practice::Topic of = practice::topic_named(topic);
        const auto wanted = practice::read_kinds(kinds, of);
        const des::Variant changed = variant_of(variant);
        if (!report.empty()) try_writing(report);
        say_variant(changed);
        const std::string drawn_from = used_seed(seed, "asks the same questions again");
        PracticeSession session(practice::make_course(wanted, count, drawn_from, changed));
        const std::unique_ptr<Face> face =
            json ? std::unique_ptr<Face>(std::make_unique<JsonFace>()) : std::make_unique<PlainFace>();
        hold(session, *face);
        save(session);
        face->end(session);
    }

  private:
    void hold(PracticeSession& session, Face& face) const {
        using Clock = std::chrono::steady_clock;
        while (!session.done()) {
            const std::size_t number = session.at() + 1;
            const Question question = session.question();
            face.ask(number, session.count(), question);
            std::fflush(stdout);
            const Clock::time_point asked = Clock::now();
            const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - asked).count(); };
            while (session.at() + 1 == number) {
                std::string line;
                const bool read = static_cast<bool>(std::getline(std::cin, line));
                if (line.ends_with('\r')) line.pop_back();
                if (!read || line == "q" || line == "quit") {
                    if (!json) fmt::print("\n");
                    if (session.leave(seconds())) face.result(number, session.results().back());
                    return;
                }
                const PracticeSession::Reply reply = session.answer(line, seconds());
                if (reply.decided) {
                    face.result(number, session.results().back());
                    save(session); // whatever ends the program, what was answered is in the report
                } else {
                    face.hint(number, question, reply.verdict);
                }
                std::fflush(stdout);
            }
        }
    }

    void save(const PracticeSession& session) const {
        if (!report.empty()) write_file(report, practice::report_csv(session));
    }
};

} // namespace

void add_practice(CLI::App& app, int&) {
    auto command = std::make_shared<Practice>();
    CLI::App* sub = app.add_subcommand("practice", "Answer questions about the steps of a trace");
    sub->add_option("TOPIC", command->topic, "des, dh or all (all if left out)");
    sub->add_option("--seed", command->seed, "which questions: the same seed asks the same ones");
    sub->add_option("--count", command->count, "how many questions (10 if left out)")
        ->check(CLI::Range(std::size_t{1}, practice::most_questions).description("1 to 1000"));
    add_variant_option(sub, command->variant);
    sub->add_option("--kinds", command->kinds, "what to ask about, with commas, such as sbox,mix (all if left out)");
    sub->add_flag("--json", command->json, "questions, hints and results as JSON, one a line");
    sub->add_option("--report", command->report, "write what was answered as a table (CSV)")->check(names_something());
    sub->footer(footer);
    sub->callback([command] { command->run(); });
}

} // namespace keyhole::cli
