// The models of the window: wires against the standard's tables, what is live, where bits go, player, keys, lists,
// bars.
#include <set>

#include <bit>

#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/des/des_tables.hpp"
#include "core/steps/address.hpp"
#include "core/steps/viewer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/samples.hpp"
#include "viz/base/layout_model.hpp"
#include "viz/panels/scrubber_model.hpp"
#include "viz/session/player.hpp"
#include "viz/session/steps_model.hpp"
#include "viz/session/values_model.hpp"
#include "viz/stages/round/origin_model.hpp"
#include "viz/stages/round/round_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;

namespace {

RoundModel model_at(const Trace& trace, const std::string& part) {
    return make_round_model(trace, trace.tree().at("message.1/encrypt/block.2/round.7" + part));
}

unsigned bit_of(const RoundModel& model, BitRef bit) {
    const Bits& bits = model.lanes[index(bit.lane)].bits;
    return bit_at(bits.value, bits.width, bit.position);
}

Recording said(const std::vector<keyhole::testing::Said>& texts) {
    return keyhole::testing::exchange("toy23", dh::Kdf::low64, Mode::cbc, texts);
}

} // namespace

TEST_CASE("An S-box's bits are named from the right half over the key's own bits to the new half", "[viz]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 20);
    const Trace trace(recording);
    const auto words = [&](const std::string& part) {
        const RoundModel round = make_round_model(trace, trace.tree().at("message.1/encrypt/block.2/round.5" + part));
        std::vector<std::string> lines;
        for (const OriginRow& row : origin_rows(round, round.live)) lines.push_back(row.label + " " + row.words);
        return lines;
    };
    CHECK(words("/sbox.3") == std::vector<std::string>{"R₄ bits 8 to 13", "E bits 13 to 18",
                                                       "K₅ bits 13 to 18 = key bits 41 44 35 34 17 2",
                                                       "⊕ bits 13 to 18", "S bits 9 to 12", "P bits 6, 16, 24, 30",
                                                       "L₄ bits 6, 16, 24, 30", "R₅ bits 6, 16, 24, 30"});
    CHECK(words("/sbox.1")[0] == "R₄ bits 1 to 5, 32");
    CHECK(words("").empty());
    CHECK(words("/expand").empty());
}

TEST_CASE("A followed bit's relatives are named", "[viz]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 20);
    const Trace trace(recording);
    const RoundModel round = model_at(trace, "");
    const auto rows = origin_rows(round, trace_bit({Lane::left_in, 5}));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].words == "bit 5");
    CHECK(rows[1].label == "R₇");
}

TEST_CASE("Each subkey bit is the key bit that PC-1, the rotations and PC-2 bring there", "[viz]") {
    unsigned turned = 0;
    for (unsigned n = 1; n <= 16; ++n) {
        turned += des::shift_table[n - 1];
        for (unsigned i = 1; i <= 48; ++i) {
            const unsigned from = des::pc2_table[i - 1] - 1U, half = from / 28 * 28;
            CHECK(key_bit_of(n, i) == des::pc1_table[half + (from - half + turned) % 28]);
        }
    }
}

TEST_CASE("Going from bit to bit visits each of a round's bits once and comes back", "[viz]") {
    for (const int step : {1, -1}) {
        BitRef bit = next_bit(std::nullopt, step);
        const BitRef start = bit;
        CHECK(start == (step > 0 ? BitRef{Lane::right_in, 1} : BitRef{Lane::left_out, 32}));
        std::set<std::pair<std::size_t, unsigned>> seen;
        do {
            CHECK(bit.position >= 1);
            CHECK(bit.position <= lane_width(bit.lane));
            CHECK(seen.emplace(index(bit.lane), bit.position).second);
            const BitRef back = next_bit(next_bit(bit, step), -step);
            CHECK(back == bit);
            bit = next_bit(bit, step);
        } while (bit != start);
        CHECK(seen.size() == 3 * 48 + 6 * 32);
    }
}

TEST_CASE("Every wire of E and P carries its bit unchanged, and straight wires add up", "[viz]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 20);
    const Trace trace(recording);
    const RoundModel model = model_at(trace, "");
    unsigned expansion = 0, permutation = 0;
    for (const BitWire& wire : round_wires()) {
        if (wire.to.lane == Lane::expanded) {
            CHECK(wire.from.position == des::e_table[wire.to.position - 1]);
            CHECK(bit_of(model, wire.from) == bit_of(model, wire.to));
            ++expansion;
        }
        if (wire.to.lane == Lane::p_out) {
            CHECK(wire.from.position == des::p_table[wire.to.position - 1]);
            CHECK(bit_of(model, wire.from) == bit_of(model, wire.to));
            ++permutation;
        }
        if (wire.from.lane == Lane::right_in && wire.to.lane == Lane::left_out)
            CHECK(bit_of(model, wire.from) == bit_of(model, wire.to));
    }
    CHECK(expansion == 48);
    CHECK(permutation == 32);
    for (unsigned i = 1; i <= 48; ++i) {
        CHECK((bit_of(model, {Lane::expanded, i}) ^ bit_of(model, {Lane::subkey, i})) ==
              bit_of(model, {Lane::mixed, i}));
    }
    for (unsigned i = 1; i <= 32; ++i) {
        CHECK((bit_of(model, {Lane::left_in, i}) ^ bit_of(model, {Lane::p_out, i})) ==
              bit_of(model, {Lane::right_out, i}));
    }
}

TEST_CASE("The parts of a round light up what they read and write", "[viz]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 20);
    const Trace trace(recording);
    CHECK(model_at(trace, "").live == CellSet{});
    const RoundModel expand = model_at(trace, "/expand");
    CHECK(expand.live.full(Lane::right_in));
    CHECK(expand.live.full(Lane::expanded));
    CHECK(expand.live.masks[index(Lane::subkey)] == 0);
    const RoundModel join = model_at(trace, "/join");
    CHECK(join.live.full(Lane::left_in));
    CHECK(join.live.full(Lane::right_out));
    for (unsigned box = 1; box <= 8; ++box) {
        const RoundModel model = model_at(trace, "/sbox." + std::to_string(box));
        CHECK(model.box == box);
        CHECK(std::popcount(model.live.masks[index(Lane::mixed)]) == 6);
        CHECK(std::popcount(model.live.masks[index(Lane::right_in)]) == 6);
        for (const Lane lane : {Lane::s_out, Lane::p_out, Lane::left_in, Lane::right_out})
            CHECK(std::popcount(model.live.masks[index(lane)]) == 4);
        CHECK(model.live.contains({Lane::mixed, 6 * box}));
        CHECK(model.live.contains({Lane::s_out, 4 * box - 3}));
    }
}

TEST_CASE("A traced bit reaches exactly the cells that depend on it or that it depends on", "[viz]") {
    // Bit 1 of R goes through E to places 2 and 48, so to S1 and S8, and unchanged to L.
    const CellSet forwards = trace_bit({Lane::right_in, 1});
    CHECK(forwards.masks[index(Lane::expanded)] == ((std::uint64_t{1} << 46) | 1U));
    CHECK(std::popcount(forwards.masks[index(Lane::s_out)]) == 8);
    CHECK(forwards.contains({Lane::left_out, 1}));
    CHECK(forwards.masks[index(Lane::subkey)] == 0);
    // A bit of the new right half needs one box, six bits of R and K, and one bit of L.
    const CellSet backwards = trace_bit({Lane::right_out, 1});
    CHECK(std::popcount(backwards.masks[index(Lane::s_out)]) == 1);
    CHECK(backwards.contains({Lane::s_out, des::p_table[0]}));
    CHECK(std::popcount(backwards.masks[index(Lane::mixed)]) == 6);
    CHECK(std::popcount(backwards.masks[index(Lane::subkey)]) == 6);
    CHECK(backwards.masks[index(Lane::left_in)] == std::uint64_t{1} << 31);
}

TEST_CASE("Playing takes every step in time, and stops at the end and by any step", "[viz]") {
    const Recording recording = samples::power();
    const StepTree tree(recording);
    Cursor cursor(tree);
    Player player(tree, cursor);
    CHECK_FALSE(player.due());
    player.run(Command::play_pause, Seconds(10));
    REQUIRE(player.playing());
    CHECK_FALSE(player.tick(Seconds(10.5)));
    CHECK(player.tick(Seconds(11)));
    CHECK(cursor.number() == 2);
    player.run(Command::back, Seconds(11));
    CHECK_FALSE(player.playing());
    player.run(Command::play_pause, Seconds(20));
    player.tick(Seconds(1000));
    CHECK(cursor.number() == tree.total());
    CHECK_FALSE(player.playing());
    player.run(Command::play_pause, Seconds(1000));
    CHECK_FALSE(player.playing());
    for (const Command c : {Command::over, Command::into, Command::redo}) {
        CHECK(player.run(c, Seconds(1000)));
        CHECK(cursor.number() == tree.total());
    }
    player.run(Command::start, Seconds(1000));
    for (const Command c : {Command::back, Command::out, Command::start}) {
        CHECK(player.run(c, Seconds(1000)));
        CHECK(cursor.number() == 1);
    }
    for (int i = 0; i < 50; ++i) player.run(Command::faster, Seconds(0));
    const double fastest = player.speed();
    for (int i = 0; i < 50; ++i) player.run(Command::slower, Seconds(0));
    CHECK(player.speed() < 1);
    CHECK(fastest > 100);
}

TEST_CASE("After a pause playing takes its time again, and so it does after a change of speed", "[viz]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    Player player(tree, cursor);
    player.run(Command::play_pause, Seconds(0));
    CHECK(player.tick(Seconds(1)));
    player.run(Command::play_pause, Seconds(1.5));
    CHECK_FALSE(player.playing());
    CHECK_FALSE(player.due());
    CHECK_FALSE(player.tick(Seconds(100)));
    player.run(Command::play_pause, Seconds(100));
    CHECK(player.due() == Seconds(101)); // not at once, for what was left before the pause
    CHECK_FALSE(player.tick(Seconds(100.9)));
    CHECK(player.tick(Seconds(101)));
    CHECK(cursor.number() == 3);
    player.run(Command::faster, Seconds(101.5));
    CHECK(player.speed() == 2);
    CHECK(player.due() == Seconds(102));
    player.run(Command::slower, Seconds(101.5));
    player.run(Command::slower, Seconds(101.5));
    CHECK(player.due() == Seconds(103.5));
    CHECK(player.playing());
    // However late a tick comes, it takes 32 steps at most and does not make up for the rest.
    CHECK(player.tick(Seconds(10'000)));
    CHECK(cursor.number() == 3 + 32);
    CHECK(player.due() == Seconds(10'000));
    CHECK(player.go_to("message.1"));
    CHECK_FALSE(player.playing());
}

TEST_CASE("A drag along the scrubber is one jump", "[viz]") {
    const Recording recording = samples::exchange();
    const StepTree tree(recording);
    Cursor cursor(tree);
    Player player(tree, cursor);
    bool going_on = false;
    for (const std::uint64_t number : {50U, 90U, 400U, 401U}) {
        player.seek(number, going_on);
        going_on = true;
    }
    CHECK(cursor.number() == 401);
    CHECK(cursor.undo());
    CHECK(cursor.number() == 1);
    CHECK_FALSE(cursor.can_undo());
}

TEST_CASE("No two commands share a key, and each key finds its command", "[viz]") {
    for (const CommandInfo& c : all_commands()) {
        for (const KeyPress& key : c.keys) {
            if (key.key != Key::none) CHECK(command_for(key) == c.command);
        }
        CHECK_FALSE(c.shown_keys.empty());
        CHECK_FALSE(c.words.empty());
    }
    CHECK_FALSE(command_for({.key = Key::none}));
    CHECK_FALSE(command_for({.key = key_of('g')}));
}

TEST_CASE("The list of steps holds the path to the step and stays short", "[viz]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::cbc, 800000);
    const StepTree tree(recording);
    const Node node = tree.at("message.1/encrypt/block.50000/round.9/sbox.4");
    const auto rows = step_rows(tree, node);
    CHECK(rows.size() < 120);
    unsigned current = 0, on_path = 0;
    for (const StepRow& row : rows) {
        CHECK(tree.contains(row.node));
        current += row.current ? 1 : 0;
        on_path += row.on_path ? 1 : 0;
        if (row.current) CHECK(row.node == node);
    }
    CHECK(current == 1);
    CHECK(on_path == node.depth());
}

TEST_CASE("The scrubber covers every step once and finds it again", "[viz]") {
    for (const Recording& recording : samples::all()) {
        const StepTree tree(recording);
        const Scrubber bar = scrubber(tree, tree.at_number(1));
        CHECK(bar.total == tree.total());
        CHECK(bar.phases.front().begin == 0);
        CHECK(bar.phases.back().end == 1);
        for (std::uint64_t number = 1; number <= bar.total; number += 1 + bar.total / 200)
            CHECK(number_at(bar, position_of(bar, number)) == number);
    }
    CHECK(grouped_decimal(9412) == "9412");
    CHECK(grouped_decimal(37501) == "37 501");
    CHECK(grouped_decimal(412) == "412");
    CHECK(grouped_decimal(1234567) == "1 234 567");
}

TEST_CASE("A message has its sender's meaning on the scrubber whoever looks", "[viz]") {
    const Recording whole = said({{Role::client, "one"}, {Role::client, "two"}, {Role::server, "three"}});
    for (const Viewer viewer : {Viewer::both, Viewer::server, Viewer::client, Viewer::eavesdropper}) {
        const Recording recording = seen_by(whole, viewer);
        const StepTree tree(recording);
        INFO(name(viewer));
        std::vector<Meaning> messages;
        for (const Phase& phase : scrubber(tree, tree.at_number(1)).phases)
            if (phase.node.kind() == Kind::message) messages.push_back(phase.meaning);
        CHECK(messages == std::vector{Meaning::right, Meaning::right, Meaning::left});
    }
    CHECK(meaning_of(Role::server) == Meaning::left);
}

TEST_CASE("Messages that are taken together have one side's meaning only where all are that side's", "[viz]") {
    const auto bundles = [](bool answered) {
        std::vector<keyhole::testing::Said> texts(60, {Role::client, "x"});
        if (answered) texts.back().sender = Role::server;
        const Recording recording = said(texts);
        const StepTree tree(recording);
        std::vector<Phase> phases = scrubber(tree, tree.at_number(1)).phases;
        std::erase_if(phases, [](const Phase& phase) { return phase.node.kind() != Kind::message; });
        return phases;
    };
    for (const Phase& phase : bundles(false)) CHECK(phase.meaning == Meaning::right);
    const std::vector<Phase> mixed = bundles(true);
    REQUIRE(mixed.size() > 1);
    CHECK(mixed.front().meaning == Meaning::right);
    CHECK(mixed.back().meaning == Meaning::sbox);
}

TEST_CASE("Panels lie inside the window and beside one another at every size and scale", "[viz]") {
    const auto inside = [](const Rect& r, float w, float h) {
        return r.x >= 0 && r.y >= 0 && r.w > 0 && r.h > 0 && r.right() <= w && r.bottom() <= h;
    };
    const auto apart = [](const Rect& a, const Rect& b) {
        return a.right() <= b.x || b.right() <= a.x || a.bottom() <= b.y || b.bottom() <= a.y;
    };
    for (const auto& [w, h] : {std::pair{1280.0F, 720.0F}, {1600.0F, 900.0F}, {3840.0F, 2160.0F}}) {
        for (const float scale : {1.0F, 1.5F, 2.0F, 3.0F}) {
            for (const bool notice : {false, true}) {
                const Layout l = arrange(w, h, 18 * scale, {.notice = notice});
                std::vector<Rect> rects = {l.top, l.stage, l.bottom};
                if (!l.one_column) rects.push_back(l.details);
                if (l.left_shown) rects.push_back(l.left);
                if (l.notice_shown) rects.push_back(l.notice);
                for (std::size_t i = 0; i < rects.size(); ++i) {
                    INFO(w << "x" << h << " at " << scale << ", panel " << i);
                    CHECK(inside(rects[i], w, h));
                    for (std::size_t j = 0; j < i; ++j) CHECK(apart(rects[i], rects[j]));
                }
            }
        }
    }
}

TEST_CASE("Values are grouped and wrapped without losing a character", "[viz]") {
    CHECK(grouped_hex("0x0123456789ABCDEF") == "0x0123456789ABCDEF");
    CHECK(grouped_hex("0xA0123456789ABCDEF") == "0xA 01234567 89ABCDEF");
    CHECK(grouped_hex("0xA0123456789ABCDEF", true) == "0xA0123456 789ABCDE F");
    CHECK(grouped_hex("plain words") == "plain words");
    const std::string text = "0xA 01234567 89ABCDEF and \xE2\x8A\x95\xE2\x8A\x95\xE2\x8A\x95";
    for (std::size_t columns = 1; columns < 40; ++columns) {
        std::string joined, expected;
        for (const std::string& line : wrapped(text, columns)) joined += line;
        for (const char c : text) expected += c == ' ' ? std::string() : std::string(1, c);
        std::erase(joined, ' ');
        CHECK(joined == expected);
    }
}
