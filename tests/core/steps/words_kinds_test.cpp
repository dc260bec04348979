// That the words of every kind of step that a trace can have are checked in one of the files words_*_test.cpp.
#include "tests/support/samples.hpp"
#include "tests/support/words/words.hpp"

using namespace keyhole;
using namespace keyhole::testing;

TEST_CASE("The words of every kind of step are checked", "[steps][words]") {
    std::multiset<Kind> checked;
    for (const std::set<Kind>& kinds : {des_kinds, block_kinds, message_kinds, dh_kinds})
        checked.insert(kinds.begin(), kinds.end());
    std::set<Kind> met;
    for (const Recording& recording : samples::all()) {
        const StepTree tree(recording);
        for (std::optional<Node> node = tree.at_number(1); node; node = tree.next(*node)) met.insert(node->kind());
    }
    for (auto kind = static_cast<unsigned>(Kind::connect); kind <= static_cast<unsigned>(Kind::fp); ++kind) {
        INFO(kind);
        CHECK(checked.count(static_cast<Kind>(kind)) == 1);
        CHECK(met.count(static_cast<Kind>(kind)) == 1);
    }
}
