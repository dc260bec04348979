#include "netsim/capture/open_recording.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"
#include "core/base/file.hpp"
#include "core/base/words.hpp"
#include "netsim/capture/capture.hpp"
#include "netsim/capture/wire_text.hpp"

namespace keyhole {
namespace {

std::optional<Conversations> read_conversations(std::string_view file) {
    return is_capture(file) ? read_capture(file) : read_wire_text(file);
}

Overheard choose(Conversations conversations, std::optional<std::size_t> stream) {
    const std::size_t count = conversations.found.size();
    if (count == 0) {
        throw bad_input(conversations.headless > 0
                            ? "a conversation without its params line (without p and g nothing can be made of it; "
                              "begin the capture before the client connects)"
                            : "no conversation of keyhole/1 is in the capture (it has none of its lines, or they are "
                              "lost; capture the port of keyhole serve, e.g. tcpdump -i lo -w FILE port 4646)");
    }
    const std::size_t number = stream.value_or(1);
    if (number < 1 || number > count) {
        throw bad_input(fmt::format("there is no stream {} ({} of keyhole/1 {} there; give 1 to {})", number,
                                    counted(count, "conversation"), singular_or(count, "is", "are"), count));
    }
    Conversation& chosen = conversations.found[number - 1];
    Overheard out = overhear(chosen);
    std::vector<std::string>& remarks = out.remarks;
    remarks.insert(remarks.begin(), conversations.remarks.begin(), conversations.remarks.end());
    if (conversations.headless > 0) {
        remarks.insert(remarks.begin(), fmt::format("{} without a params line cannot be shown",
                                                    counted(conversations.headless, "more conversation")));
    }
    if (count > 1) {
        remarks.insert(remarks.begin(),
                       fmt::format("this is conversation {} of {}, {}; --stream N shows another (1 to {})", number,
                                   count, chosen.name, count));
    }
    return out;
}

} // namespace

std::optional<Overheard> open_recording(const std::filesystem::path& path, std::optional<std::size_t> stream,
                                        const RecordingProgress& progress) {
    const std::string file = read_file(path, max_recording_bytes);
    try {
        if (auto conversations = read_conversations(file)) return choose(std::move(*conversations), stream);
        if (stream.value_or(1) != 1)
            throw bad_input("--stream with a recording (it holds one exchange; leave --stream out)");
        auto recording = recording_from_json(file, progress);
        if (!recording) return std::nullopt;
        return Overheard{std::move(*recording), {}};
    } catch (const Error& error) {
        throw Error(error.failure(), fmt::format("{}: {}", shown(path), error.what()));
    }
}

} // namespace keyhole
