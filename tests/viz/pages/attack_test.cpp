// The attack: what is on the wire, the search, the logarithm, the opened conversation, and its page on a null backend.
#include <cmath>

#include "core/attack/search_times.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/samples.hpp"
#include "tests/support/wait.hpp"
#include "viz/pages/attack/attack_work.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

void wait_for(Attack& attack) {
    REQUIRE(keyhole::testing::wait_until([&] {
        attack.poll();
        return attack.work() == Attack::Work::none;
    }));
}

std::string text_of(const MessageRecord& m) { return {m.sent->plaintext.begin(), m.sent->plaintext.end()}; }

} // namespace

TEST_CASE("Long times are told in years as long as those can be read", "[viz][attack]") {
    CHECK(long_span_of_time(std::log2(31557600.0 * 8000)) == "8000 years");
    CHECK(long_span_of_time(std::log2(31557600.0 * 141004)) == "10^5 years");
    CHECK(long_span_of_time(-20) == "under 0.1 ms");
}

TEST_CASE("A search over unknown key bits finds the session key and opens every message", "[viz][attack]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        const Recording recording = samples::exchange(mode);
        const Trace trace(recording);
        Attack attack(trace);
        wait_for(attack);
        CHECK(attack.rates().keys.median > 0);
        attack.set_bits(12);
        attack.start_search();
        wait_for(attack);
        INFO(attack.words());
        REQUIRE(attack.found_key());
        CHECK(*attack.found_key() == *session_key(recording, Role::client));
        REQUIRE(attack.opened().size() == recording.messages.size());
        for (std::size_t i = 0; i < recording.messages.size(); ++i) {
            CHECK(attack.opened()[i].reads);
            CHECK(attack.opened()[i].text == text_of(recording.messages[i]));
        }
    }
}

TEST_CASE("With a wrong key the conversation does not read", "[viz][attack]") {
    const Recording recording = samples::exchange(Mode::cbc);
    const auto opened = open_messages(recording, *session_key(recording, Role::client) ^ 0x1000000000000000, 10);
    REQUIRE(opened.size() == recording.messages.size());
    for (const OpenedMessage& m : opened) CHECK(m.text != text_of(recording.messages[m.number - 1]));
}

TEST_CASE("In a toy group the discrete logarithm opens the session from the wire alone", "[viz][attack]") {
    Recording recording = samples::exchange(Mode::cbc, dh::Kdf::sha256, "toy23");
    const des::Block key = *session_key(recording, Role::client);
    // Whatever only the two sides know is taken away first.
    for (PartyRecord& party : recording.parties) party.private_key = party.shared = std::nullopt;
    for (PartyRecord& party : recording.parties) party.derived = false;
    const Trace trace(recording);
    Attack attack(trace);
    wait_for(attack);
    CHECK_FALSE(attack.target().why_no_search.empty());
    attack.start_log();
    wait_for(attack);
    INFO(attack.words());
    REQUIRE(attack.found_key());
    CHECK(*attack.found_key() == key);
    CHECK(attack.opened().front().text == text_of(recording.messages.front()));
}

TEST_CASE("The logarithm of a large group is refused with the time that it would take", "[viz][attack]") {
    const Recording recording = samples::exchange(Mode::cbc, dh::Kdf::sha256, "modp768");
    const Trace trace(recording);
    Attack attack(trace);
    wait_for(attack);
    attack.start_log();
    wait_for(attack);
    CHECK(attack.failed());
    CHECK(attack.words().find("years") != std::string::npos);
    CHECK_FALSE(attack.found_key());
}

TEST_CASE("A workbench's message is searched, and has no logarithm", "[viz][attack]") {
    const Recording recording = samples::workbench(Direction::decrypt, Mode::cbc, 20);
    const Trace trace(recording);
    Attack attack(trace);
    wait_for(attack);
    CHECK_FALSE(attack.target().why_no_log.empty());
    attack.start_log();
    CHECK(attack.work() == Attack::Work::none);
    attack.set_bits(9);
    attack.start_search();
    wait_for(attack);
    REQUIRE(attack.found_key());
    CHECK((*attack.found_key() | parity_mask) == (recording.des->key | parity_mask));
}

TEST_CASE("A running search is cancelled", "[viz][attack]") {
    const Recording recording = samples::exchange(Mode::cbc);
    const Trace trace(recording);
    Attack attack(trace);
    wait_for(attack);
    attack.set_bits(99);
    CHECK(attack.bits() == 56);
    attack.start_search();
    attack.cancel();
    wait_for(attack);
    CHECK_FALSE(attack.failed());
    CHECK(attack.words().find("stopped") != std::string::npos);
}

TEST_CASE("The attack's page shows its words uncut and works by keys", "[viz][attack]") {
    viz::testing::NullWindow window(samples::exchange(Mode::cbc, dh::Kdf::sha256, "toy23"));
    viz::testing::check_page(window, '6', {"p = 23, g = 5"});
    const auto nothing_is_due = [&] {
        window.frame();
        return !window.app.due();
    };
    REQUIRE(keyhole::testing::wait_until(nothing_is_due));
    window.press(key_of('a'));
    REQUIRE(keyhole::testing::wait_until(nothing_is_due));
    const std::string text = window.frame();
    CHECK(text.find("The eavesdropper has the key") != std::string::npos);
    CHECK(text.find("\u201CThis is a message\u201D") != std::string::npos);
}

TEST_CASE("A logarithm that is asked for while the rates are measured comes after that", "[viz][attack]") {
    const Recording recording = samples::exchange(Mode::cbc, dh::Kdf::sha256, "toy23");
    const Trace trace(recording);
    Attack attack(trace);
    REQUIRE(attack.work() == Attack::Work::measure);
    attack.start_log();
    CHECK(attack.work() == Attack::Work::measure);
    wait_for(attack);
    CHECK(attack.found_exponent());
}

TEST_CASE("The times reach from a toy to real groups and tell what ran from what is reckoned", "[viz][attack]") {
    using Source = AttackTime::Source;
    AttackQuestion question{.rates = {.keys = {1e9, 1e9, 1e9},
                                      .operations = {1e6, 1e6, 1e6},
                                      .by_size = {{64, 1e8}, {2048, 1e6}},
                                      .cores = 2},
                            .key_bits = 30,
                            .group_bits = 2048,
                            .own_bits = 5,
                            .own_log2_operations = 3,
                            .search = {},
                            .logarithm = {}};
    const auto find = [&](std::string_view word) {
        for (const AttackTime& time : attack_times(question)) {
            if (time.name.find(word) != std::string::npos) return std::optional(time);
        }
        return std::optional<AttackTime>();
    };
    const auto rho = find("2048 bits, Pollard"), sieve = find("2048 bits, number field sieve");
    REQUIRE((rho && sieve));
    CHECK(rho->log2_seconds == Approx(1024 - std::log2(1e6)));
    CHECK(sieve->log2_seconds < rho->log2_seconds);
    // Published is the record's work; what the cores here would take for it is reckoned.
    CHECK(find("its record, as one core")->source == Source::published);
    CHECK(find("its record, as one core")->log2_seconds == Approx(std::log2(record_core_years * 31557600)));
    CHECK(find("795 bits, number field sieve, from its record, 2 cores")->source == Source::reckoned);
    CHECK(find("record, 2 cores")->log2_seconds == Approx(sieve->log2_seconds));
    CHECK(find("795 bits, number field sieve, from")->log2_seconds ==
          Approx(std::log2(record_core_years * 31557600) - 1));
    CHECK_FALSE(find("the search"));
    question.search = AttackRun{.bits = 20, .seconds = 0.5, .finished = true};
    CHECK(find("the search")->source == Source::ran);
    CHECK(find("the search")->log2_seconds == Approx(-1));
    // A card that was measured has its own place; one that was not has none.
    CHECK_FALSE(find("a card"));
    question.rates.cards = {{{1, cards::DeviceKind::gpu, "a card"}, 1e12}, {{2, cards::DeviceKind::gpu, "another"}, 0}};
    CHECK(find("30 unknown bits, a card")->log2_seconds == Approx(30 - std::log2(1e12)));
    CHECK(find("all 56 bits, a card")->source == Source::reckoned);
    CHECK_FALSE(find("another"));
    CHECK(device_words(AttackDevices::cpu, question.rates.cards, 1) == "1 core");
    CHECK(device_words(AttackDevices::both, question.rates.cards, 2) == "2 cores, a card and another");
    CHECK(device_words(AttackDevices::cards, question.rates.cards, 2) == "a card and another");
    question.group_bits = 512; // below the record nothing is reckoned from it
    CHECK_FALSE(find("512 bits, number field sieve"));
    CHECK(operations_at(question.rates.by_size, 32) == 1e8);
    CHECK(operations_at(question.rates.by_size, 362.04) == Approx(1e7).epsilon(0.01));
    CHECK(operations_at(question.rates.by_size, 8192) == 1e6);
    CHECK(sieve_log2_core_years(record_bits) == Approx(std::log2(record_core_years)));
}

TEST_CASE("A long message is opened by its beginning and its last block alone", "[viz][attack]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const std::size_t length : {151U, 152U, 159U, 160U, 161U, 168U, 169U, 1000U}) {
            const DesSettings settings{.key = 0x133457799BBCDFF1, .mode = mode, .padding = Padding::pkcs7};
            const Recording recording = record_des(settings, Direction::encrypt, 7, Bytes(length, 'a'));
            INFO(length);
            const auto opened = open_messages(recording, settings.key, 10);
            REQUIRE(opened.size() == 1);
            CHECK(opened[0].reads);
            CHECK(opened[0].text.substr(0, 140) == std::string(140, 'a'));
            CHECK_FALSE(open_messages(recording, settings.key ^ 0x40, 10)[0].text == opened[0].text);
        }
    }
}
