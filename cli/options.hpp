// The flags that describe what a server proposes, shared by serve and exchange: --group or --p and --g, --kdf, --mode.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "core/dh.hpp"
#include "core/modes.hpp"

namespace keyhole::cli {

/// As typed; an absent field was not given.
struct ServerOptionsText {
    std::optional<std::string> group, p, g, kdf, mode;
};

/// As meant: ffdhe2048, sha256 and cbc unless said otherwise.
struct ServerChoice {
    Group group;
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
};

/// Adds the flags, bound to `text`, which must outlive the parse.
void add_server_options(CLI::App* command, ServerOptionsText& text);

/// Throws Error (bad_input) for anything unknown, malformed or contradictory. Whether p and g are any good is checked
/// by make_offer.
ServerChoice resolve(const ServerOptionsText& text);

/// The seed, where it is one. Throws Error (bad_input) for an empty one, which nobody can mean.
const std::string& checked_seed(const std::string& seed);

} // namespace keyhole::cli
