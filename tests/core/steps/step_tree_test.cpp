// The step tree: addresses, order, numbers and the contract's words.
#include "core/steps/step_tree.hpp"

#include <set>

#include "core/base/error.hpp"
#include "core/steps/address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;

TEST_CASE("Every step has one address, and the address finds the step", "[tree]") {
    for (const Recording& recording : samples::all()) {
        const StepTree tree(recording);
        std::set<std::string> seen;
        std::uint64_t number = 0;
        for (std::optional<Node> node = tree.at_number(1); node; node = tree.next(*node)) {
            ++number;
            const std::string text = address(*node);
            INFO(text);
            REQUIRE(seen.insert(text).second);
            REQUIRE(tree.find(text) == *node);
            REQUIRE(tree.number(*node) == number);
            REQUIRE(tree.at_number(number) == *node);
        }
        REQUIRE(number == tree.total());
    }
}

TEST_CASE("Parent, child and sibling agree", "[tree]") {
    for (const Recording& recording : samples::all()) {
        const StepTree tree(recording);
        for (std::optional<Node> node = tree.at_number(1); node; node = tree.next(*node)) {
            INFO(address(*node));
            std::uint64_t below = 1;
            for (std::uint64_t i = 0; i < tree.child_count(*node); ++i) {
                const Node child = tree.child(*node, i);
                REQUIRE(child.parent() == *node);
                REQUIRE(tree.index(child) == i);
                const bool last = i + 1 == tree.child_count(*node);
                REQUIRE(tree.next_over(child) == (last ? tree.next_over(*node) : tree.child(*node, i + 1)));
                REQUIRE(tree.previous_sibling(child).has_value() == (i > 0));
                below += tree.size(child);
            }
            REQUIRE(below == tree.size(*node));
        }
    }
}

TEST_CASE("The contract's addresses exist in an exchange", "[tree]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    for (const char* text : {"connect",
                             "parameters/server.choose",
                             "parameters/client.check",
                             "keys/server.private",
                             "keys/server.public/bit.3",
                             "keys/client.private",
                             "keys/client.public/bit.3",
                             "secret/server.shared/bit.2",
                             "secret/server.derive",
                             "secret/server.schedule/round.4",
                             "secret/client.shared/bit.2",
                             "secret/client.derive",
                             "secret/client.schedule/round.4",
                             "message.2/encode",
                             "message.2/pad",
                             "message.2/encrypt/block.3/ip",
                             "message.2/encrypt/block.3/round.5/expand",
                             "message.2/encrypt/block.3/round.5/mix",
                             "message.2/encrypt/block.3/round.5/sbox.1",
                             "message.2/encrypt/block.3/round.5/sbox.8",
                             "message.2/encrypt/block.3/round.5/permute",
                             "message.2/encrypt/block.3/round.5/join",
                             "message.2/encrypt/block.3/swap",
                             "message.2/encrypt/block.3/fp",
                             "message.2/frame",
                             "message.2/decode",
                             "message.2/decrypt/block.3/round.16/sbox.8",
                             "message.2/unpad"}) {
        INFO(text);
        REQUIRE(tree.find(text).has_value());
        REQUIRE(address(*tree.find(text)) == text);
    }
}

TEST_CASE("What is no address of the trace is refused, and the error names what is there", "[tree]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    for (const char* text : {"",
                             "/",
                             "connect/",
                             "/connect",
                             "Connect",
                             "message",
                             "message.0",
                             "message.01",
                             "message.3",
                             "message.1/encrypt/block.99",
                             "message.1/encrypt/block.1/round.17",
                             "message.-1",
                             "message.1/encrypt/block.1/round.5/sbox.9",
                             "message.1/encrypt/block.1/round.5/sbox.9999999999999999999999",
                             "schedule/round.4",
                             "keys/server.schedule",
                             "keys/eve.private",
                             "message.1/pad/block.1",
                             "message.1//pad",
                             "modexp/bit.1",
                             "message.1\n",
                             "message.18446744073709551615"}) {
        INFO(text);
        REQUIRE_FALSE(tree.find(text).has_value());
        REQUIRE_THROWS_AS(tree.at(text), Error);
    }
    REQUIRE_THROWS_WITH(tree.at("message.1/nothing"), Catch::Contains("encode") && Catch::Contains("unpad"));
    REQUIRE_THROWS_WITH(tree.at("nothing\n\x1B[2J"), Catch::Contains("\\x1B") && Catch::Contains("connect"));
}

TEST_CASE("Of an address with slips the error offers the step that was meant", "[tree]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    const auto meant = [&](std::string_view typed) {
        try {
            tree.at(typed);
        } catch (const Error& error) {
            const std::string what = error.what();
            const std::size_t begin = what.find("did you mean ");
            return begin == std::string::npos ? "" : what.substr(begin + 13, what.find('?') - begin - 13);
        }
        return std::string(typed);
    };
    CHECK(meant("Message.1/Encrypt/BLOCK.1/IP") == "message.1/encrypt/block.1/ip");
    CHECK(meant("mesage.1/encript/block.1/rond.5/sbx.3") == "message.1/encrypt/block.1/round.5/sbox.3");
    CHECK(meant("message.1/encrypt/block1/round5") == "message.1/encrypt/block.1/round.5");
    CHECK(meant("secret/server.shred") == "secret/server.shared");
    // Another number is no slip: what is there is told instead.
    CHECK(meant("message.1/encrypt/block.1/round.17").empty());
    CHECK(meant("message.9/encrypt").empty());
    CHECK(meant("nothing").empty());
    const Recording large = samples::workbench(Direction::encrypt, Mode::cbc, 1 << 20);
    CHECK_THROWS_WITH(StepTree(large).at("message.1/encrypt/blok.131073/fp"),
                      Catch::Contains("did you mean message.1/encrypt/block.131073/fp?"));
}

TEST_CASE("A trace without an exchange uses the same words", "[tree]") {
    const Recording encryption = samples::workbench(Direction::encrypt, Mode::cbc, 20);
    const Recording decryption = samples::workbench(Direction::decrypt, Mode::cbc, 20);
    const Recording power = samples::power();
    REQUIRE(StepTree(encryption).find("schedule/round.4"));
    REQUIRE(StepTree(encryption).find("message.1/encrypt/block.3/round.16/sbox.8"));
    REQUIRE_FALSE(StepTree(encryption).find("message.1/decrypt"));
    REQUIRE(StepTree(decryption).find("message.1/decrypt/block.3/fp"));
    REQUIRE(StepTree(power).find("modexp/bit.3"));
    REQUIRE_FALSE(StepTree(power).find("modexp/bit.4"));
}

TEST_CASE("A message of a megabyte costs no more to walk than one of a block", "[tree]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 1 << 20);
    const StepTree tree(recording);
    REQUIRE(tree.total() > 27'000'000);
    const std::uint64_t middle = tree.total() / 2;
    for (std::uint64_t number = middle; number < middle + 1000; ++number) {
        REQUIRE(tree.number(tree.at_number(number)) == number);
    }
    REQUIRE(address(tree.at_number(tree.total())) == "message.1/encrypt/block.131073/fp");
}
