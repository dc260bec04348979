#include "cli/workbench_options.hpp"

#include <fmt/format.h>

#include "core/des/des_keys.hpp"
#include "flags/variant_flag.hpp"

namespace keyhole::cli {

namespace {

WorkbenchInput resolve_aloud(const WorkbenchText& text) {
    WorkbenchInput input = resolve(text);
    say_variant(input.variant);
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
    Recording recording = record_des(input.settings, input.direction, input.iv, input.data, input.variant);
    if (input.settings.padding != Padding::zero) return recording;
    const MessageRecord& message = recording.messages.front();
    const std::string doubt =
        message.sent ? lost_to_zeros(message.sent->plaintext)
                     : doubt_after_zeros(message.received->padded.size() - message.received->plaintext->size());
    if (!doubt.empty()) fmt::print(stderr, "keyhole: note: {}\n", doubt);
    return recording;
}

} // namespace keyhole::cli
