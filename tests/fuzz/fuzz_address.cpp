// Step addresses: what is one reads as it was written; a tree finds exactly those that it holds, and says of all others
// what is there instead.
#include "core/steps/address.hpp"
#include "core/steps/step_tree.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Recording> recordings = samples::all();
    const std::string_view text = text_of(data, size);
    const auto node = parse_address(text);
    if (node) {
        hold(address(*node) == text, "an address reads as it was written", address(*node));
        hold(parse_address(address(*node)) == node, "an address reads as it was written");
    }
    for (const Recording& recording : recordings) {
        const StepTree tree(recording);
        const auto found = tree.find(text);
        hold(!found || found == node, "a tree finds what the address says", text);
        hold(found.has_value() == (node && tree.contains(*node)), "a tree finds what it holds", text);
        hold(accepted([&] { tree.at(text); }) == found.has_value(), "what is not there is refused", text);
        if (!found || found->depth() == 0) continue;
        hold(tree.at_number(tree.number(*found)) == *found, "a step's number is its own", text);
        hold(tree.child(found->parent(), tree.index(*found)) == *found, "a step is its parent's child", text);
    }
    return 0;
}
