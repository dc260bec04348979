// The flags that describe an exchange, shared by serve, exchange and keyhole-viz: --group, --pem, or --p and --g, --kdf
// and --mode, --seed, private keys, and --say.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/random.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/pem.hpp"
#include "core/modes/modes.hpp"
#include "netsim/protocol/loopback.hpp"

namespace keyhole::cli {

/// A wrong argument as an error quotes it: cut short, its control characters escaped.
std::string in_quotes(std::string_view text);

/// As typed; an empty field was not given.
struct GroupText {
    std::optional<std::string> group, p, g, pem;

    bool given() const { return group || p || g || pem; }
};
struct ServerOptionsText : GroupText {
    std::optional<std::string> kdf, mode;
};

/// What was typed, resolved: ffdhe2048, sha256 and cbc unless said otherwise.
struct ServerChoice {
    Group group;
    dh::Kdf kdf = dh::Kdf::sha256;
    Mode mode = Mode::cbc;
};

/// Adds --group, with this help, --p and --g, and --pem, bound to `text`, which must outlive the parse.
void add_group_options(CLI::App* command, GroupText& text, const std::string& help);

/// The parameters in a PEM file. Throws Error (io, bad_input).
dh::PemNumbers read_pem_file(const std::string& path);

/// Throws Error (bad_input), with `what` before the name, where no group is called that.
const Group& group_named(std::string_view what, std::string_view wanted);

/// ffdhe2048 if nothing was given. Throws Error (bad_input; io for --pem) as `resolve`.
Group resolve_group(const GroupText& text);

/// Adds the flags, bound to `text`, which must outlive the parse.
void add_server_options(CLI::App* command, ServerOptionsText& text);

/// Throws Error (bad_input) for anything unknown, malformed or contradictory. Whether p and g are any good is checked
/// by make_offer.
ServerChoice resolve(const ServerOptionsText& text);

/// The seed itself. Throws Error (bad_input) if it is empty, which can only be a mistake.
const std::string& checked_seed(const std::string& seed);

/// The seed that was given; else a drawn one, which stderr names: `--seed S` with it `does_again`. Throws Error
/// (bad_input) as checked_seed.
std::string used_seed(const std::optional<std::string>& seed, std::string_view does_again);

/// The system's randomness, or what the seed makes, with a warning on stderr. Throws Error (bad_input) as checked_seed.
Random random_of(const std::optional<std::string>& seed);

/// Adds a flag for a private key that somebody chose: `whose` goes on after "the private key of".
void add_private_key_option(CLI::App* command, const std::string& flag, const std::string& whose,
                            std::optional<std::string>& text);

/// The private key that such a flag gave, with a warning on stderr. Throws Error (bad_input); whether it is one of the
/// group is checked by check_private_key.
std::optional<Number> private_key_of(const std::string& flag, const std::optional<std::string>& text);

/// server:TEXT or client:TEXT. Throws Error (bad_input) for anything else.
Say parse_say(const std::string& text);

} // namespace keyhole::cli
