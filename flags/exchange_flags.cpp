#include "flags/exchange_flags.hpp"

#include <fmt/format.h>

#include "core/base/words.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {
namespace {

std::optional<Number> quiet_number(const std::string& flag, const std::optional<std::string>& text) {
    return text ? std::optional(parse_number(*text, flag)) : std::nullopt;
}

// A variant that does not decipher what it enciphers ends the conversation with the first message.
void tell_refusal(const Recording& recording, std::size_t said) {
    if (recording.messages.empty() || !is_refused(recording, recording.messages.back())) return;
    const MessageRecord& message = recording.messages.back();
    const std::size_t number = recording.messages.size();
    fmt::print(stderr, "keyhole: note: the {} refused message {} ({}){}\n", name(other(message.sender)), number,
               refusal(recording, message),
               said == number ? ""
                              : fmt::format(", so that {} {} never sent", counted(said - number, "message"),
                                            singular_or(said - number, "was", "were")));
}

} // namespace

void add_exchange_options(CLI::App* command, ExchangeText& text) {
    add_server_options(command, text.server);
    command->add_option("--seed", text.seed,
                        "make private keys, IVs and so the whole trace reproducible, and predictable");
    add_private_key_option(command, "--server-private", "the server", text.server_private);
    add_private_key_option(command, "--client-private", "the client", text.client_private);
    add_variant_option(command, text.variant);
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
    const des::Variant variant = variant_of(text.variant);
    if (aloud) say_variant(variant);
    if (scene.empty()) scene = default_scene();
    const std::size_t said = scene.size();
    Recording recording = run_exchange({.group = choice.group,
                                        .kdf = choice.kdf,
                                        .mode = choice.mode,
                                        .random = std::move(random),
                                        .says = std::move(scene),
                                        .server_private = number("--server-private", text.server_private),
                                        .client_private = number("--client-private", text.client_private),
                                        .variant = variant});
    if (aloud) tell_refusal(recording, said);
    return recording;
}

} // namespace keyhole::cli
