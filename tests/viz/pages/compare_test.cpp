// The comparison: differences per round against the tracer, output against OpenSSL, and the properties of DES.
#define OPENSSL_SUPPRESS_DEPRECATED // single DES is only in OpenSSL's old interface
#include <openssl/des.h>

#include <fmt/format.h>

#include <bit>

#include "core/base/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/compare/compare_input.hpp"
#include "viz/pages/compare/trace_difference.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

des::Block by_openssl(const BlockCase& what, Direction direction) {
    DES_cblock key{}, in{}, out{};
    store_block(what.key, key);
    store_block(what.block, in);
    DES_key_schedule schedule;
    DES_set_key_unchecked(&key, &schedule);
    DES_ecb_encrypt(&in, &out, &schedule, direction == Direction::encrypt ? DES_ENCRYPT : DES_DECRYPT);
    return load_block(out);
}

constexpr BlockCase textbook{0x133457799BBCDFF1, 0x0123456789ABCDEF};

} // namespace

TEST_CASE("A comparison has the tracer's halves and OpenSSL's output difference", "[viz][compare]") {
    Random random = Random::seeded("compare");
    for (int i = 0; i < 200; ++i) {
        const BlockCase a{random.block(), random.block()}, b{random.block(), random.block()};
        const auto direction = i % 2 == 0 ? Direction::encrypt : Direction::decrypt;
        const Comparison c = compare(a, b, direction);
        CHECK((c.output_a ^ c.output_b) == (by_openssl(a, direction) ^ by_openssl(b, direction)));
        // The last halves, swapped and permuted, are the output: FP is linear, so the differences are too.
        const std::uint64_t last = std::uint64_t{c.rounds[16].right()} << 32 | c.rounds[16].left();
        CHECK(des::final_permutation(last) == (c.output_a ^ c.output_b));
        const std::uint64_t first = std::uint64_t{c.rounds[0].left()} << 32 | c.rounds[0].right();
        CHECK(first == des::initial_permutation(a.block ^ b.block));
        for (unsigned round = 1; round < compare_rounds; ++round) {
            CHECK(c.rounds[round].left_a == c.rounds[round - 1].right_a);
            CHECK(c.rounds[round].left() == c.rounds[round - 1].right());
        }
        CHECK(c.rounds[16].bits() == c.output_bits());
        const Comparison back = compare(b, a, direction);
        for (unsigned round = 0; round < compare_rounds; ++round)
            CHECK(back.rounds[round].bits() == c.rounds[round].bits());
    }
}

TEST_CASE("The complement of key and text inverts every bit of every round", "[viz][compare]") {
    for (const auto direction : {Direction::encrypt, Direction::decrypt}) {
        const Comparison c = compare(textbook, complement(textbook), direction);
        for (unsigned round = 0; round < compare_rounds; ++round) CHECK(c.rounds[round].bits() == 64);
        for (unsigned round = 1; round < compare_rounds; ++round) CHECK(c.rounds[round].subkey_bits == 48);
        CHECK(c.output_a == ~c.output_b);
        CHECK(difference_words(c).find("complementation") != std::string::npos);
    }
}

TEST_CASE("Flipped parity bits change nothing and every other key bit changes something", "[viz][compare]") {
    for (unsigned position = 1; position <= 64; ++position) {
        const BlockCase b = with_flipped(textbook, Flipped::key, position);
        CHECK(std::popcount(textbook.key ^ b.key) == 1);
        const Comparison c = compare(textbook, b, Direction::encrypt);
        CHECK(c.first.has_value() != is_parity_bit(position));
        CHECK((c.output_bits() == 0) == is_parity_bit(position));
        const bool told = difference_words(c).find("parity") != std::string::npos;
        CHECK(told == is_parity_bit(position));
    }
    CHECK(difference_words(compare(textbook, textbook, Direction::encrypt)).find("the same") != std::string::npos);
}

TEST_CASE("A flipped bit of the text is one bit after IP and diverges there", "[viz][compare]") {
    for (unsigned position = 1; position <= 64; ++position) {
        const Comparison c = compare(textbook, with_flipped(textbook, Flipped::text, position), Direction::encrypt);
        CHECK(c.first == 0U);
        CHECK(c.rounds[0].bits() == 1);
        CHECK(c.rounds[16].bits() == c.output_bits());
    }
    const auto text = average_over_flips(textbook, Flipped::text, Direction::encrypt);
    CHECK(text[0] == 1.0);
    CHECK(text[16] > 28.0);
    CHECK(text[16] < 36.0);
    const auto key = average_over_flips(textbook, Flipped::key, Direction::encrypt);
    CHECK(key[0] == 0.0);
    unsigned sum = 0;
    for (unsigned position = 1; position <= 64; ++position) {
        const BlockCase b = with_flipped(textbook, Flipped::key, position);
        sum += static_cast<unsigned>(
            std::popcount(by_openssl(textbook, Direction::encrypt) ^ by_openssl(b, Direction::encrypt)));
    }
    CHECK(key[16] == Approx(sum / 56.0));
}

TEST_CASE("A is the block that the trace has at the step, with its chaining", "[viz][compare]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        for (std::uint64_t message = 1; message <= recording.messages.size(); ++message) {
            for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
                const auto blocks = trace.tree().find(fmt::format("message.{}/{}", message, name(direction)));
                if (!blocks) continue;
                for (std::uint64_t block = 1; block <= trace.tree().child_count(*blocks); ++block) {
                    const auto node = trace.tree().find(
                        fmt::format("message.{}/{}/block.{}/round.3", message, name(direction), block));
                    REQUIRE(node);
                    const auto source = compare_source(trace, *node);
                    REQUIRE(source);
                    CHECK(source->block == node->up_to(Kind::block));
                    const Comparison c = compare(source->what, source->what, source->direction);
                    CHECK(c.output_a == trace.block(*node).trace.output);
                    CHECK(c.rounds[3].right_a == trace.round(*node).right_out);
                    CHECK(by_openssl(source->what, source->direction) == c.output_a);
                }
            }
        }
    }
    const Recording power = samples::power();
    const Trace none(power);
    CHECK_FALSE(compare_source(none, Node{}));
    const Recording one = recording_of(textbook, Direction::decrypt);
    const Trace trace(one);
    CHECK(compare_source(trace, Node{})->what == textbook);
    CHECK(compare_source(trace, Node{})->direction == Direction::decrypt);
}

TEST_CASE("What is typed, flipped and followed is compared, and B keeps its flip", "[viz][compare]") {
    CompareBench bench;
    bench.flip_only(Flipped::key, 3);
    bench.set_a({1, 2}, Direction::decrypt);
    CHECK(bench.comparison().b == with_flipped({1, 2}, Flipped::key, 3));
    const Comparison kept = bench.comparison();
    bench.fields[CompareBench::text_b] = "12";
    bench.refresh();
    CHECK(bench.fault(CompareBench::text_b).find("text B '12'") == 0);
    CHECK(bench.fault(CompareBench::key_b).empty());
    CHECK(bench.comparison().b == kept.b);
    bench.fields[CompareBench::key_a] = "6f:72:63:68-69-64-73-21";
    bench.fields[CompareBench::text_a] = "\"meet at \"";
    bench.fields[CompareBench::text_b] = "0xFFFFFFFF, 0xFFFFFFFF";
    bench.refresh();
    CHECK(bench.comparison().a == BlockCase{0x6F72636869647321, 0x6D65657420617420});
    CHECK(bench.comparison().b.block == ~des::Block{0});
    bench.fields[CompareBench::text_a] = "meet at ";
    bench.refresh();
    CHECK(bench.fault(CompareBench::text_a).ends_with("6D65657420617420: write it in double quotes)"));
    bench.fields[CompareBench::text_a] = "0000000000000002";
    bench.fields[CompareBench::text_b] = "FFFFFFFFFFFFFFFF";
    bench.refresh();
    CHECK(bench.comparison().b.block == ~des::Block{0});
    CHECK(bench.comparison().output_b == by_openssl(bench.comparison().b, Direction::decrypt));
    bench.set_complement();
    CHECK(bench.comparison().output_bits() == 64);
}

TEST_CASE("The comparison's page shows its words uncut and is worked by keys alone", "[viz][compare]") {
    viz::testing::NullWindow window(samples::exchange());
    window.app.go_to("message.1/encrypt/block.2/round.5/sbox.3");
    viz::testing::check_page(window, '5', {"Bit 1 of the text is flipped", "After round 5:"});
    CHECK(window.press(key_of('i')).find("After IP: 1 of 64 bits differ") != std::string::npos);
    CHECK(window.press(Key::up).find("Bit 1 of the key") != std::string::npos);
    for (int i = 0; i < 6; ++i) window.press(key_of('>'));
    CHECK(window.press(key_of('>')).find("Only parity bits") != std::string::npos);
    CHECK(window.press(key_of('c')).find("complementation") != std::string::npos);
    window.press(Key::right);
    window.press(Key::right);
    window.press(Key::enter);
    CHECK(window.address() == "message.1/encrypt/block.2/round.2");
    CHECK(window.app.ui().page == PageName::steps);
    window.press(key_of('5'));
    window.press(key_of('o'));
    CHECK(window.app.session().title == "comparison: B");
    CHECK(window.address() == "message.1/encrypt/block.1/round.2");
}

TEST_CASE("A comparison in a variant bears its mark where the trace is DES since", "[viz][compare]") {
    NullWindow window(samples::variant("rounds=5"));
    window.press(key_of('5'));
    window.press(key_of('e'));
    for (const char32_t digit : std::u32string_view(U"0123456789ABCDEF")) window.app.type(digit);
    window.frame(); // A is no block of the trace any more, and follows it no further
    window.press(Key::escape);
    window.press(key_of('j'));
    window.press(key_of('w'));
    window.press(Key::enter);
    REQUIRE(window.app.session().recording.variant.is_des());
    CHECK(NullWindow::squeezed(window.press(key_of('4'))).find("notDES") == std::string::npos);
    CHECK(NullWindow::squeezed(window.press(key_of('5'))).find("notDES:rounds=5") != std::string::npos);
}

TEST_CASE("The page finds the first step at which two open traces part, and goes there", "[viz][compare]") {
    const Recording first = recording_of(textbook, Direction::encrypt);
    NullWindow window(first);
    window.press(key_of('5'));
    window.press(key_of('s')); // there is no other trace
    CHECK(window.frame().find("Comparing") == std::string::npos);
    window.press(key_of('o')); // B is one
    const TraceComparison expected = compare_traces(first, window.app.session().recording);
    REQUIRE(expected.first);
    window.press(key_of('5'));
    window.press(key_of('s'));
    std::string text;
    REQUIRE(keyhole::testing::wait_until([&] {
        text = NullWindow::squeezed(window.frame());
        return text.find("differinall") != std::string::npos;
    }));
    CHECK(text.find(NullWindow::squeezed(difference_words(expected))) != std::string::npos);
    window.press(key_of('s'));
    CHECK(window.address() == expected.first->address);
}

TEST_CASE("What parts two traces is said in one sentence", "[viz][compare]") {
    CHECK(difference_words(TraceComparison{}) == "no step differs.");
    CHECK(difference_words({.first = StepDifference{"message.1/pad", "padded", "0x01", "0x02"}, .steps = 12}) ==
          "they part at message.1/pad: padded is 0x01 in the first and 0x02 in the second; 12 steps differ in all.");
    CHECK(difference_words({.first = StepDifference{"message.2", "step", "there", "missing"}, .steps = 1}) ==
          "they part at message.2, which is there in the first and missing in the second; 1 step differs in all.");
}
