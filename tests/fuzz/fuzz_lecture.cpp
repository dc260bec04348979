// A lecture's lines as a follower reads them: a place is short and UTF-8, a recording is checked, the rest is none of
// its own.
#include "core/recording/recording_json.hpp"
#include "netsim/lecture/lecture_line.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace keyhole;
using namespace keyhole::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const LectureLine line = read_lecture_line(text_of(data, size));
    if (const auto* place = std::get_if<LecturePlace>(&line)) {
        hold(is_utf8(place->address), "a place is UTF-8");
        hold(place->address.size() <= 200, "a place is short");
        hold(read_lecture_line(place_line(place->address, place->cover)) == line, "a place reads as it was written");
    } else if (const auto* published = std::get_if<LectureRecording>(&line)) {
        Recording recording;
        if (!accepted([&] { recording = recording_from_json(published->json); })) return 0;
        const LectureLine again = read_lecture_line(recording_line(recording));
        const auto* sent = std::get_if<LectureRecording>(&again);
        hold(sent != nullptr && recording_from_json(sent->json) == recording, "a recording survives the lecture");
    }
    return 0;
}
