// The kernel of a graphics card: its gates are the CPU's, its layout holds every key once, and on an OpenCL device that
// is here (pocl in CI) it finds keys in every lane, at every edge, for both targets, and nothing where there is
// nothing. A kernel with one wrong gate is caught before it searches.
#include <algorithm>
#include <set>

#include "core/attack/cards/card.hpp"
#include "core/attack/cards/card_handle.hpp"
#include "core/attack/cards/card_program.hpp"
#include "core/attack/cards/self_test.hpp"
#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "core/des/des_keys.hpp"
#include "core/fast/bitslice/engine.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using namespace keyhole::cards;
using des::Block;

namespace {

constexpr Block plain = 0x0123456789ABCDEF, some_key = 0x133457799BBCDFF1;
// One layout for most searches here: a driver that compiles it once has it for all.
constexpr unsigned few_bits = 22;

KeySearchQuestion question(Block key, unsigned bits = few_bits) {
    KeySearchQuestion asked;
    asked.pair = {plain, des::crypt(plain, des::key_schedule(key))};
    asked.known_key = key;
    asked.unknown = lowest_key_bits(bits);
    return asked;
}

// The key of that chunk and index of a search whose known bits are those of some_key.
Block key_at(const KeySearch& search, std::uint64_t chunk, std::uint32_t index) {
    std::uint64_t cd = search.known_bits();
    for (unsigned i = 0; i < search.positions().size(); ++i) {
        const bool one = i < search.chunk_bits() ? index >> i & 1 : chunk >> (i - search.chunk_bits()) & 1;
        if (one) cd |= std::uint64_t{1} << (55 - search.positions()[i]);
    }
    return des::with_odd_parity(des::undo_permuted_choice_1(cd));
}

// An expression of kernel_source on truth tables of a, b and c.
class Evaluator {
  public:
    explicit Evaluator(std::string_view text) : rest_(text) {}

    unsigned whole() {
        const unsigned value = term();
        CHECK(rest_.empty());
        return value & 0xFF;
    }

  private:
    bool take(std::string_view word) {
        if (rest_.substr(0, word.size()) != word) return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    unsigned term() {
        if (take("~")) return ~term();
        if (take("0u")) return 0;
        if (take("bitselect(")) {
            const unsigned zero = term();
            CHECK(take(", "));
            const unsigned one = term();
            CHECK(take(", "));
            const unsigned by = term();
            CHECK(take(")"));
            return (zero & ~by) | (one & by);
        }
        if (take("(")) {
            const unsigned left = term();
            const bool all = take(" & "), any = !all && take(" | ");
            if (!all && !any) CHECK(take(" ^ "));
            const unsigned right = term();
            CHECK(take(")"));
            return all ? left & right : any ? left | right : left ^ right;
        }
        const unsigned tables[] = {0xF0, 0xCC, 0xAA};
        const auto name = static_cast<std::size_t>(rest_.empty() ? 3 : rest_.front() - 'a');
        REQUIRE(name < 3);
        rest_.remove_prefix(1);
        return tables[name];
    }

    std::string_view rest_;
};

std::uint8_t run(const CardCircuit& circuit, unsigned input) {
    std::vector<unsigned> value;
    for (unsigned i = 0; i < 6; ++i) value.push_back(input >> (5 - i) & 1);
    for (const CardGate& gate : circuit.gates)
        value.push_back(gate.function >> (4 * value[gate.a] + 2 * value[gate.b] + value[gate.c]) & 1U);
    unsigned output = 0;
    for (const std::uint8_t entry : circuit.outputs) output = output << 1 | value[entry];
    return static_cast<std::uint8_t>(output);
}

bool same(const CardCircuit& one, const CardCircuit& other) {
    for (unsigned input = 0; input < 64; ++input)
        if (run(one, input) != run(other, input)) return false;
    return true;
}

// S6 with one row of one gate's table turned round, of those rows that matter to the fewest inputs.
CardCircuits altered(GateFamily family) {
    CardCircuits circuits = circuits_of(family);
    const CardCircuit right = circuits[5];
    CardCircuit least = right;
    unsigned fewest = 65;
    for (CardGate& gate : circuits[5].gates) {
        for (unsigned row = 0; row < 8; ++row) {
            gate.function = static_cast<std::uint8_t>(gate.function ^ 1U << row);
            unsigned wrong = 0;
            for (unsigned input = 0; input < 64; ++input) wrong += run(circuits[5], input) != run(right, input) ? 1 : 0;
            if (wrong > 0 && wrong < fewest) {
                fewest = wrong;
                least = circuits[5];
            }
            gate.function = static_cast<std::uint8_t>(gate.function ^ 1U << row);
        }
    }
    circuits[5] = least;
    return circuits;
}

// The last device, so that it is pocl where that and a card are here; none where a test has to be left out.
std::optional<Device> some_device() {
    try {
        const auto devices = opencl_devices();
        if (!devices.empty()) return devices.back();
        WARN("left out: there is a loader for OpenCL, but no driver (install pocl-opencl-icd)");
    } catch (const Error& error) {
        WARN("left out: " << error.what());
    }
    return std::nullopt;
}

constexpr auto never = [] { return false; };

std::set<Block> keys_found(CardProgram& program, const KernelLayout& layout, const KeySearch& search) {
    const std::uint64_t first = search.first_chunk() << layout.item_bits;
    const auto items = static_cast<std::uint32_t>((search.end_chunk() << layout.item_bits) - first);
    std::set<Block> keys;
    const auto answer = program.launch(KernelData(search), first, items);
    REQUIRE(answer.complete);
    for (const Candidate& c : answer.candidates) {
        for (unsigned lane = 0; lane < 32; ++lane) {
            if ((c.lanes >> lane & 1) == 0) continue;
            const std::uint64_t chunk = search.first_chunk() + (c.item >> layout.item_bits);
            const std::uint32_t item = c.item & ((1U << layout.item_bits) - 1);
            if (const auto key = search.proven(chunk, layout.index(item, c.walk, lane), c.target)) keys.insert(*key);
        }
    }
    return keys;
}

} // namespace

TEST_CASE("Every function of three bits is written as an expression that computes it", "[cards]") {
    for (unsigned function = 0; function < 256; ++function) {
        const std::string text = expression(static_cast<std::uint8_t>(function), "a", "b", "c");
        CAPTURE(function, text);
        REQUIRE(Evaluator(text).whole() == function);
    }
}

TEST_CASE("A card's circuits are the CPU's, of both families", "[cards]") {
    for (const GateFamily family : {GateFamily::three_input, GateFamily::two_input}) {
        const CardCircuits circuits = circuits_of(family);
        for (unsigned box = 0; box < 8; ++box) {
            std::uint8_t outputs[64];
            bitslice::portable_engine.select_all(box + 1, outputs);
            for (unsigned input = 0; input < 64; ++input) REQUIRE(run(circuits[box], input) == outputs[input]);
            // What one output needs is enough for it.
            for (unsigned i = 0; i < 4; ++i) {
                CardCircuit part = circuits[box];
                const std::vector<bool> needed = part.needed(8U >> i);
                for (std::size_t g = 0; g < needed.size(); ++g)
                    if (!needed[g]) part.gates[g].function = 0;
                for (unsigned input = 0; input < 64; ++input)
                    REQUIRE((run(part, input) >> (3 - i) & 1) == (outputs[input] >> (3 - i) & 1));
            }
        }
        CHECK_FALSE(same(altered(family)[5], circuits[5]));
    }
}

TEST_CASE("A layout holds each key of a chunk once, whatever is unknown", "[cards]") {
    Random random = Random::seeded("cards_test layout");
    for (unsigned bits : {0U, 1U, 4U, 7U, 13U, 20U, 22U, 40U, 56U}) {
        for (int i = 0; i < 3; ++i) {
            KeySearchQuestion asked = question(some_key, bits);
            if (i > 0) {
                asked.unknown = random.block() & ~parity_mask;
                if (i > 1) asked.second = KnownPair{~plain, 7};
            }
            const KeySearch search(asked);
            const KernelLayout layout(search);
            CHECK(layout.targets == (i > 1 ? 2 : 1));
            REQUIRE(layout.lane_bits + layout.walk_bits + layout.item_bits == search.chunk_bits());
            std::set<std::uint32_t> indices;
            for (std::uint32_t item = 0; item < 1U << layout.item_bits; ++item)
                for (std::uint32_t walk = 0; walk < 1U << layout.walk_bits; ++walk)
                    for (unsigned lane = 0; lane < 32; ++lane) indices.insert(layout.index(item, walk, lane));
            CHECK(indices.size() == std::size_t{1} << search.chunk_bits());
            CHECK(*indices.rbegin() + 1 == indices.size());
            const auto from_place = std::count_if(layout.bits.begin(), layout.bits.end(),
                                                  [](const KeyBit& bit) { return bit.from == KeyBit::From::place; });
            CHECK(static_cast<unsigned>(from_place) == search.unknown_bits() - layout.lane_bits - layout.walk_bits);
        }
    }
}

TEST_CASE("The devices are auto, cpu, or numbers", "[cards]") {
    CHECK(parse_device_choice("auto")->automatic);
    CHECK(parse_device_choice("CPU")->numbers == std::vector<unsigned>{0});
    CHECK(parse_device_choice("2,0,2")->numbers == std::vector<unsigned>{0, 2});
    for (const char* text : {"", ",", "1,", ",1", "1,,2", "x", "1x", "-1", "+1", " 1", "1 ", "99999999999", "autos"})
        CHECK_FALSE(parse_device_choice(text));
    const std::vector<Device> devices = {{1, DeviceKind::gpu, "a card"}, {2, DeviceKind::software, "pocl"}};
    CHECK(chosen_cards(*parse_device_choice("auto"), devices).size() == 1);
    CHECK(chosen_cards(*parse_device_choice("0,2"), devices).front().number == 2);
    CHECK(chosen_cards(*parse_device_choice("cpu"), devices).empty());
    CHECK_THROWS_AS(chosen_cards(*parse_device_choice("0,3"), devices), Error);
}

TEST_CASE("A card finds the key in every lane, at every edge, and none where there is none", "[cards][device]") {
    const auto device = some_device();
    if (!device) return;
    const KeySearch whole(question(some_key));
    const KernelLayout layout(whole);
    CardProgram program(card_handles()[device->number - 1], layout, circuits_of(GateFamily::three_input), 64,
                        std::chrono::minutes(20));
    self_test(program, layout, never);
    const std::uint64_t chunks = whole.end_chunk();
    const std::uint32_t indices = 1U << whole.chunk_bits();
    std::set<std::pair<std::uint64_t, std::uint32_t>> places;
    for (const std::uint64_t chunk : {std::uint64_t{0}, chunks / 2, chunks - 1})
        for (const std::uint32_t index : {0U, indices / 2, indices - 1}) places.emplace(chunk, index);
    for (std::uint32_t lane = 0; lane < 32; ++lane) places.emplace(lane % chunks, lane | 0x40);
    // Either side of the edges between work groups of 64 items.
    for (const std::uint32_t item : {63U, 64U, 127U, 128U})
        places.emplace(item >> layout.item_bits, layout.index(item & ((1U << layout.item_bits) - 1), 1, 31));
    for (const auto& [chunk, index] : places) {
        const Block key = key_at(whole, chunk, index);
        CAPTURE(chunk, index, key);
        CHECK(keys_found(program, layout, KeySearch(question(key))) == std::set<Block>{key});
    }
    // In parts the key is in one of them; a key outside is in none.
    KeySearchQuestion asked = question(key_at(whole, chunks / 3, 5));
    asked.parts = 3;
    unsigned holding = 0;
    for (asked.part = 1; asked.part <= 3; ++asked.part)
        holding += keys_found(program, layout, KeySearch(asked)).empty() ? 0 : 1;
    CHECK(holding == 1);
    asked = question(some_key);
    asked.known_key ^= Block{1} << 41;
    CHECK(keys_found(program, layout, KeySearch(asked)).empty());
}

TEST_CASE("A search goes from the CPU to a card and back, and loses nothing", "[cards][device]") {
    const auto device = some_device();
    if (!device) return;
    const KeySearch whole(question(some_key));
    const Block key = key_at(whole, whole.end_chunk() - 1, (1U << whole.chunk_bits()) - 1); // the last one
    const KeySearch search(question(key));
    Card card(*device, search);
    card.prepare(never);
    CHECK(card.measure(0.01) > 0);
    KeySearchState state = fresh_state(search);
    unsigned turns = 0;
    for (bool on_card = false; !finished(search, state); on_card = !on_card) {
        KeySearchOptions options{
            .threads = on_card ? 0U : 1U, .level = bitslice::Level::portable, .interval_ms = 1, .progress = {}};
        options.progress = [](const KeySearchState&) { return false; };
        if (on_card) options.helpers = {&card};
        const std::uint64_t before = state.next_chunk;
        state = run_key_search(search, state, options);
        REQUIRE(state.next_chunk >= before);
        REQUIRE(++turns < 100000);
    }
    CHECK(state.found == std::vector<Block>{key});
    CHECK_FALSE(card.hangs());
}

TEST_CASE("A card decides two keys a trial with the complement's pair", "[cards][device]") {
    const auto device = some_device();
    if (!device) return;
    KeySearchQuestion asked = question(some_key);
    for (const Block wanted : {some_key, des::with_odd_parity(~some_key)}) {
        asked.pair = {plain, des::crypt(plain, des::key_schedule(wanted))};
        asked.second = KnownPair{~plain, des::crypt(~plain, des::key_schedule(wanted))};
        const KeySearch search(asked);
        Card card(*device, search);
        KeySearchOptions options{.threads = 0, .level = bitslice::Level::portable, .interval_ms = 5, .progress = {}};
        options.helpers = {&card};
        CHECK(run_key_search(search, fresh_state(search), options).found == std::vector<Block>{wanted});
    }
}

TEST_CASE("A kernel with one wrong gate is caught before it searches", "[cards][device]") {
    const auto device = some_device();
    if (!device) return;
    const KeySearch search(question(some_key));
    Card card(*device, search, {.family = GateFamily::three_input, .circuits = altered});
    KeySearchOptions options{.threads = 0, .level = bitslice::Level::portable, .interval_ms = 5, .progress = {}};
    options.helpers = {&card};
    std::string why;
    options.left_out = [&](const ChunkSearcher&, const std::string& words) { why = words; };
    const KeySearchState end = run_key_search(search, fresh_state(search), options);
    CHECK(why == "it does not find a key that is there");
    CHECK(end.next_chunk == search.first_chunk());
    CHECK_FALSE(finished(search, end));
}
