#include "cli/show.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "core/base/error.hpp"
#include "core/steps/address.hpp"
#include "core/steps/cursor.hpp"
#include "core/steps/step_json.hpp"

namespace keyhole::cli {
namespace {

// A value longer than this is cut on the screen, and says so; --json and CSV have it whole.
constexpr std::size_t longest_shown = 8192;

constexpr std::string_view key_help =
    "Enter or n over   i into   o out   b back   s start   e end   g ADDRESS go to   u undo   r redo   q quit";

bool colour() {
    const char* no_colour = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) != 0 && (no_colour == nullptr || *no_colour == '\0');
}

std::string bold(const std::string& text) { return colour() ? "\x1B[1m" + text + "\x1B[0m" : text; }

std::string value_line(const Value& value, std::size_t name_width) {
    const std::string hex = prefixed_hex(value.datum);
    const std::string shown = hex.empty() || hex.size() > longest_shown ? shown_text(value.datum, longest_shown) : hex;
    std::string line = fmt::format("  {:<{}}  {}", value.name, name_width, shown);
    if (const std::string bits = binary_text(value.datum); !bits.empty()) line += "  " + bits;
    if (const std::string decimal = decimal_text(value.datum); !hex.empty() && !decimal.empty())
        line += "  = " + decimal;
    if (hex.size() > 20) line += fmt::format("  ({} bits)", bit_size(value.datum));
    return line;
}

// True to go on, false to quit.
bool obey(Cursor& cursor, const std::string& line) {
    const bool too_long = line.size() > 1 && line[0] != 'g'; // only g takes an argument
    const char key = line.empty() ? 'n' : too_long ? '?' : line[0];
    const std::size_t argument = line.find_first_not_of(' ', 1);
    switch (key) {
        case 'n': cursor.over(); break;
        case 'i': cursor.into(); break;
        case 'o': cursor.out(); break;
        case 'b': cursor.back(); break;
        case 's': cursor.start(); break;
        case 'e': cursor.end(); break;
        case 'u': cursor.undo(); break;
        case 'r': cursor.redo(); break;
        case 'g':
            if (argument == std::string::npos)
                throw bad_input("g without an address (it says where to go; write e.g. g message.1/pad)");
            cursor.go_to(line.substr(argument));
            break;
        case 'h': fmt::print("{}\n", key_help); break;
        case 'q': return false;
        default:
            throw bad_input(
                fmt::format("'{}' is no key (it has no meaning here; h shows them)", escape_controls(line)));
    }
    return true;
}

} // namespace

void print_all_steps(const Trace& trace) {
    const StepTree& tree = trace.tree();
    std::optional<Node> node = tree.total() > 0 ? std::optional(tree.at_number(1)) : std::nullopt;
    for (; node; node = tree.next(*node)) {
        const Step step = trace.step(*node);
        fmt::print("{}  {}\n", step.address, step.summary);
    }
}

void print_step(const Trace& trace, const Node& node) {
    const Step step = trace.step(node);
    fmt::print("{}\n{}", bold(step.address), step.title);
    if (!step.source.empty()) fmt::print(" ({})", step.source);
    fmt::print("\n\n");
    std::size_t name_width = 0;
    for (const Value& value : step.values) name_width = std::max(name_width, value.name.size());
    for (const Value& value : step.values) fmt::print("{}\n", value_line(value, name_width));
    fmt::print("{}{}\n", step.values.empty() ? "" : "\n", step.explanation);
}

void print_step_json(const Trace& trace, const Node& node) { fmt::print("{}\n", step_json(trace.step(node)).dump(2)); }

void print_all_json(const Trace& trace) {
    const StepTree& tree = trace.tree();
    std::string_view before = "[\n";
    for (std::optional<Node> node = tree.at_number(1); node; node = tree.next(*node)) {
        fmt::print("{}{}", before, step_json(trace.step(*node)).dump());
        before = ",\n";
    }
    fmt::print("\n]\n");
}

void step_through(const Trace& trace) {
    Cursor cursor(trace.tree());
    fmt::print("{}\n\n", key_help);
    print_step(trace, cursor.node());
    std::string line;
    while (true) {
        fmt::print("\n[{} of {}] ", cursor.number(), trace.tree().total());
        std::fflush(stdout);
        if (!std::getline(std::cin, line)) break;
        if (line.ends_with('\r')) line.pop_back();
        const Node before = cursor.node();
        try {
            if (!obey(cursor, line)) break;
        } catch (const Error& error) {
            std::fflush(stdout);
            fmt::print(stderr, "keyhole: error: {}\n", error.what());
            continue;
        }
        if (cursor.node() == before) {
            if (line != "h") fmt::print("nowhere to go from here\n");
        } else {
            fmt::print("\n");
            print_step(trace, cursor.node());
        }
    }
    fmt::print("\n");
}

} // namespace keyhole::cli
