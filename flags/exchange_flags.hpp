// The flags that describe an exchange of two parties in this process, shared by exchange, figure exchange and lessons.
#pragma once

#include "flags/options.hpp"

namespace keyhole::cli {

/// As typed.
struct ExchangeText {
    ServerOptionsText server;
    std::optional<std::string> seed, server_private, client_private, variant;
    std::vector<std::string> says;
};

/// Adds the server's flags, --seed, the private keys and --say, bound to `text`, which must outlive the parse.
void add_exchange_options(CLI::App* command, ExchangeText& text);

/// Runs it. What is predictable is warned of on stderr where `aloud`. Throws Error as resolve, parse_say and
/// run_exchange do.
Recording record_exchange(const ExchangeText& text, bool aloud = true);

} // namespace keyhole::cli
