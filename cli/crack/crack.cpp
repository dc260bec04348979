// keyhole crack: the attacks, by what they attack.
#include "cli/crack/crack.hpp"

#include "cli/commands.hpp"

namespace keyhole::cli {

void add_crack(CLI::App& app, int& status) {
    CLI::App* sub = app.add_subcommand("crack", "Find a DES key by trying all, or a private exponent");
    sub->require_subcommand(1);
    sub->footer(
        "Example: keyhole crack des --plaintext 0123456789ABCDEF --ciphertext 85E813540F0AB405 \\\n"
        "             --known-key 133457799BBCDFF1 --unknown-bits 30");
    add_crack_des(*sub, status);
    add_crack_dh(*sub, status);
    add_crack_devices(*sub);
}

} // namespace keyhole::cli
