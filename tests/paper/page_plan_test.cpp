// Which steps a page holds.
#include "paper/page/page_plan.hpp"

#include "core/base/error.hpp"
#include "core/steps/address.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::paper;

namespace {

std::vector<std::string> addresses(const StepTree& tree, const PagePlan& plan) {
    std::vector<std::string> out;
    for (std::optional<Node> node = plan.first(); node; node = plan.next(*node)) {
        CHECK(tree.contains(*node));
        CHECK(plan.holds(*node));
        out.push_back(address(*node));
    }
    return out;
}

} // namespace

TEST_CASE("Blocks are named from 1 on", "[paper]") {
    CHECK(parse_blocks("3").first == 3);
    CHECK(parse_blocks("3").last == 3);
    CHECK(parse_blocks("1..4").last == 4);
    for (const char* wrong : {"", "0", "0..3", "4..3", "1..", "..4", "1-4", "x", "1..2..3", "99999999999999999999"})
        CHECK_THROWS_AS(parse_blocks(wrong), Error);
}

TEST_CASE("A page holds all of what fits, and names what it leaves out", "[paper]") {
    const Recording small = samples::exchange();
    const StepTree tree(small);
    const PagePlan whole(tree, {});
    CHECK(whole.left_out().empty());
    CHECK(addresses(tree, whole).size() == tree.total());

    const PagePlan first(tree, BlockRange{1, 1});
    CHECK(first.left_out().size() == 1);
    const std::vector<std::string> some = addresses(tree, first);
    CHECK(std::ranges::count(some, "message.2/encrypt/block.1/round.16/join") == 1);
    CHECK(std::ranges::count(some, "message.2/encrypt/block.2") == 0);
    CHECK(std::ranges::count(some, "message.2/frame") == 1);

    CHECK_THROWS_WITH(PagePlan(tree, BlockRange{90, 91}),
                      "--blocks 90..91 names no block of this trace (it has 16 blocks in all; choose lower numbers)");
}

TEST_CASE("Long exponents, many messages and long ones are cut, and quickly", "[paper]") {
    const Recording power =
        record_power({.base = 3, .exponent = (Number(1) << 8000) + 5, .modulus = (Number(1) << 8000) - 33});
    const StepTree bits(power);
    const PagePlan plan(bits, {});
    const std::size_t kept = addresses(bits, plan).size();
    CHECK(kept < 500);
    CHECK(kept > 20);
    CHECK(plan.left_out().at(0).find("exponent bits of modexp") != std::string::npos);
    CHECK(plan.holds(bits.at("modexp/bit.8001")));

    const Recording letter = samples::workbench(Direction::encrypt, Mode::cbc, 4'000'000);
    const StepTree long_one(letter);
    CHECK(addresses(long_one, PagePlan(long_one, {})).size() < 1000);

    std::vector<Say> says(3000, Say{Role::client, "again"});
    const Recording talk =
        run_exchange({.group = *find_group("toy23"), .random = Random::seeded("talk"), .says = says});
    const StepTree talked(talk);
    const PagePlan some(talked, {});
    CHECK(some.left_out().size() == 2);
    CHECK(addresses(talked, some).size() < 8000);
}
