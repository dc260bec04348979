#include "flags/workbench_flags.hpp"

#include "core/modes/modes.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {

void add_workbench_options(CLI::App* command, WorkbenchText& text) {
    command->add_option("--key", text.key, "DES key: 16 hex digits; blanks, colons and the like between them are fine");
    command->add_option("--key-text", text.key_text, "DES key as text: 8 bytes in UTF-8");
    command->add_option("--hex", text.hex, "the input in hex");
    command->add_option("--text", text.text, "the input as text (UTF-8)");
    command->add_option("--base64", text.base64, "the input in base64");
    command->add_option("--in", text.file, "the input as a file; - is standard input");
    command->add_option("--mode", text.mode, mode_names() + " (default ecb)");
    command->add_option("--iv", text.iv, "16 hex digits: the IV, in ctr the first counter");
    command->add_option("--padding", text.padding,
                        "pkcs7, zero, iso7816 or none (default: none with --hex, else pkcs7)");
    add_variant_option(command, text.variant);
}

} // namespace keyhole::cli
