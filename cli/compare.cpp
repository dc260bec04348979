// keyhole compare: the first step at which two recordings differ, and how many do.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "core/base/words.hpp"
#include "core/steps/compare/compare_traces.hpp"

namespace keyhole::cli {

void add_compare(CLI::App& app, int& status) {
    auto files = std::make_shared<std::array<std::string, 2>>();
    CLI::App* sub = app.add_subcommand("compare", "Find the first step at which two recordings differ");
    sub->add_option("FIRST", (*files)[0], "a recording, or what else replay takes")->required();
    sub->add_option("SECOND", (*files)[1], "another one")->required();
    sub->footer(
        "Prints `ADDRESS name: FIRST, SECOND` for the first value that differs, and how many steps do. A step that "
        "only\n"
        "one recording has differs, and so does all below it. Exit status: 0 nothing differs, 1 something does.\n"
        "Example: keyhole compare server.json client.json");
    sub->callback([files, &status] {
        const Recording first = open_file((*files)[0], {}), second = open_file((*files)[1], {});
        const TraceComparison comparison = compare_traces(first, second);
        if (const auto& at = comparison.first) {
            fmt::print("{} {}: {}, {}\n", at->address, at->name, at->first, at->second);
            status = 1;
        }
        fmt::print("{} {}\n", comparison.steps == 0 ? "no step" : counted(comparison.steps, "step"),
                   comparison.steps < 2 ? "differs" : "differ");
    });
}

} // namespace keyhole::cli
