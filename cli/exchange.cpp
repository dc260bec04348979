// keyhole exchange: both parties in this process, joined by a loopback, and every step of what they did.
#include <memory>

#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "flags/options.hpp"
#include "flags/usage.hpp"
#include "netsim/protocol/loopback.hpp"

namespace keyhole::cli {
namespace {

struct ExchangeCommand {
    ServerOptionsText server;
    std::optional<std::string> seed, server_private, client_private;
    std::vector<std::string> says;
    Output output;

    void run() const {
        const ServerChoice choice = resolve(server);
        std::vector<Say> scene;
        for (const std::string& text : says) scene.push_back(parse_say(text));
        const Recording recording =
            run_exchange({.group = choice.group,
                          .kdf = choice.kdf,
                          .mode = choice.mode,
                          .random = random_of(seed),
                          .says = scene.empty() ? default_scene() : std::move(scene),
                          .server_private = private_key_of("--server-private", server_private),
                          .client_private = private_key_of("--client-private", client_private)});
        show(recording, output, Listing::always);
    }
};

} // namespace

void add_exchange(CLI::App& app, int&) {
    auto command = std::make_shared<ExchangeCommand>();
    CLI::App* sub = app.add_subcommand("exchange", "Run both parties over a loopback link and show every step");
    add_server_options(sub, command->server);
    sub->add_option("--seed", command->seed,
                    "make private keys, IVs and so the whole trace reproducible, and predictable");
    add_private_key_option(sub, "--server-private", "the server", command->server_private);
    add_private_key_option(sub, "--client-private", "the client", command->client_private);
    sub->add_option("--say", command->says, "server:TEXT or client:TEXT; may be given again")->allow_extra_args(false);
    add_output_options(sub, command->output, false);
    sub->add_option("--record", command->output.record, "save the exchange; keyhole replay FILE shows it again")
        ->check(names_something());
    sub->footer(
        "Example: keyhole exchange --group toy23 --say client:Hello --at keys/server.public/bit.2\n"
        "A textbook's exchange: keyhole exchange --p 479 --g 13 --server-private 77 --client-private 201");
    sub->callback([command] { command->run(); });
}

} // namespace keyhole::cli
