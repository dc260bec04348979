// keyhole replay: an exchange from a file (a recording, lines from the wire, a capture), shown like any other.
#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"

namespace keyhole::cli {

void add_replay(CLI::App& app, int&) {
    struct Replay {
        std::string file;
        std::optional<std::size_t> stream;
        Output output;
    };
    auto command = std::make_shared<Replay>();
    CLI::App* sub = app.add_subcommand("replay", "Show a recording, or an exchange from a network capture");
    sub->add_option("file", command->file,
                    "a recording made with --record, a capture (pcap or pcapng), or a text file with the lines of a "
                    "conversation as they crossed the wire")
        ->required();
    sub->add_option("--stream", command->stream,
                    "which conversation of keyhole/1 in it, from 1 (the first if left out)");
    add_output_options(sub, command->output, true);
    sub->footer(
        "Example: keyhole replay exchange.json --at secret/server.derive\n"
        "Example: tcpdump -i lo -w chat.pcap port 4646    (in another terminal, before the chat)\n"
        "         keyhole replay chat.pcap --stream 2\n"
        "A capture and wire lines give what an eavesdropper knows; what is missing in them is said on standard error.");
    sub->callback([command] { show(open_file(command->file, command->stream), command->output, Listing::always); });
}

} // namespace keyhole::cli
