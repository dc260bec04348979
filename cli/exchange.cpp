// keyhole exchange: both parties in this process, joined by a loopback, and every step of what they did.
#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "flags/exchange_flags.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {
namespace {

struct ExchangeCommand {
    ExchangeText text;
    Output output;
};

} // namespace

void add_exchange(CLI::App& app, int&) {
    auto command = std::make_shared<ExchangeCommand>();
    CLI::App* sub = app.add_subcommand("exchange", "Run both parties over a loopback link and show every step");
    add_exchange_options(sub, command->text);
    add_output_options(sub, command->output, false);
    sub->add_option("--record", command->output.record, "save the exchange; keyhole replay FILE shows it again")
        ->check(names_something());
    sub->footer(
        "Example: keyhole exchange --group toy23 --say client:Hello --at keys/server.public/bit.2\n"
        "A textbook's exchange: keyhole exchange --p 479 --g 13 --server-private 77 --client-private 201");
    sub->callback([command] { show(record_exchange(command->text), command->output, Listing::always); });
}

} // namespace keyhole::cli
