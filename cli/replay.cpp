// keyhole replay: a recording from a file, shown like the exchange it came from.
#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "core/recording/recording_json.hpp"

namespace keyhole::cli {

void add_replay(CLI::App& app, int&) {
    struct Replay {
        std::string file;
        Output output;
    };
    auto command = std::make_shared<Replay>();
    CLI::App* sub = app.add_subcommand("replay", "Show a recording made with --record");
    sub->add_option("file", command->file, "the recording")->required();
    add_output_options(sub, command->output, true);
    sub->footer("Example: keyhole replay exchange.json --at secret/server.derive");
    sub->callback([command] { show(load_recording(command->file), command->output, Listing::always); });
}

} // namespace keyhole::cli
