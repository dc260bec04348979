// Every step of every kind of trace: values, words and an untraced computation agree.
#include <regex>
#include <set>
#include <sstream>

#include "core/des/des_tables.hpp"
#include "core/steps/address.hpp"
#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;

namespace {

// All spellings in which an explanation may quote one of the step's values.
std::set<std::string> spellings(const Step& step) {
    std::set<std::string> out;
    for (const Value& value : step.values) {
        out.insert(full_text(value.datum));
        out.insert(prefixed_hex(value.datum));
        out.insert(decimal_text(value.datum));
        if (const auto* bits = std::get_if<Bits>(&value.datum)) out.insert(plain_binary(*bits));
        if (const auto* big = std::get_if<BigValue>(&value.datum)) {
            const std::string brief = short_text(*big);
            out.insert(brief.substr(0, brief.find(' '))); // without its size in brackets, which is another number
            out.insert(std::to_string(bit_length(big->number)));
        }
        if (const auto* word = std::get_if<Word>(&value.datum)) {
            std::istringstream groups(word->text);
            for (std::string group; groups >> group;) out.insert(group);
        }
        if (const auto* octets = std::get_if<Octets>(&value.datum)) out.insert(short_text(*octets));
    }
    return out;
}

// Numbers of the standards' own, which stand in the words of every step of a kind; and the places the address names.
std::set<std::string> constants(const Node& node) {
    std::set<std::string> out = {"1", "2", "3", "4", "8", "32", "48", "56", "64"};
    for (std::size_t i = 0; i < node.depth(); ++i) {
        const std::uint64_t n = node.part(i).number;
        out.insert(std::to_string(n));
        if (node.part(i).kind == Kind::sbox) out.insert({std::to_string(6 * n - 5), std::to_string(6 * n)});
    }
    return out;
}

std::string without_names(std::string text) {
    for (const char* name : {"SHA-256", "UTF-8", "PKCS#7", "ISO 7816-4", "2\\.\\.p-2", "\\(p-1\\)/2"}) {
        text = std::regex_replace(text, std::regex(name), "");
    }
    return text;
}

void check_words(const Step& step, std::string text) {
    const std::set<std::string> quotable = spellings(step);
    const std::set<std::string> allowed = constants(step.node);
    const auto check = [&](const std::regex& pattern, bool constants_too) {
        for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it) {
            const std::string token = it->str();
            INFO("'" << token << "' in: " << text);
            REQUIRE((quotable.count(token) == 1 || (constants_too && allowed.count(token) == 1)));
        }
        text = std::regex_replace(text, pattern, " ");
    };
    check(std::regex("\"[^\"]*\""), false);
    check(std::regex("0x[0-9A-F]+(\\.\\.[0-9A-F]*)?"), false);
    text = without_names(text);
    check(std::regex("\\b[0-9]+\\b"), true);
}

} // namespace

TEST_CASE("Every step has a heading, a summary, values and words that quote only its own values", "[steps]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        for (std::optional<Node> node = trace.tree().at_number(1); node; node = trace.tree().next(*node)) {
            const Step step = trace.step(*node);
            INFO(step.address);
            REQUIRE(step.address == address(*node));
            REQUIRE_FALSE(step.title.empty());
            REQUIRE_FALSE(step.summary.empty());
            REQUIRE(step.summary.find('\n') == std::string::npos);
            REQUIRE(step.explanation.size() > 40);
            REQUIRE(step.explanation.find('\n') == std::string::npos);
            const bool has_values = !step.values.empty();
            REQUIRE(has_values == (step.node.kind() != Kind::connect));
            check_words(step, step.explanation);
        }
    }
}

TEST_CASE("Traced equals untraced in every block, round and exponent bit", "[steps]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        for (std::optional<Node> node = trace.tree().at_number(1); node; node = trace.tree().next(*node)) {
            INFO(address(*node));
            if (node->kind() == Kind::block) {
                const Pass& pass = trace.pass(*node);
                const BlockRun& run = trace.block(*node);
                REQUIRE(run.trace.output == des::crypt(run.trace.input, pass.schedule, pass.cipher_direction()));
                Pass back = pass;
                back.input = pass.output;
                REQUIRE(run.output == back.segment(node->last().number));
            } else if (trace.tree().child_count(*node) > 0 && trace.tree().child(*node, 0).kind() == Kind::bit) {
                const PowerRecord& p = trace.power(*node);
                const PowerTrace t = trace_power(p.base(), p.exponent(), p.modulus());
                REQUIRE(p.result() == t.result);
                REQUIRE(t.steps.back().result() == t.result);
                REQUIRE(p.step_count() == t.steps.size());
                for (std::size_t n = 1; n <= p.step_count(); ++n) REQUIRE(p.step(n) == t.steps[n - 1]);
            }
        }
    }
}

TEST_CASE("A short number among long ones is quoted by its own digits", "[steps]") {
    CHECK(short_text(BigValue{Number(1) << 40U, 2048}) == "1099511627776");
    CHECK(short_text(BigValue{Number(1) << 64U, 2048}) == "0x010000000000000000");
    CHECK(short_text(BigValue{Number(1) << 128U, 2048}) == "0x01000000..00000000 (129 bits)");
    CHECK(short_text(BigValue{(Number(1) << 2047U) + 1, 2048}) == "0x80000000..00000001");
    CHECK(short_text(BigValue{(Number(1) << 1990U) + 1, 2048}) == "0x40000000..00000001");
}

TEST_CASE("The S-box words are those of the textbook's round 5", "[steps]") {
    const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = Mode::ecb, .padding = Padding::none};
    const Recording recording = record_des(settings, Direction::encrypt, 0, block_bytes(0x0123456789ABCDEF));
    const Trace trace(recording);
    const Step step = trace.step(trace.tree().at("message.1/encrypt/block.1/round.5/sbox.3"));
    REQUIRE(step.title == "S-box 3");
    REQUIRE(step.summary == "010100 → row 0, column 10 → 12 = 1100");
    REQUIRE_THAT(step.explanation,
                 Catch::StartsWith("S-box 3 reads 010100, bits 13 to 18 of the mixed value: the outer bits 00 "
                                   "choose row 0, the inner bits 1010 choose column 10, so it gives 12 = 1100."));
    // True of the standard's tables, and said so: a row is a permutation, so no output tells its input.
    for (const auto& box : des::s_boxes) {
        for (const auto& row : box) REQUIRE(std::set<unsigned>(row.begin(), row.end()).size() == 16);
    }
    REQUIRE(step.explanation.find("Each row holds every number of four bits once") != std::string::npos);
}

TEST_CASE("A message's words tell its place in the conversation from its sequence number", "[steps]") {
    Recording recording = samples::exchange();
    REQUIRE(recording.messages.size() > 1);
    recording.messages[1].seq = 1;
    const Trace trace(recording);
    const std::string words = trace.step(trace.tree().at("message.2")).explanation;
    CHECK(words.find("Message 2 of the conversation goes from the ") == 0);
    CHECK(words.find("it has the sequence number 1, for each side counts only what it sends itself") !=
          std::string::npos);
}

TEST_CASE("A message that waits to be deciphered is not called refused, one that was refused is", "[steps]") {
    Recording recording = samples::exchange();
    recording.messages[0].sent.reset();
    ReceivedMessage& received = *recording.messages[0].received;
    received.plaintext.reset();
    const auto summary = [&] {
        const Trace trace(recording);
        return trace.step(trace.tree().at("message.1")).summary;
    };
    CHECK(summary().find("what it says was refused") != std::string::npos);
    received.padded.clear();
    CHECK(summary().find("what it says is not deciphered yet") != std::string::npos);
}
