// The chain of blocks against the equations of FIPS 81: what enters DES, what leaves it, what is XORed, which
// blocks are equal, windows of two million blocks, and the stage on a null backend.
#include <fmt/format.h>

#include "core/steps/address.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/every_size.hpp"
#include "tests/support/samples.hpp"
#include "viz/frame/stage_memory.hpp"
#include "viz/stages/chain/chain_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using keyhole::viz::testing::NullWindow;

namespace {

constexpr des::Block key = 0x133457799BBCDFF1;

Recording repeating(Mode mode, std::size_t blocks) {
    Bytes data;
    for (std::size_t i = 0; i < blocks; ++i) {
        const Bytes block = block_bytes(i % 3 == 2 ? 0x1111111111111111 * (i % 15) : 0x4142434445464748);
        data.insert(data.end(), block.begin(), block.end());
    }
    return record_des({.key = key, .mode = mode, .padding = Padding::none}, Direction::encrypt, 0x0123456789ABCDEF,
                      data);
}

des::Block whole(const Bytes& bytes) { return load_block(bytes); }

} // namespace

TEST_CASE("Each column is the mode's own equation", "[viz][chain]") {
    const des::KeySchedule schedule = des::key_schedule(key);
    const auto inverse = [&](des::Block block) { return des::crypt(block, schedule, Direction::decrypt); };
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const Recording recording = samples::workbench(direction, mode, 24);
            const Trace trace(recording);
            const Chain chain =
                chain_window(trace, trace.tree().at(fmt::format("message.1/{}", name(direction))), 0, 100);
            CAPTURE(name(mode), name(direction));
            REQUIRE(chain.blocks.size() == chain.count);
            REQUIRE(chain.count == (mode == Mode::ctr ? 3 : 4));
            CHECK(chain.iv.has_value() == (mode != Mode::ecb));
            des::Block before = chain.iv.value_or(0), counter = before;
            for (const ChainBlock& b : chain.blocks) {
                const des::Block p = whole(b.plain), c = whole(b.cipher);
                if (mode == Mode::ecb) {
                    CHECK(c == des::crypt(p, schedule));
                    CHECK(b.previous.empty());
                }
                if (mode == Mode::cbc) {
                    CHECK(whole(b.previous) == before);
                    CHECK(c == des::crypt(p ^ before, schedule));
                    CHECK(b.enters == (direction == Direction::encrypt ? p ^ before : c));
                    CHECK(b.leaves == (direction == Direction::encrypt ? c : inverse(c)));
                }
                if (mode == Mode::ctr) {
                    CHECK(b.enters == counter);
                    CHECK(b.leaves == des::crypt(counter, schedule));
                    CHECK(p == (c ^ b.leaves));
                    ++counter;
                }
                before = c;
                CHECK(address(b.node) == fmt::format("message.1/{}/block.{}", name(direction), b.number));
            }
            CHECK(chain.blocks.back().padding == (mode == Mode::ctr ? 0 : 8));
        }
    }
}

TEST_CASE("A shift register takes in ciphertext in cfb, and what left DES in ofb", "[viz][chain]") {
    const des::KeySchedule schedule = des::key_schedule(key);
    for (const Mode mode : {Mode::cfb, Mode::cfb8, Mode::cfb1, Mode::ofb}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const Recording recording = samples::workbench(direction, mode, 21);
            const Trace trace(recording);
            const Chain chain =
                chain_window(trace, trace.tree().at(fmt::format("message.1/{}", name(direction))), 0, 200);
            CAPTURE(name(mode), name(direction));
            REQUIRE(chain.blocks.size() == chain.count);
            REQUIRE(chain.count == block_count(mode, 21));
            des::Block shift_register = chain.iv.value();
            for (const ChainBlock& b : chain.blocks) {
                REQUIRE(b.enters == shift_register);
                REQUIRE(b.leaves == des::crypt(b.enters, schedule));
                REQUIRE(b.plain.size() == b.cipher.size());
                REQUIRE(b.plain.size() == b.key_stream.size());
                for (std::size_t i = 0; i < b.plain.size(); ++i) REQUIRE(b.cipher[i] == (b.plain[i] ^ b.key_stream[i]));
                REQUIRE(b.padding == 0);
                REQUIRE((b.same_plain || b.same_cipher) == false);
                if (mode == Mode::cfb1) shift_register = shift_register << 1 | b.cipher.front();
                if (mode == Mode::cfb8) shift_register = shift_register << 8 | b.cipher.front();
                if (mode == Mode::ofb) shift_register = b.leaves;
                if (mode == Mode::cfb && b.cipher.size() == 8) shift_register = load_block(b.cipher);
            }
            CHECK(chain.blocks.back().plain.size() == (segment_bits(mode) == 64 ? 5 : 1));
        }
    }
}

TEST_CASE("Padding in small segments is told where it stands", "[viz][chain]") {
    for (const Mode mode : {Mode::cfb8, Mode::cfb1}) {
        const Recording recording = record_des({.key = key, .mode = mode, .padding = Padding::pkcs7},
                                               Direction::encrypt, 1, to_bytes("seven b"));
        const Trace trace(recording);
        const Chain chain = chain_window(trace, trace.tree().at("message.1/encrypt"), 0, 100);
        const std::size_t a_byte = 8 / segment_bits(mode);
        REQUIRE(chain.count == 8 * a_byte);
        CHECK(chain.blocks[7 * a_byte - 1].padding == 0);
        CHECK(chain.blocks[7 * a_byte].padding == 1);
        CHECK(chain.blocks[a_byte].text == "e");
    }
}

TEST_CASE("The last block of ctr is as long as the text has bytes left", "[viz][chain]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::ctr, 20);
    const Trace trace(recording);
    const Chain chain = chain_window(trace, trace.tree().at("message.1/encrypt"), 2, 5);
    REQUIRE(chain.blocks.size() == 1);
    CHECK(chain.blocks[0].plain.size() == 4);
    CHECK(chain.blocks[0].cipher.size() == 4);
}

TEST_CASE("Equal blocks are marked: both ways in ecb, the plaintext only in cbc", "[viz][chain]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc}) {
        const Recording recording = repeating(mode, 6);
        const Trace trace(recording);
        const Chain chain = chain_window(trace, trace.tree().at("message.1/encrypt"), 0, 6);
        const auto& b = chain.blocks;
        CHECK(b[0].same_plain == 2U); // no earlier one: the nearest after it
        CHECK(b[1].same_plain == 1U);
        CHECK(b[3].same_plain == 2U);
        CHECK_FALSE(b[2].same_plain);
        CHECK(b[1].same_cipher == (mode == Mode::ecb ? std::optional<std::uint64_t>(1) : std::nullopt));
        CHECK_FALSE(b[2].same_cipher);
    }
}

TEST_CASE("A window of two million blocks is a window", "[viz][chain]") {
    const Recording recording = repeating(Mode::cbc, std::size_t{1} << 21U);
    const Trace trace(recording);
    const Node node = trace.tree().at("message.1/encrypt");
    chain_window(trace, node, 0, 1); // the pass itself is made once
    for (std::uint64_t i = 0; i < 100; ++i) {
        const Chain chain = chain_window(trace, node, i * 20971, 8);
        REQUIRE(chain.blocks.size() == 8);
        CHECK(chain.blocks[0].number == i * 20971 + 1);
    }
    CHECK(chain_window(trace, node, chain_window(trace, node, 0, 0).count, 8).blocks.empty());
}

TEST_CASE("The chain shows its blocks, cuts no text, and a click goes into a block", "[viz][chain]") {
    for (const Mode mode : every_mode) {
        const bool chat = find_chat_mode(name(mode)).has_value();
        NullWindow window(chat ? samples::exchange(mode) : samples::workbench(Direction::decrypt, mode, 20));
        const Trace& trace = window.app.session().trace;
        viz::testing::at_every_size(window, {1, 2, 3}, [&](float, float, float) {
            for (const std::string where : {"message.1/encrypt", "message.2/decrypt", "message.1/decrypt"}) {
                if (!trace.tree().find(where)) continue;
                CAPTURE(name(mode), where);
                const std::string text = window.at(where);
                CHECK(take_cut_text().empty());
                const Chain chain = chain_window(trace, trace.tree().at(where), 0, 1);
                CHECK(text.find(NullWindow::squeezed(chain_formula(mode, chain.direction))) != std::string::npos);
                CHECK(text.find(hex_text(Bits{chain.key, 64})) != std::string::npos);
                if (mode != Mode::cfb1) {
                    CHECK(text.find(to_hex(chain.blocks[0].plain)) != std::string::npos);
                    CHECK(text.find(to_hex(chain.blocks[0].cipher)) != std::string::npos);
                }
                CHECK(text.find(fmt::format("{:016X}", chain.blocks[0].enters)) != std::string::npos);
            }
        });
        window.size(1600, 900);
        window.app.ui().scale = 1;
        if (!chat) continue;
        window.at("message.1/encrypt");
        const auto& areas = window.app.state().of<StageMemory>().picture.areas;
        const auto block = std::ranges::find_if(areas, [](const Area& area) {
            return area.go_to && area.go_to->last().kind == Kind::block && area.go_to->last().number == 1;
        });
        REQUIRE(block != areas.end());
        window.click(block->rect.centre().x, block->rect.centre().y);
        CHECK(window.address() == "message.1/encrypt/block.1");
    }
}

TEST_CASE("Coming out of a block finds it in sight", "[viz][chain]") {
    NullWindow window(repeating(Mode::cbc, 5000));
    CHECK(window.at("message.1/encrypt").find("block4,321") == std::string::npos);
    window.at("message.1/encrypt/block.4321");
    const std::string text = window.at("message.1/encrypt");
    CHECK((text.find("block4,321") != std::string::npos || text.find("block4321") != std::string::npos));
}
