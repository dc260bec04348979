// A recording's JSON. What is accepted reads as it was written, every viewer's share of it is a sound recording too,
// and every step that it holds (the input's last bytes choose some) can be found by its address and be shown.
#include "core/recording/recording_json.hpp"
#include "core/steps/address.hpp"
#include "core/steps/json/step_json.hpp"
#include "core/steps/trace.hpp"
#include "core/steps/viewer.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check_step(const Trace& trace, std::uint64_t number) {
    const StepTree& tree = trace.tree();
    const Node node = tree.at_number(number);
    const std::string at = address(node);
    hold(tree.number(node) == number, "a step's number is its own", at);
    hold(tree.find(at) == node, "an address finds its step", at);
    const Step step = trace.step(node);
    hold(step.address == at, "a step knows its address", at);
    hold_clean(step.title);
    hold_clean(step.summary);
    hold(!step.explanation.empty() && is_utf8(step.explanation), "a step is explained", at);
    for (const Value& value : step.values) {
        full_text(value.datum);
        hold(is_utf8(shown_text(value.datum, 100)), "a value can be shown", at);
    }
    hold(step_json(step).is_object(), "a step is a JSON object", at);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Recording recording;
    if (!accepted([&] { recording = recording_from_json(text_of(data, size)); })) return 0;
    hold(recording_from_json(to_json(recording)) == recording, "a recording reads as it was written");
    for (const Viewer viewer : {Viewer::server, Viewer::client, Viewer::eavesdropper}) {
        const Recording seen = seen_by(recording, viewer);
        hold(recording_from_json(to_json(seen)) == seen, "a viewer's share is a recording", name(viewer));
    }
    const Trace trace(recording);
    const std::uint64_t total = trace.tree().total();
    if (total == 0) return 0;
    check_step(trace, 1);
    check_step(trace, total);
    std::uint64_t seed = size;
    for (std::size_t i = 0; i < 8; ++i) {
        seed = seed * 6364136223846793005 + data[size - 1 - i % size];
        check_step(trace, 1 + (seed >> 16) % total);
    }
    return 0;
}
