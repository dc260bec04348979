#include "cli/stepper.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "cli/plain_text.hpp"
#include "cli/show.hpp"
#include "cli/terminal/key_line.hpp"
#include "cli/terminal/terminal.hpp"
#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/steps/search/step_search.hpp"

namespace keyhole::cli {
namespace {

// What a search looks at before it gives up: a second or two of work.
constexpr std::size_t most_looks = 200'000;
constexpr std::size_t most_named = 3;

struct Move {
    char key;
    std::string_view word;
    std::array<std::string_view, 3> escapes; // without ESC and the [ or O after it
    bool (Cursor::*move)();
};

constexpr std::array moves = {
    Move{'n', "over", {"C"}, &Cursor::over},
    Move{'i', "into", {"B"}, &Cursor::into},
    Move{'o', "out", {"A"}, &Cursor::out},
    Move{'b', "back", {"D"}, &Cursor::back},
    Move{'s', "start", {"H", "1~", "7~"}, &Cursor::start},
    Move{'e', "end", {"F", "4~", "8~"}, &Cursor::end},
    Move{'u', "undo", {}, &Cursor::undo},
    Move{'r', "redo", {}, &Cursor::redo},
};

bool means(const Move& move, std::string_view word) {
    if (word.starts_with('\x1B')) {
        return word.size() > 2 && std::ranges::find(move.escapes, word.substr(2)) != move.escapes.end();
    }
    return word == move.word || word == std::string_view(&move.key, 1);
}

// Takes the first word from the line, in lower case; of several keys in one line (a terminal without single keys) the
// first.
std::string take_word(std::string_view& line) {
    const auto skip_blanks = [&] { line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size())); };
    skip_blanks();
    const std::size_t end = std::min(line.find_first_of(" \t\x1B", 1), line.size());
    const std::string word(line.substr(0, end));
    line.remove_prefix(end);
    skip_blanks();
    return word.starts_with('\x1B') ? word : lower_case(word);
}

// Lines of standard input: typed with single keys where that is possible.
class StepLines {
  public:
    std::optional<std::string> next() {
        std::string line;
        if (!keys_.active()) {
            if (!std::getline(std::cin, line)) return std::nullopt;
            if (line.ends_with('\r')) line.pop_back();
            return line;
        }
        std::string echo;
        for (char byte = 0; ::read(STDIN_FILENO, &byte, 1) == 1;) {
            auto whole = key_line_.take(byte, echo);
            fmt::print("{}", echo);
            std::fflush(stdout);
            if (whole == std::string(1, KeyLine::end_of_input)) break;
            if (whole) return whole;
        }
        return std::nullopt;
    }

  private:
    SingleKeys keys_;
    KeyLine key_line_;
};

} // namespace

std::string Stepper::help() const {
    if (plain_) {
        return "Press Enter or n for the next step over, i to go into a step, o out of it, b back.\n"
               "Type s for the start, e for the end, u to undo a jump, r to redo it, q to quit.\n"
               "Type g and an address, words or a value to go to the nearest step that has them.\n" +
               more_help_;
    }
    return prose(
               "Enter or n over, i into, o out, b back, s start, e end (or the arrow keys, Home and End), u undo a "
               "jump, r redo it, q quit, ? this help; g and an address, words or a value: go to the nearest step that "
               "has them, e.g. g round 5 sbox 3") +
           "\n" + more_help_;
}

std::optional<std::string> Stepper::obey(std::string_view line) {
    const std::string typed(line);
    std::string word = take_word(line);
    if (word == "q" || word == "quit" || word == "exit") return std::nullopt;
    if (word == "?" || word == "h" || word == "help") return help();
    if (word == "g" || word == "go" || word == "goto") return go_to(line);
    const Node before = cursor_.node();
    if (word.empty()) word = "n";
    while (!word.empty()) {
        const auto move = std::ranges::find_if(moves, [&](const Move& m) { return means(m, word); });
        if (move == moves.end() || (!line.empty() && !line.starts_with('\x1B')))
            throw bad_input(
                fmt::format("'{}' is no key (it has no meaning here; ? shows them)", escape_controls(typed)));
        (cursor_.*move->move)();
        word = take_word(line);
    }
    return cursor_.node() == before ? (plain_ ? "There is nowhere to go from here.\n" : "nowhere to go from here\n")
                                    : "\n" + here();
}

std::string Stepper::go_to(std::string_view where) {
    if (where.starts_with("to ")) where.remove_prefix(3);
    while (where.ends_with(' ')) where.remove_suffix(1);
    if (where.empty()) throw bad_input("g without an address (it says where to go; write e.g. g message.1/pad)");
    const StepTree& tree = trace_->tree();
    if (const auto exact = tree.find(where)) {
        cursor_.go_to(*exact);
        return "\n" + here();
    }
    StepSearch search(*trace_);
    search.start(where, cursor_.node());
    std::size_t looks = 0;
    search.work([&] { return ++looks < most_looks; });
    if (search.hits().empty()) {
        if (search.done()) tree.at(where); // throws, and names what is there instead
        throw bad_input(fmt::format("no step found for '{}' (the search ended after {} of {} steps; give an address)",
                                    escape_controls(where), grouped_decimal(search.looked_at()),
                                    grouped_decimal(tree.total())));
    }
    const auto& hits = search.hits();
    cursor_.go_to(hits.front().node);
    std::string text = "\n" + here();
    if (hits.size() == 1) return text;
    std::string others;
    for (std::size_t i = 1; i < std::min(hits.size(), 1 + most_named); ++i) others += ", " + hits[i].address;
    const bool all = search.done() && !search.full();
    const std::string found = fmt::format("{}{} match, this is the nearest; the next: {}", all ? "" : "more than ",
                                          counted(hits.size() - (all ? 0 : 1), "step"), others.substr(2));
    return text + "\n" + (plain_ ? found + "." : prose(found)) + "\n";
}

std::string Stepper::here() const {
    return plain_ ? plain_step_text(*trace_, cursor_.node()) : step_text(*trace_, cursor_.node());
}

std::string Stepper::prompt() const {
    return fmt::format(fmt::runtime(plain_ ? "Step {} of {}. " : "[{} of {}] "), cursor_.number(),
                       trace_->tree().total());
}

void step_through(const Trace& trace, const std::optional<std::string>& address, bool plain) {
    Stepper stepper(trace, plain);
    if (address) stepper.start_at(*address);
    StepLines lines;
    fmt::print("{}\n{}", stepper.help(), stepper.here());
    while (true) {
        fmt::print("\n{}", stepper.prompt());
        std::fflush(stdout);
        const auto line = lines.next();
        if (!line) break;
        try {
            const auto text = stepper.obey(*line);
            if (!text) return;
            fmt::print("{}", *text);
        } catch (const Error& error) {
            std::fflush(stdout);
            fmt::print(stderr, "keyhole: error: {}\n", error.what());
        }
    }
    fmt::print("\n");
}

} // namespace keyhole::cli
