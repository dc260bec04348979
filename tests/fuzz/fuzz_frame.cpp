// Lines of keyhole/1: what is a frame survives being written and read again; what is none has a reason fit for the
// wire; and an inbox finds the same lines however the bytes are cut.
#include "netsim/protocol/inbox.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check_line(std::string_view line) {
    const auto decoded = decode_frame(line);
    // White space leads every line to the JSON library, also those that are usually read without it.
    if (line.size() < max_line_bytes)
        hold(decode_frame(" " + std::string(line)) == decoded, "both readers agree", line);
    if (const Fault* fault = std::get_if<Fault>(&decoded)) {
        hold_clean(fault->detail);
        return;
    }
    const Frame& frame = std::get<Frame>(decoded);
    const std::string written = encode_frame(frame);
    hold(written.find('\n') == std::string::npos, "a frame is one line", written);
    // Escapes may make it longer than a line may be.
    if (written.size() > max_line_bytes) return;
    const auto again = decode_frame(written);
    hold(std::holds_alternative<Frame>(again) && std::get<Frame>(again) == frame, "a frame reads as it was written",
         written);
}

void check_cuts(ByteView bytes, std::size_t piece) {
    Inbox whole, cut;
    whole.put(bytes);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        cut.put(bytes.subspan(at, std::min(piece, bytes.size() - at)));
    }
    hold(whole.arrivals().size() == cut.arrivals().size(), "cuts change no line");
    bool garbage = false;
    while (!whole.arrivals().empty()) {
        hold(!garbage, "nothing is taken after a line that is no frame");
        const Arrival one = whole.take(), other = cut.take();
        hold(one.line == other.line && one.content == other.content, "cuts change no line", one.line);
        garbage = std::holds_alternative<Fault>(one.content);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    check_line(text.substr(0, text.find('\n')));
    for (const std::size_t piece : {1U, 7U}) check_cuts({data, size}, piece);
    return 0;
}
