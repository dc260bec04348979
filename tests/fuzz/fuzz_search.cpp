// What is typed into the go-to field, against every step of small recordings: no step that matches is ever left out
// because its parents or siblings did not look worth entering, and quick and slow comparison of values agree.
#include "core/steps/search/search_query.hpp"
#include "core/steps/trace.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/samples.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

struct Walked {
    explicit Walked(Recording walked) : recording(std::move(walked)), trace(recording) {
        for (std::uint64_t number = 1; number <= trace.tree().total(); ++number) {
            nodes.push_back(trace.tree().at_number(number));
            // Each seventh round's boxes are like all others'.
            if (number % 7 == 0) steps.push_back(trace.step(nodes.back()));
        }
    }
    Recording recording;
    Trace trace;
    std::vector<Node> nodes;
    std::vector<Step> steps;
};

bool is_numbered(Kind kind) { return kind == Kind::block || kind == Kind::bit || kind == Kind::message; }

void check_words(const SearchQuery& query, const Walked& walked) {
    for (const Node& node : walked.nodes) {
        if (!query.matches(node)) continue;
        for (Node above = node.parent(); above.depth() > 0; above = above.parent()) {
            hold(query.worth_entering(above), "what holds a match is worth entering");
        }
        for (Node on_path = node; on_path.depth() > 0; on_path = on_path.parent()) {
            const std::uint64_t only = is_numbered(on_path.kind()) ? query.only_number(on_path) : 0;
            hold(only == 0 || only == on_path.last().number, "the only number that leads to a match leads to it");
        }
    }
}

void check_values(const SearchQuery& query, const Walked& walked) {
    for (const Step& step : walked.steps) {
        for (const Value& value : step.values) {
            const std::string match = query.match(value);
            hold(match.empty() || match.starts_with(value.name), "a match names the value", match);
            if (const Bits* bits = std::get_if<Bits>(&value.datum)) {
                hold(query.matches(bits->value, bits->width) == !match.empty(), "quick and slow comparison agree",
                     step.address + " " + std::string(value.name) + " " + match);
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto samples = [] {
        std::vector<std::unique_ptr<Walked>> out;
        out.push_back(std::make_unique<Walked>(samples::exchange()));
        out.push_back(std::make_unique<Walked>(samples::power()));
        return out;
    }();
    const SearchQuery query(text_of(data, size));
    for (const auto& walked : samples) {
        if (query.has_words()) check_words(query, *walked);
        if (query.has_value()) check_values(query, *walked);
    }
    return 0;
}
