// Questions about steps: answers by other means than the trace's, hints that keep the answer, courses that do not tire.
#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

#include "core/base/answer.hpp"
#include "core/des/des_keys.hpp"
#include "core/dh/dh.hpp"
#include "core/dh/modexp.hpp"
#include "core/practice/asks.hpp"
#include "core/practice/course.hpp"
#include "core/practice/practice_report.hpp"
#include "core/steps/address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/samples.hpp"

using namespace keyhole;
using namespace keyhole::practice;

namespace {

const std::vector<QuestionKind> all_kinds(every_kind.begin(), every_kind.end());

std::vector<Question> course_of(QuestionKind kind, std::size_t count, std::string_view seed = "test") {
    return make_course({kind}, count, seed);
}

const Datum& given(const Question& question, std::string_view name) {
    for (const Value& value : question.given) {
        if (value.name == name) return value.datum;
    }
    FAIL(question.address << " does not give " << name);
    std::abort();
}

std::uint64_t number(const Question& question, std::string_view name) {
    return number_in(given(question, name))->get_ui();
}

std::uint64_t answer(const Question& question) { return number_in(question.expected)->get_ui(); }

// Every number that stands in a text by itself: decimal, hex after 0x, or six zeros and ones.
std::set<Number> numbers_in(const std::string& text) {
    std::set<Number> out;
    std::string word;
    for (const char c : text + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            word += c;
            continue;
        }
        const bool plain = !word.empty() && word.find_first_not_of("0123456789") == std::string::npos;
        if (word.starts_with("0x")) out.insert(Number(word.substr(2), 16));
        if (plain) out.insert(Number(word, 10));
        if (plain && word.size() == 6 && word.find_first_not_of("01") == std::string::npos) out.insert(Number(word, 2));
        word.clear();
    }
    return out;
}

} // namespace

TEST_CASE("Every kind is asked about, and a course has as many questions as it should", "[practice]") {
    const std::vector<Question> course = make_course(all_kinds, 3 * every_kind.size(), "every kind");
    REQUIRE(course.size() == 3 * every_kind.size());
    std::map<QuestionKind, int> seen;
    for (const Question& question : course) ++seen[question.kind];
    for (const QuestionKind kind : every_kind) CHECK(seen[kind] == 3); // dealt like cards
}

TEST_CASE("What is given leads to the answer, computed by the parts of the standard", "[practice]") {
    for (const Question& q : course_of(QuestionKind::expand, 20))
        CHECK(answer(q) == des::expansion(static_cast<std::uint32_t>(number(q, "right_in"))));
    for (const Question& q : course_of(QuestionKind::mix, 20))
        CHECK(answer(q) == (number(q, "expanded") ^ number(q, "subkey")));
    for (const Question& q : course_of(QuestionKind::permute, 20))
        CHECK(answer(q) == des::permutation(static_cast<std::uint32_t>(number(q, "s_out"))));
    for (const Question& q : course_of(QuestionKind::join, 20))
        CHECK(answer(q) == (number(q, "left_in") ^ number(q, "p_out")));
    for (const Question& q : course_of(QuestionKind::fp, 20))
        CHECK(answer(q) == des::final_permutation(number(q, "preoutput")));
    for (const Question& q : course_of(QuestionKind::ip, 30)) {
        const des::Block all = des::initial_permutation(number(q, "chained"));
        CHECK(answer(q) == (q.ask == "after_ip" ? all : q.ask == "left_out" ? all >> 32 : all & 0xFFFFFFFF));
    }
    std::set<std::string_view> asked;
    for (const Question& q : course_of(QuestionKind::sbox, 60)) {
        asked.insert(q.ask);
        const auto box = static_cast<unsigned>(q.node.last().number);
        const des::SboxTrace s = des::select(box, static_cast<std::uint8_t>(number(q, "input")));
        CHECK(answer(q) == (q.ask == "row" ? s.row : q.ask == "column" ? s.column : s.output));
    }
    CHECK(asked == std::set<std::string_view>{"row", "column", "output"});
    for (const Question& q : course_of(QuestionKind::schedule, 60)) {
        if (q.node.kind() == Kind::schedule) {
            const std::uint64_t cd = des::permuted_choice_1(number(q, "key"));
            CHECK(answer(q) == (q.ask == "c" ? cd >> 28 : cd & 0xFFFFFFF));
        } else if (q.ask == "subkey") {
            CHECK(answer(q) == des::permuted_choice_2(static_cast<std::uint32_t>(number(q, "c")),
                                                      static_cast<std::uint32_t>(number(q, "d"))));
        } else {
            const auto half = static_cast<std::uint32_t>(number(q, q.ask == "c" ? "c_in" : "d_in"));
            CHECK(answer(q) == des::rotate_28(half, static_cast<unsigned>(number(q, "shift"))));
        }
    }
    for (const Question& q : course_of(QuestionKind::parity, 20))
        CHECK(answer(q) == des::with_odd_parity(number(q, "raw")));
    std::set<std::uint64_t> subkeys;
    for (const Question& q : course_of(QuestionKind::weak, 40)) {
        CHECK(answer(q) == des::inspect_key(number(q, "key")).distinct_subkeys);
        subkeys.insert(answer(q));
    }
    CHECK(subkeys == std::set<std::uint64_t>{1, 2, 4, 16});
}

TEST_CASE("Messages and Diffie-Hellman are asked about with their own numbers", "[practice]") {
    for (const Question& q : course_of(QuestionKind::pad, 60)) {
        if (q.node.kind() == Kind::pad) {
            const std::uint64_t length = number(q, "length"), added = 8 - length % 8;
            CHECK(answer(q) == (q.ask == "padded_length" ? length + added
                                : q.ask == "blocks"      ? (length + added) / 8
                                                         : added));
        } else {
            const auto& padded = std::get<Octets>(given(q, "padded")).view;
            CHECK(answer(q) == (q.ask == "length" ? padded.size() - padded.back() : padded.back()));
        }
    }
    for (const Question& q : course_of(QuestionKind::chain, 40)) {
        const bool stream = std::ranges::any_of(q.given, [](const Value& v) { return v.name == "key_stream"; });
        const std::uint64_t with = stream ? number(q, "key_stream") : number(q, "previous");
        const std::uint64_t what = q.ask == "chained" || stream ? number(q, "input") : number(q, "output");
        CHECK(answer(q) == (what ^ with));
    }
    for (const Question& q : course_of(QuestionKind::modexp, 40)) {
        const Number m(number(q, "modulus"));
        const Number made = q.ask == "squared" ? Number(number(q, "before")) * Number(number(q, "before"))
                                               : Number(number(q, "squared")) * Number(number(q, "base"));
        CHECK(Number(answer(q)) == made % m);
    }
    for (const QuestionKind kind : {QuestionKind::public_key, QuestionKind::shared}) {
        for (const Question& q : course_of(kind, 40)) {
            const Number exponent(number(q, "exponent"));
            if (q.ask == "squarings")
                CHECK(answer(q) == bit_length(exponent));
            else if (q.ask == "multiplications")
                CHECK(answer(q) == mpz_popcount(exponent.get_mpz_t()));
            else
                CHECK(Number(answer(q)) == power_modulo(number(q, "base"), exponent, number(q, "modulus")));
        }
    }
    for (const Question& q : course_of(QuestionKind::derive, 40)) {
        const bool hashed = std::get<Word>(given(q, "kdf")).text == "sha256";
        const des::Block raw = hashed ? load_block(std::get<Octets>(given(q, "digest")).view) : number(q, "secret");
        CHECK(answer(q) == (q.ask == "raw" ? raw : des::with_odd_parity(raw)));
    }
}

TEST_CASE("Orders are those of the standard, and what does not belong there is left out", "[practice][order]") {
    bool round = false, block = false;
    for (const Question& q : course_of(QuestionKind::order, 40)) {
        std::vector<std::string> words;
        for (const char c : expected_text(q)) {
            if (c != ' ') words.emplace_back(q.parts.at(static_cast<std::size_t>(c - '1')).word);
        }
        const bool of_round = q.node.kind() == Kind::round;
        (of_round ? round : block) = true;
        CHECK(words == (of_round ? std::vector<std::string>{"expand", "mix", "sbox", "permute", "join"}
                                 : std::vector<std::string>{"ip", "round.1", "round.16", "swap", "fp"}));
        CHECK(q.parts.size() > words.size());
        CHECK(judge(q, expected_text(q)) == Verdict::right);
        CHECK(judge(q, fmt::format("{}", fmt::join(words, ", "))) == Verdict::right);
        CHECK(judge(q, "1 2 3 4 5 6") == Verdict::wrong);
        CHECK(judge(q, "E, then P") == Verdict::unreadable);
    }
    CHECK((round && block));
}

TEST_CASE("A rule quotes the numbers of its question and never tells the answer", "[practice]") {
    for (const std::string seed : {"a", "b", "c"}) {
        for (const Question& q : make_course(all_kinds, 10 * every_kind.size(), seed)) {
            CAPTURE(q.address, q.ask, q.rule);
            CHECK(q.rule.size() > 20);
            if (q.is_order()) continue;
            CHECK_FALSE(numbers_in(q.rule).contains(*number_in(q.expected)));
        }
    }
}

TEST_CASE("A course is the same for the same seed only, and no two questions alike follow each other", "[practice]") {
    for (const auto& kinds : {all_kinds, kinds_of(Topic::dh), read_kinds("sbox,mix", Topic::all)}) {
        const auto first = make_course(kinds, 60, "seed"), again = make_course(kinds, 60, "seed");
        const auto other = make_course(kinds, 60, "another");
        std::size_t differ = 0;
        for (std::size_t i = 0; i < first.size(); ++i) {
            CHECK(question_json(i, first[i]) == question_json(i, again[i]));
            differ += question_json(i, first[i]) != question_json(i, other[i]) ? 1 : 0;
            if (i > 0) CHECK(first[i].kind != first[i - 1].kind);
        }
        CHECK(differ > 50);
    }
    for (const QuestionKind kind : every_kind) {
        const auto course = course_of(kind, 30);
        for (std::size_t i = 1; i < course.size(); ++i) CHECK_FALSE(same(course[i], course[i - 1]));
    }
}

TEST_CASE("Answers are compared as numbers in hex, bits and decimal", "[practice][answer]") {
    const auto read = [](std::string_view text, unsigned bits, bool hex) {
        return readings_of_answer(text, bits, hex);
    };
    CHECK(read("0xC", 4, false) == std::vector<Number>{12});
    CHECK(read(" 0b1100 ", 4, false) == std::vector<Number>{12});
    CHECK(read("1100", 4, false) == std::vector<Number>{12});
    CHECK(read("12", 4, false) == std::vector<Number>{12});
    CHECK(read("c", 4, false) == std::vector<Number>{12});
    CHECK(read("10", 4, false) == std::vector<Number>{10});
    CHECK(read("10", 2, false) == std::vector<Number>{2});
    CHECK(read("12", 32, true) == std::vector<Number>{12, 18});
    CHECK(read("7A:4C 55-89", 32, true) == std::vector<Number>{0x7A4C5589});
    CHECK(read("0x7A, 0x4C, 0x55, 0x89", 32, true) == std::vector<Number>{0x7A4C5589});
    CHECK(read("011110 100001 010101", 18, true) == std::vector<Number>{0b011110100001010101});
    CHECK(read("4294967296", 32, true).front() == Number("4294967296"));
    for (const std::string_view none : {"", "  ", "-5", "0x", "banana", "0x1G", "12;", "seven", "\xFF\xFE"})
        CHECK(read(none, 8, true).empty());
    for (const std::string_view none : {"0b", "0b12"}) CHECK(read(none, 4, false).empty());
    CHECK(read("0b12", 32, true) == std::vector<Number>{0xB12});
    CHECK(read(std::string(5000, '1'), 8, true).empty());
    CHECK(read(std::string_view("12\0", 3), 8, true).empty());
    const Question q = course_of(QuestionKind::mix, 1).front();
    const std::uint64_t value = answer(q);
    for (const std::string& text :
         {fmt::format("0x{:X}", value), fmt::format("{:012x}", value), fmt::format("{:048b}", value),
          fmt::format("0b{:b}", value), fmt::format("{}", value)}) {
        CHECK(judge(q, text) == Verdict::right);
    }
    CHECK(judge(q, fmt::format("0x{:X}", value ^ 1)) == Verdict::wrong);
    CHECK(judge(q, "what?") == Verdict::unreadable);
}

TEST_CASE("Two tries a question, and the score counts them", "[practice]") {
    PracticeSession session(make_course(read_kinds("sbox,permute,fp", Topic::des), 6, "score"));
    const auto right = [&] { return expected_text(session.question()); };
    CHECK(session.answer(right(), 1.5).decided);                    // 1: at first
    CHECK_FALSE(session.answer("0xFFFFFFFFFFFFFFFFFF", 1).decided); // 2: at second
    CHECK(session.missed());
    CHECK(session.answer(right(), 2).verdict == Verdict::right);
    CHECK_FALSE(session.answer("", 1).decided); // 3: wrong
    CHECK(session.answer("?", 1).decided);
    CHECK_FALSE(session.leave(1)); // 4: no answer yet
    CHECK(score_text(session.score()) == "2 right, 1 wrong");
    CHECK(session.score().at_first == 1);
    CHECK_FALSE(session.answer("=1+1,\"x\"", 1).decided);
    CHECK(session.leave(3.14)); // given up after a miss
    CHECK(score_text(session.score()) == "2 right, 2 wrong");
    std::size_t sum = 0;
    for (const QuestionKind kind : session.kinds()) sum += session.score(kind).all();
    CHECK(sum == 4);
    const std::string csv = report_csv(session);
    CHECK(csv.starts_with("question,kind,address,ask,answer,expected,right,tries,seconds\r\n1,"));
    CHECK(csv.find(",'\"\"") == std::string::npos);
    CHECK(csv.find("\"'=1+1,\"\"x\"\"\"") != std::string::npos);
    CHECK(csv.ends_with(",false,1,3.1\r\n"));
}

TEST_CASE("A list of kinds names kinds of its topic", "[practice]") {
    CHECK(read_kinds("", Topic::dh) == kinds_of(Topic::dh));
    CHECK(read_kinds("SBOX, ip,sbox", Topic::des) == std::vector{QuestionKind::ip, QuestionKind::sbox});
    CHECK(testing::refusal_of([] { read_kinds("sbx", Topic::all); }).find("did you mean sbox?") != std::string::npos);
    CHECK(testing::refusal_of([] { read_kinds("modexp", Topic::des); }).find("belongs to dh") != std::string::npos);
    CHECK_FALSE(testing::refusal_of([] { read_kinds(", ,", Topic::all); }).empty());
}

TEST_CASE("Any trace can be asked about at any step, and only what a person can work out", "[practice]") {
    for (const Recording& recording : samples::all()) {
        const Trace trace(recording);
        const StepTree& tree = trace.tree();
        std::uint64_t n = 1;
        for (; n <= std::min<std::uint64_t>(tree.total(), 3000); ++n) {
            const Node node = tree.at_number(n);
            const Step step = trace.step(node);
            for (const Question& q : questions_at(trace, node)) {
                CAPTURE(q.address, q.ask);
                CHECK(std::ranges::find(step.values, q.ask, &Value::name) != step.values.end());
                CHECK(q.address == address(node));
                CHECK(q.bits > 0);
                CHECK(judge(q, expected_text(q)) == Verdict::right);
            }
        }
    }
}

TEST_CASE("A course in a variant of DES asks about what is there, and knows its answers", "[practice][variant]") {
    for (const char* list : {"rounds=3", "no-ip", "no-p", "no-swap", "same-subkeys", "no-shifts", "sbox1=linear"}) {
        INFO(list);
        const des::Variant variant = des::parse_variant(list);
        std::set<QuestionKind> asked;
        for (const Question& q : make_course(all_kinds, 3 * every_kind.size(), "variant", variant)) {
            INFO(q.address << " " << q.ask);
            asked.insert(q.kind);
            CHECK(judge(q, expected_text(q)) == Verdict::right);
            const auto round = q.address.find("/round.");
            if (round != std::string::npos && !q.address.starts_with("schedule") && q.address.starts_with("message"))
                CHECK(std::stoul(q.address.substr(round + 7)) <= variant.rounds);
        }
        CHECK(asked.contains(QuestionKind::ip) == variant.has_ip);
        CHECK(asked.contains(QuestionKind::permute) == variant.has_p);
        CHECK(asked.contains(QuestionKind::sbox));
    }
    CHECK_THROWS_AS(make_course({QuestionKind::ip, QuestionKind::fp}, 3, "variant", des::parse_variant("no-ip")),
                    Error);
}
