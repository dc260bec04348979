// The steps of a variant: as many as it has rounds, at the addresses of DES, with its own values and with words that
// are true of it.
#include <fmt/format.h>

#include "core/recording/recording_json.hpp"
#include "core/steps/address.hpp"
#include "core/steps/compare/compare_traces.hpp"
#include "core/steps/trace.hpp"
#include "netsim/protocol/loopback.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using testing::refusal_of;

namespace {

Recording exchange(std::string_view list, Mode mode) {
    return run_exchange({.group = *find_group("toy23"),
                         .mode = mode,
                         .random = Random::seeded("variant steps"),
                         .says = default_scene(),
                         .variant = des::parse_variant(list)});
}

std::string words_at(const Recording& recording, std::string_view address) {
    const Trace trace(recording);
    return trace.step(trace.tree().at(address)).explanation;
}

} // namespace

TEST_CASE("A variant of N rounds has the steps of N rounds, each at its own number", "[variant][steps]") {
    for (const unsigned rounds : {1U, 2U, 7U, 15U, 16U}) {
        const Recording recording = samples::variant(fmt::format("rounds={}", rounds));
        const StepTree tree(recording);
        const Node block = tree.at("message.1/encrypt/block.1");
        CHECK(tree.child_count(block) == rounds + 3);
        CHECK(tree.size(block) == 1 + 13 * rounds + 3);
        CHECK(tree.contains(block.child({.kind = Kind::round, .number = rounds})));
        CHECK_FALSE(tree.contains(block.child({.kind = Kind::round, .number = rounds + 1})));
        CHECK(tree.child_count(tree.at("schedule")) == 16);
        std::uint64_t number = 0;
        for (std::optional<Node> node = tree.at_number(1); node; node = tree.next(*node)) {
            CHECK(tree.number(*node) == ++number);
            CHECK(tree.at_number(number) == *node);
        }
        CHECK(number == tree.total());
    }
}

TEST_CASE("What a variant leaves out is said at its step, and every step bears the mark", "[variant][steps]") {
    CHECK(words_at(samples::variant("no-ip"), "message.1/encrypt/block.1/ip").find("no initial permutation") !=
          std::string::npos);
    CHECK(words_at(samples::variant("no-ip"), "message.1/encrypt/block.1/fp").find("no final permutation") !=
          std::string::npos);
    CHECK(words_at(samples::variant("no-p"), "message.1/encrypt/block.1/round.2/permute").find("no P") != std::string::npos);
    CHECK(words_at(samples::variant("no-swap"), "message.1/encrypt/block.1/swap").find("is not the block") !=
          std::string::npos);
    CHECK(words_at(samples::variant("same-subkeys"), "schedule/round.5").find("round 1") != std::string::npos);
    CHECK(words_at(samples::variant("reversed-subkeys"), "schedule/round.5").find("round 12") != std::string::npos);
    CHECK(words_at(samples::variant("no-shifts"), "schedule/round.5").find("not turned") != std::string::npos);
    CHECK(words_at(samples::variant("rounds=3"), "schedule/round.5").find("none of them uses it") != std::string::npos);
    CHECK(words_at(samples::variant("sbox1=linear"), "message.1/encrypt/block.1/round.1/sbox.1").find("It is linear") !=
          std::string::npos);
    const Recording recording = samples::variant("rounds=3,no-p");
    const Trace trace(recording);
    for (std::optional<Node> node = trace.tree().at_number(1); node; node = trace.tree().next(*node)) {
        const Step step = trace.step(*node);
        INFO(step.address);
        CHECK(step.mark == "not DES: rounds=3,no-p");
        if (!node->within(Kind::block)) continue; // the schedule has its sixteen subkeys all the same
        CHECK((step.explanation + step.summary + step.title).find("\u2081\u2086") == std::string::npos);
    }
    CHECK(trace.step(trace.tree().at("message.1/encrypt/block.1/round.2")).title == "Round 2 of 3");
    CHECK(trace.step(trace.tree().at("message.1/encrypt/block.1/round.2/permute"))
              .source.find("changed from FIPS 46-3") == 0);
}

TEST_CASE("A recording keeps its variant in one form, and only that is read", "[variant][recording]") {
    for (const char* list : {"rounds=8,no-p", "no-swap", "sbox3=linear,sbox3[1,2]=0", "none"}) {
        const Recording recording = exchange(list, Mode::ctr);
        const std::string json = to_json(recording);
        CHECK((json.find("\"variant\"") == std::string::npos) == (std::string(list) == "none"));
        CHECK(recording_from_json(json) == recording);
    }
    std::string json = to_json(samples::variant("rounds=8,no-p"));
    const std::string right = "\"rounds=8,no-p\"";
    REQUIRE(json.find(right) != std::string::npos);
    for (const char* wrong : {"\"no-p,rounds=8\"", "\"none\"", "\"rounds=9,no-p\"", "\"sbox1=file\"", "8", "[]"}) {
        std::string altered = json;
        altered.replace(altered.find(right), right.size(), wrong);
        CAPTURE(wrong);
        CHECK_FALSE(refusal_of([&] { recording_from_json(altered); }).empty());
    }
}

TEST_CASE("An exchange without the last swap ends where it has to: with the first message refused", "[variant]") {
    const Recording recording = exchange("no-swap", Mode::cbc);
    REQUIRE(recording.messages.size() == 1);
    CHECK(is_refused(recording, recording.messages[0]));
    CHECK(refusal(recording, recording.messages[0]).find("no-swap does not decipher what it enciphers") !=
          std::string::npos);
    CHECK(words_at(recording, "message.1/unpad").find("no-swap") != std::string::npos);
    CHECK(exchange("no-swap", Mode::ctr).messages.size() == 2);
    CHECK(exchange("rounds=1,no-ip,sbox1=linear", Mode::cbc).messages.size() == 2);
}

TEST_CASE("Two variants part where the first step does something else", "[variant][compare]") {
    const auto parts = [](std::string_view a, std::string_view b) {
        const TraceComparison found = compare_traces(samples::variant(a), samples::variant(b));
        return found.first ? found.first->address : std::string();
    };
    CHECK(parts("none", "none").empty());
    CHECK(parts("none", "no-p") == "message.1");
    CHECK(parts("rounds=3", "rounds=3").empty());
    CHECK(parts("no-shifts", "none") == "schedule");
    const TraceComparison shorter = compare_traces(samples::variant("rounds=15"), samples::variant("none"));
    CHECK(shorter.steps > 13); // the sixteenth round, and what leaves
}
