// The key schedule's stage against independent facts: a key of a single bit, run through the schedule, shows where that
// bit goes; the classes of keys as NIST lists them; and the window on the null backend in several sizes.
#include <fmt/format.h>

#include <bit>
#include <set>

#include "core/des/des_tables.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/schedule/schedule_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using viz::testing::NullWindow;

namespace {

Recording with_key(des::Block key) { return record_des({.key = key}, Direction::encrypt, 0, Bytes(8)); }

// Position (from 1) of the only 1 in a string of that width; 0 where there is none.
unsigned lone_one(std::uint64_t value, unsigned width) {
    if (value == 0) return 0;
    REQUIRE(std::popcount(value) == 1);
    return width - static_cast<unsigned>(std::countr_zero(value));
}

ScheduleModel model_at(const Trace& trace, const std::string& address) {
    return make_schedule_model(trace, trace.tree().at(address));
}

} // namespace

TEST_CASE("a lone key bit takes the path that the model names, in every round", "[viz][schedule]") {
    for (unsigned bit = 1; bit <= 64; ++bit) {
        const des::KeySchedule schedule = des::key_schedule(std::uint64_t{1} << (64 - bit));
        const auto place = [](std::uint64_t c, std::uint64_t d) { return lone_one(c << 28 | d, 56); };
        for (unsigned n = 1; n <= 16; ++n) {
            const KeyPath& path = key_paths(n)[bit - 1];
            const des::ScheduleRound& round = schedule.rounds[n - 1];
            CHECK(path.key == bit);
            CHECK(path.parity() == (bit % 8 == 0));
            CHECK(path.start == place(schedule.c0, schedule.d0));
            CHECK(path.after == place(round.c, round.d));
            CHECK(path.before == (n == 1 ? path.start : place(schedule.rounds[n - 2].c, schedule.rounds[n - 2].d)));
            CHECK(path.subkey == lone_one(round.subkey, 48));
            CHECK(path.subkey == subkey_places(bit)[n - 1]);
        }
    }
}

TEST_CASE("every round leaves out eight bits of C and D and wraps one or two of each half", "[viz][schedule]") {
    const std::set<unsigned> unused = {9, 18, 22, 25, 35, 38, 43, 54};
    for (unsigned n = 1; n <= 16; ++n) {
        std::set<unsigned> left_out;
        unsigned wrapped = 0;
        for (const KeyPath& path : key_paths(n)) {
            if (!path.parity() && path.subkey == 0) left_out.insert(path.after);
            wrapped += path.wrapped ? 1 : 0;
        }
        CHECK(left_out == unused);
        CHECK(wrapped == 2U * des::shift_table[n - 1]);
    }
}

TEST_CASE("a cell of any row leads back to one key bit", "[viz][schedule]") {
    using enum KeyLane;
    for (const KeyLane lane : {key, start, before, after, subkey}) {
        for (unsigned position = 1; position <= lane_width(lane); ++position) {
            const auto path = path_through(lane, position, 5);
            REQUIRE(path);
            CHECK(path->at(lane) == position);
        }
    }
    CHECK_FALSE(path_through(subkey, 1, 0));
}

TEST_CASE("a path is told in words that end where it ends", "[viz][schedule]") {
    // PC-1 takes key bit 41 to C place 3. PC-2 takes C place 2 to bit 24 and place 23 to bit 13. C5 is C0 shifted by 8.
    CHECK(path_words(41, 1) == "key bit 41 \u2192 C\u2080 position 3 \u2192 C\u2081 position 2 \u2192 K\u2081 bit 24");
    CHECK(path_words(41, 5) ==
          "key bit 41 \u2192 C\u2080 position 3 \u2192 C\u2084 position 25 \u2192 C\u2085 position 23 \u2192 K\u2085 "
          "bit 13");
    CHECK(path_words(16, 3) == "key bit 16: the parity bit of byte 2, left out by PC-1");
    const std::string all = path_words(41, 0);
    CHECK(all.find("K\u2081 bit 24, ") != std::string::npos);
    CHECK(all.find("K\u2085 bit 13") != std::string::npos);
    CHECK(all.find("; not in ") != std::string::npos);
}

TEST_CASE("the stage's rows are the schedule's values", "[viz][schedule]") {
    const Recording recording = with_key(0x133457799BBCDFF1);
    const Trace trace(recording);
    const ScheduleModel first = model_at(trace, "schedule");
    CHECK(first.lane(KeyLane::key).value == 0x133457799BBCDFF1);
    CHECK(first.lane(KeyLane::after).value == 0xF0CCAAF556678F); // C0 F0CCAAF, D0 556678F: the textbook's
    CHECK_FALSE(first.special);
    const ScheduleModel second = model_at(trace, "schedule/round.2");
    CHECK(second.lane(KeyLane::before).value == 0xE19955FAACCF1E);
    CHECK(second.lane(KeyLane::after).value == 0xC332ABF5599E3D);
    CHECK(second.lane(KeyLane::subkey).value == 0x79AED9DBC9E5);
    CHECK(second.shift == 1);
    CHECK(second.shifts_before == 1);
    // Every row's bit is the key's bit at the start of its path.
    for (unsigned n = 1; n <= 16; ++n) {
        const ScheduleModel model = model_at(trace, fmt::format("schedule/round.{}", n));
        for (const KeyPath& path : key_paths(n)) {
            for (const KeyLane lane : {KeyLane::start, KeyLane::before, KeyLane::after, KeyLane::subkey}) {
                if (path.at(lane) == 0) continue;
                CHECK(bit_at(model.lane(lane).value, lane_width(lane), path.at(lane)) ==
                      bit_at(model.lane(KeyLane::key).value, 64, path.key));
            }
        }
    }
}

TEST_CASE("what is special about a key is said", "[viz][schedule]") {
    const auto remark = [](des::Block key) {
        const Recording recording = with_key(key);
        const Trace trace(recording);
        const ScheduleModel model = model_at(trace, "schedule");
        return model.special ? model.remark : "";
    };
    CHECK(remark(0x0123456789ABCDEF).empty());
    CHECK(remark(0xFEFEFEFEFEFEFEFE).starts_with("weak key"));
    CHECK(remark(0x01FE01FE01FE01FE).starts_with("semi-weak key"));
    CHECK(remark(0x1F1F01010E0E0101).starts_with("possibly weak key"));
    CHECK(remark(0x133457799BBCDFF0).starts_with("bad parity"));
}

TEST_CASE("the key schedule's stage shows every value and cuts no text", "[viz][schedule]") {
    NullWindow window(with_key(0xE0FEE0FEF1FEF1FE));
    for (const auto& [width, height] : viz::testing::window_sizes) {
        window.size(width, height);
        for (const float scale : {1.0F, 2.0F}) {
            window.app.ui().scale = scale;
            for (const std::string address :
                 {"schedule", "schedule/round.1", "schedule/round.9", "schedule/round.16"}) {
                CAPTURE(width, scale, address);
                const std::string text = window.at(address);
                CHECK(take_cut_text().empty());
                const Trace& trace = window.app.session().trace;
                const ScheduleModel model = model_at(trace, address);
                CHECK(text.find("E0FEE0FEF1FEF1FE") != std::string::npos);
                CHECK(text.find("semi-weakkey") != std::string::npos);
                for (const SubkeyRow& row : model.subkeys)
                    CHECK(text.find(hex_text(row.subkey).substr(2)) != std::string::npos);
            }
        }
    }
}

TEST_CASE("the bit under the mouse is followed, and a click keeps it", "[viz][schedule]") {
    NullWindow window(with_key(0x133457799BBCDFF1));
    window.at("schedule/round.5");
    std::set<std::string> followed;
    float found = 0;
    for (float y = 120; y < 560; y += 4) {
        ImGui::GetIO().MousePos = {600, y};
        window.frame();
        const std::string text = NullWindow::squeezed(window.frame());
        const auto at = text.find("keybit");
        if (at == std::string::npos) continue;
        followed.insert(text.substr(at, 8));
        if (found == 0) found = y;
    }
    CHECK(followed.size() >= 3); // another bit in each row that the mouse crosses
    window.click(600, found);
    ImGui::GetIO().MousePos = {5, 5};
    CHECK(NullWindow::squeezed(window.frame()).find("keybit") != std::string::npos);
    CHECK(window.at("schedule/round.6").find("keybit") != std::string::npos); // the same bit, a round later
}

TEST_CASE("a click on a subkey's row goes there", "[viz][schedule]") {
    NullWindow window(with_key(0x133457799BBCDFF1));
    window.at("schedule");
    std::set<std::string> reached;
    // Down the middle of the stage: the rows of the table lie there.
    for (float y = 100; y < 860; y += 12) {
        window.press(Key::escape); // lets go of what an earlier click kept
        window.click(600, y);
        reached.insert(window.address());
        // The click on a cell of the table leads away and does not keep its bit.
        ImGui::GetIO().MousePos = {5, 5};
        if (window.address().starts_with("schedule/"))
            CHECK(NullWindow::squeezed(window.frame()).find("keybit") == std::string::npos);
        window.at("schedule");
    }
    for (unsigned n = 1; n <= 16; ++n) CHECK(reached.count(fmt::format("schedule/round.{}", n)) == 1);
}
