// A file that is opened: a capture or the lines of a conversation (recordings have a fuzzer of their own). What is
// heard is a sound eavesdropper's recording, and everything said of it is clean.
#include "core/recording/recording_json.hpp"
#include "netsim/capture/capture.hpp"
#include "netsim/capture/wire_text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check(const Conversations& conversations) {
    for (const std::string& remark : conversations.remarks) hold_clean(remark);
    for (const Conversation& conversation : conversations.found) {
        hold_clean(conversation.name);
        const Overheard heard = overhear(conversation);
        for (const std::string& remark : heard.remarks) hold_clean(remark);
        for (const Role role : every_role) {
            hold(!heard.recording.party(role).private_key && !heard.recording.party(role).shared,
                 "an eavesdropper has no secret");
        }
        hold(recording_from_json(to_json(heard.recording)) == heard.recording, "what is heard is a sound recording");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view file = text_of(data, size);
    accepted([&] {
        if (is_capture(file)) {
            check(read_capture(file));
        } else if (const auto conversations = read_wire_text(file)) {
            check(*conversations);
        }
    });
    return 0;
}
