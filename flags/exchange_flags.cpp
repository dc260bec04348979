#include "flags/exchange_flags.hpp"

namespace keyhole::cli {
namespace {

std::optional<Number> quiet_number(const std::string& flag, const std::optional<std::string>& text) {
    return text ? std::optional(parse_number(*text, flag)) : std::nullopt;
}

} // namespace

void add_exchange_options(CLI::App* command, ExchangeText& text) {
    add_server_options(command, text.server);
    command->add_option("--seed", text.seed,
                        "make private keys, IVs and so the whole trace reproducible, and predictable");
    add_private_key_option(command, "--server-private", "the server", text.server_private);
    add_private_key_option(command, "--client-private", "the client", text.client_private);
    command->add_option("--say", text.says, "server:TEXT or client:TEXT; may be given again")->allow_extra_args(false);
}

Recording record_exchange(const ExchangeText& text, bool aloud) {
    const ServerChoice choice = resolve(text.server);
    std::vector<Say> scene;
    for (const std::string& said : text.says) scene.push_back(parse_say(said));
    Random random = aloud       ? random_of(text.seed)
                    : text.seed ? Random::seeded(checked_seed(*text.seed))
                                : Random::system();
    const auto number = aloud ? private_key_of : quiet_number;
    return run_exchange({.group = choice.group,
                         .kdf = choice.kdf,
                         .mode = choice.mode,
                         .random = std::move(random),
                         .says = scene.empty() ? default_scene() : std::move(scene),
                         .server_private = number("--server-private", text.server_private),
                         .client_private = number("--client-private", text.client_private)});
}

} // namespace keyhole::cli
