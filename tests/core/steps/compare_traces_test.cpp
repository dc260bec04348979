// compare_traces against a plain walk over both trees that skips nothing.
#include "core/steps/compare/compare_traces.hpp"

#include "core/modes/modes.hpp"
#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;

namespace {

std::vector<std::string> values_of(const Step& step) {
    std::vector<std::string> out;
    for (const Value& value : step.values) out.push_back(std::string(value.name) + "=" + full_text(value.datum));
    return out;
}

std::uint64_t count_plainly(const Recording& first, const Recording& second) {
    const Trace a(first), b(second);
    std::uint64_t count = 0;
    for (const auto& [here, there] : {std::pair(&a, &b), std::pair(&b, &a)}) {
        for (std::uint64_t number = 1; number <= here->tree().total(); ++number) {
            const Node node = here->tree().at_number(number);
            const bool both = there->tree().contains(node);
            if (!both) ++count;
            if (both && here == &a && values_of(here->step(node)) != values_of(there->step(node))) ++count;
        }
    }
    return count;
}

} // namespace

TEST_CASE("A trace differs in nothing from itself", "[compare]") {
    for (const Recording& recording : samples::all()) {
        const TraceComparison comparison = compare_traces(recording, recording);
        CHECK(comparison.steps == 0);
        CHECK_FALSE(comparison.first);
    }
}

TEST_CASE("The steps that differ are counted as a plain walk counts them", "[compare]") {
    const Recording exchange = samples::exchange();
    const Recording other_text = testing::exchange("toy23", dh::Kdf::sha256, Mode::cbc, {{Role::client, "another"}});
    for (const Recording& other : {samples::exchange(Mode::ctr), samples::exchange(Mode::cbc, dh::Kdf::low64),
                                   other_text, testing::seen_by(Role::client, exchange), testing::overheard(exchange),
                                   samples::power(), samples::workbench(Direction::encrypt, Mode::cbc, 20)}) {
        CHECK(compare_traces(exchange, other).steps == count_plainly(exchange, other));
        CHECK(compare_traces(other, exchange).steps == count_plainly(exchange, other));
    }
    CHECK(compare_traces(samples::workbench(Direction::encrypt, Mode::cbc, 20),
                         samples::workbench(Direction::decrypt, Mode::cbc, 20))
              .steps == count_plainly(samples::workbench(Direction::encrypt, Mode::cbc, 20),
                                      samples::workbench(Direction::decrypt, Mode::cbc, 20)));
}

TEST_CASE("Two keys that differ in one bit are told apart step by step, in every mode", "[compare]") {
    const Bytes text = to_bytes("Now is the time for all good men");
    for (const Mode mode : every_mode) {
        const auto trace = [&](des::Block key, Direction direction) {
            return record_des({.key = key, .mode = mode, .padding = Padding::none}, direction, 1, text);
        };
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const Recording first = trace(0x133457799BBCDFF1, direction), second = trace(0x133457799BBCDFB1, direction);
            CHECK(compare_traces(first, second).steps == count_plainly(first, second));
        }
    }
}

TEST_CASE("The first value that differs is named with both", "[compare]") {
    const auto trace = [](des::Block key, std::string_view text) {
        return record_des({.key = key, .mode = Mode::ecb, .padding = Padding::pkcs7}, Direction::encrypt, 0,
                          to_bytes(text));
    };
    const Recording first = trace(0x133457799BBCDFF1, "Now is the time");
    CHECK(compare_traces(first, trace(0x133457799BBCDFF1, "Now is the tiMe")).first ==
          StepDifference{"message.1", "text", "Now is the time", "Now is the tiMe"});
    // A parity bit is in the key, and in no subkey.
    const TraceComparison parity = compare_traces(first, trace(0x133457799BBCDFF0, "Now is the time"));
    REQUIRE(parity.first);
    CHECK(parity.first->address == "schedule");
    CHECK(parity.first->name == "key");
    CHECK(parity.first->first == "0x133457799BBCDFF1");
    CHECK(parity.first->second == "0x133457799BBCDFF0");
}

TEST_CASE("A step that only one trace has differs, with all below it", "[compare]") {
    const Recording whole = samples::exchange();
    Recording shorter = whole;
    shorter.messages.pop_back();
    const TraceComparison comparison = compare_traces(whole, shorter);
    CHECK(comparison.first == StepDifference{"message.2", "step", "there", "missing"});
    const StepTree tree(whole);
    CHECK(comparison.steps == tree.size(tree.at("message.2")));
    CHECK(compare_traces(shorter, whole).first == StepDifference{"message.2", "step", "missing", "there"});
}
