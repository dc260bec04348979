// Helpers of the key search beside its threads: they share the chunks, may fail at any time, and no key is lost by it.
#include <atomic>

#include "core/attack/key_search_run.hpp"
#include "core/base/error.hpp"
#include "core/des/des_keys.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using bitslice::Level;
using des::Block;

namespace {

constexpr Block plain = 0x0123456789ABCDEF;

// Searches as a card does, on the CPU, `good` times; then it fails.
class Helper final : public ChunkSearcher {
  public:
    Helper(const KeySearch& search, std::uint64_t wish, unsigned good, bool gets_ready = true)
        : search_(search), wish_(wish), good_(good), gets_ready_(gets_ready) {}

    std::string name() const override { return "a helper"; }
    void prepare(const std::function<bool()>&) override {
        if (!gets_ready_) throw io_error("it does not get ready");
    }
    std::uint64_t wish() const override { return wish_; }
    Keys search(std::uint64_t from, std::uint64_t to) override {
        if (from >= to || to - from > wish_) misused = true;
        if (good_ == 0) throw io_error("it fails");
        --good_;
        Keys keys;
        for (std::uint64_t chunk = from; chunk < to; ++chunk) {
            auto found = search_.search_chunk(chunk, Level::portable);
            if (!found.empty()) keys[chunk] = std::move(found);
        }
        searched += to - from;
        return keys;
    }

    std::atomic<std::uint64_t> searched = 0;
    std::atomic<bool> misused = false;

  private:
    const KeySearch& search_;
    const std::uint64_t wish_;
    unsigned good_;
    const bool gets_ready_;
};

// The key is the last one: nothing may be left out before it.
KeySearchQuestion question() {
    KeySearchQuestion asked;
    asked.unknown = lowest_key_bits(19);
    const Block key = des::with_odd_parity((0x133457799BBCDFF1 & ~asked.unknown) | asked.unknown);
    asked.pair = {plain, des::crypt(plain, des::key_schedule(key))};
    asked.known_key = key;
    return asked;
}

struct Outcome {
    KeySearchState state;
    std::vector<std::string> left_out;
};

Outcome run(const KeySearch& search, unsigned threads, std::vector<ChunkSearcher*> helpers, KeySearchState from) {
    Outcome outcome;
    KeySearchOptions options{.threads = threads, .level = Level::portable, .interval_ms = 5, .progress = {}};
    options.helpers = std::move(helpers);
    options.left_out = [&](const ChunkSearcher& helper, const std::string& why) {
        outcome.left_out.push_back(helper.name() + ": " + why);
    };
    outcome.state = run_key_search(search, std::move(from), options);
    return outcome;
}

constexpr unsigned always = ~0U;

} // namespace

TEST_CASE("A helper searches alone, or beside threads", "[search]") {
    const KeySearch search(question());
    for (const unsigned threads : {0U, 1U, 3U}) {
        Helper one(search, 7, always), two(search, 1000, always);
        const Outcome outcome = run(search, threads, {&one, &two}, fresh_state(search));
        CHECK(outcome.state.found ==
              std::vector<Block>{des::with_odd_parity(search.question().known_key | lowest_key_bits(19))});
        CHECK(outcome.left_out.empty());
        CHECK_FALSE((one.misused || two.misused));
        if (threads == 0) CHECK(one.searched + two.searched == search.end_chunk());
    }
}

TEST_CASE("A helper that fails is left out, and what it had is searched by others", "[search]") {
    const KeySearch search(question());
    for (const unsigned good : {0U, 1U, 2U, 5U}) {
        for (const unsigned threads : {0U, 1U, 2U}) {
            for (const std::uint64_t wish : {1U, 50U, 100000U}) {
                Helper failing(search, wish, good), sound(search, 3, always);
                std::vector<ChunkSearcher*> helpers = {&failing};
                if (threads == 0) helpers.push_back(&sound);
                CAPTURE(good, threads, wish);
                const Outcome outcome = run(search, threads, helpers, fresh_state(search));
                REQUIRE(outcome.state.found.size() == 1);
                REQUIRE(outcome.left_out.size() <= 1);
            }
        }
    }
    Helper never_ready(search, 5, always, false);
    const Outcome outcome = run(search, 1, {&never_ready}, fresh_state(search));
    CHECK(outcome.state.found.size() == 1);
    CHECK(outcome.left_out == std::vector<std::string>{"a helper: it does not get ready"});
}

TEST_CASE("Where all helpers failed and there is no thread, the search says so and can go on", "[search]") {
    const KeySearch search(question());
    Helper failing(search, 10, 4);
    const Outcome outcome = run(search, 0, {&failing}, fresh_state(search));
    CHECK(outcome.left_out == std::vector<std::string>{"a helper: it fails"});
    CHECK_FALSE(finished(search, outcome.state));
    CHECK(outcome.state.next_chunk == search.first_chunk() + 40);
    CHECK(run(search, 1, {}, outcome.state).state.found.size() == 1);
}

TEST_CASE("A stopped search with helpers goes on without them, and the other way round", "[search]") {
    const KeySearch search(question());
    KeySearchState state = fresh_state(search);
    unsigned turns = 0;
    while (!finished(search, state)) {
        Helper helper(search, 3, turns % 5);
        KeySearchOptions options{.threads = turns % 3, .level = Level::portable, .interval_ms = 1, .progress = {}};
        options.progress = [](const KeySearchState&) { return false; };
        if (options.threads == 0 || turns % 2 == 0) options.helpers = {&helper};
        const std::uint64_t before = state.next_chunk;
        state = run_key_search(search, state, options);
        REQUIRE(state.next_chunk >= before);
        REQUIRE(++turns < 100000);
    }
    CHECK(state.found.size() == 1);
}
