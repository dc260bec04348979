#include "cli/workbench_options.hpp"

#include <fmt/format.h>

#include "core/des/des_keys.hpp"

namespace keyhole::cli {

void add_workbench_options(CLI::App* command, WorkbenchText& text) {
    command->add_option("--key", text.key, "DES key: 16 hex digits")->required();
    command->add_option("--hex", text.hex, "the input in hex");
    command->add_option("--text", text.text, "the input as text (UTF-8)");
    command->add_option("--in", text.file, "the input as a file");
    command->add_option("--mode", text.mode, mode_names() + " (default ecb)");
    command->add_option("--iv", text.iv, "16 hex digits: the IV, in ctr the first counter");
    command->add_option("--padding", text.padding,
                        "pkcs7 or none (default: none with --hex, pkcs7 with --text and --in)");
}

WorkbenchInput resolve_aloud(const WorkbenchText& text) {
    WorkbenchInput input = resolve(text);
    const std::string remark = des::describe(des::inspect_key(input.settings.key));
    if (!remark.empty()) fmt::print(stderr, "keyhole: note: key 0x{:016X}: {}\n", input.settings.key, remark);
    if (input.iv_drawn) {
        fmt::print(stderr, "keyhole: note: random {} {:016X}\n",
                   input.settings.mode == Mode::ctr ? "counter start" : "IV", input.iv);
    }
    return input;
}

} // namespace keyhole::cli
