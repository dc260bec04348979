#include "cli/workbench_options.hpp"

#include <fmt/format.h>

#include "core/des/des_keys.hpp"

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
}

namespace {

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

} // namespace

Recording record_aloud(const WorkbenchText& text) {
    const WorkbenchInput input = resolve_aloud(text);
    Recording recording = record_des(input.settings, input.direction, input.iv, input.data);
    if (input.settings.padding != Padding::zero) return recording;
    const MessageRecord& message = recording.messages.front();
    const std::string doubt =
        message.sent ? lost_to_zeros(message.sent->plaintext)
                     : doubt_after_zeros(message.received->padded.size() - message.received->plaintext->size());
    if (!doubt.empty()) fmt::print(stderr, "keyhole: note: {}\n", doubt);
    return recording;
}

} // namespace keyhole::cli
