// keyhole encrypt, keyhole decrypt: one message through DES.
#include <fmt/format.h>

#include <memory>

#include "cli/commands.hpp"
#include "cli/workbench_options.hpp"
#include "core/base/file.hpp"
#include "flags/usage.hpp"

namespace keyhole::cli {
namespace {

struct CipherCommand {
    WorkbenchText text;
    std::string out;

    void run() const {
        const WorkbenchInput input = resolve_aloud(text);
        const Recording recording = record_des(input.settings, input.direction, input.iv, input.data);
        const MessageRecord& message = recording.messages.front();
        const Bytes& result = message.sent ? message.sent->ciphertext : *message.received->plaintext;
        if (out.empty()) {
            fmt::print("{}\n", to_hex(result));
        } else {
            write_file(out, to_string(result));
        }
    }
};

void add_cipher(CLI::App& app, const std::string& verb, bool decrypt, const std::string& description,
                const std::string& example) {
    auto command = std::make_shared<CipherCommand>();
    command->text.decrypt = decrypt;
    CLI::App* sub = app.add_subcommand(verb, description);
    add_workbench_options(sub, command->text);
    sub->add_option("--out", command->out, "write the raw bytes to this file; else upper-case hex on stdout")
        ->check(names_something());
    sub->footer(example);
    sub->callback([command] { command->run(); });
}

} // namespace

void add_encrypt(CLI::App& app, int&) {
    add_cipher(app, "encrypt", false, "Encipher one message with DES",
               "Example: keyhole encrypt --key 133457799BBCDFF1 --hex 0123456789ABCDEF\n"
               "All modes but ecb have an IV: without --iv a random one is drawn and printed on stderr.\n"
               "cfb feeds back 64 bits, cfb8 and cfb1 8 and 1.");
}

void add_decrypt(CLI::App& app, int&) {
    add_cipher(app, "decrypt", true, "Decipher one message with DES",
               "Example: keyhole decrypt --key 133457799BBCDFF1 --hex 85E813540F0AB405");
}

} // namespace keyhole::cli
