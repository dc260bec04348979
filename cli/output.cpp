#include "cli/output.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "cli/plain_text.hpp"
#include "cli/show.hpp"
#include "cli/stepper.hpp"
#include "cli/viewer_option.hpp"
#include "cli/web_page.hpp"
#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/csv/csv.hpp"
#include "core/recording/recording_json.hpp"
#include "core/steps/search/named_step.hpp"
#include "flags/usage.hpp"
#include "flags/variant_flag.hpp"
#include "netsim/capture/open_recording.hpp"
#include "paper/page/page.hpp"

namespace keyhole::cli {

void add_output_options(CLI::App* command, Output& output, bool with_json) {
    command->add_option("--at", output.at, "print one step in full, e.g. message.1/encrypt/block.1/round.5/sbox.3");
    command->add_option("--csv", output.csv, "write the trace as CSV files into this folder")->check(names_something());
    CLI::Option* html = command
                            ->add_option("--html", output.html,
                                         "write the trace as one page for a browser: offline, every step an anchor")
                            ->check(names_something());
    command->add_option("--blocks", output.blocks, "1..4: the blocks that a long trace's page keeps whole")
        ->needs(html);
    CLI::Option* web =
        command
            ->add_option("--web", output.web, "write the trace and the window that shows it as one file for a browser")
            ->check(names_something());
    command->add_option("--goto", output.go_to, "the step that the window of --web opens at")->needs(web);
    add_viewer_option(command, output.viewer);
    CLI::Option* step = command->add_flag("--step", output.step,
                                          "step through it in the terminal, from --at ADDRESS or the first step");
    CLI::Option* plain =
        command->add_flag("--plain", output.plain, "with --step or --at: one sentence a line, for screen readers");
    if (with_json)
        command->add_flag("--json", output.json, "print JSON instead of lines")->excludes(step)->excludes(plain);
}

Recording open_file(const std::string& file, std::optional<std::size_t> stream) {
    Overheard opened = open_recording(file, stream).value();
    for (const std::string& remark : opened.remarks) tell(fmt::format("keyhole: {}: {}\n", shown(file), remark));
    say_variant(opened.recording.variant);
    return std::move(opened.recording);
}

namespace {

void write_page(const Recording& recording, const Output& output) {
    paper::PageOptions options;
    if (output.blocks) options.blocks = paper::parse_blocks(*output.blocks);
    write_file(output.html, paper::page_html(seen_through(recording, output.viewer), options));
}

void write_web_page(const Recording& recording, const Output& output) {
    const std::string name = std::filesystem::path(output.web).stem().string() + ".json";
    write_file(output.web, web_page(seen_through(recording, output.viewer), name, output.go_to));
}

} // namespace

void show(const Recording& recording, const Output& output, Listing listing) {
    if (output.plain && !output.step && !output.at) {
        throw bad_input("--plain without --step or --at (it says how a step is told; add one of them)");
    }
    if (output.viewer && output.html.empty() && output.web.empty()) {
        throw bad_input("--viewer without --html or --web (it says whose sight a page has; add one of them)");
    }
    const Trace trace(recording);
    std::optional<Node> node;
    if (output.at) node = named_step(trace, *output.at);
    if (!output.html.empty()) write_page(recording, output); // first: of all that is written it checks the most flags
    if (!output.web.empty()) write_web_page(recording, output);
    if (!output.csv.empty()) write_csv(recording, output.csv);
    if (!output.record.empty()) save_recording(recording, output.record);
    if (output.step) {
        step_through(trace, output.at, output.plain);
    } else if (node) {
        if (output.json) return print_step_json(trace, *node);
        fmt::print("{}", output.plain ? plain_step_text(trace, *node) : step_text(trace, *node));
    } else if (output.json) {
        print_all_json(trace);
    } else if (listing == Listing::always || (listing == Listing::unless_exported && output.csv.empty() &&
                                              output.html.empty() && output.web.empty())) {
        print_all_steps(trace);
    }
}

} // namespace keyhole::cli
