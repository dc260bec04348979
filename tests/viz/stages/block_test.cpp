// The block's stages against independent facts: lone bits through IP and FP, OpenSSL's DES for whole blocks, the modes'
// own definitions for what stands before and behind, and the window on the null backend in several sizes.
#define OPENSSL_SUPPRESS_DEPRECATED // DES_* is what is compared with
#include <fmt/format.h>
#include <openssl/des.h>

#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/null_window.hpp"
#include "tests/support/samples.hpp"
#include "viz/stages/block/block_model.hpp"
#include "viz/stages/block/permutation_model.hpp"

using namespace keyhole;
using namespace keyhole::viz;
using viz::testing::NullWindow;

namespace {

std::string hex(std::uint64_t value) { return fmt::format("0x{:016X}", value); }

des::Block of(const Bytes& bytes) {
    des::Block value = 0;
    for (const auto byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

} // namespace

TEST_CASE("every wire of IP and FP takes a lone bit where the cipher takes it", "[viz][block]") {
    const Recording recording = samples::workbench(Direction::encrypt, Mode::ecb, 8);
    const Trace trace(recording);
    const auto at = [&](const char* step) {
        return make_permutation_model(trace, trace.tree().at(std::string("message.1/encrypt/block.1/") + step));
    };
    const PermutationModel ip = at("ip"), swap = at("swap"), fp = at("fp");
    for (unsigned i = 1; i <= 64; ++i) {
        const auto lone = [](unsigned place) { return std::uint64_t{1} << (64 - place); };
        CHECK(des::initial_permutation(lone(i)) == lone(ip.destination[i - 1]));
        CHECK(des::final_permutation(lone(i)) == lone(fp.destination[i - 1]));
        CHECK(fp.destination[ip.destination[i - 1] - 1] == i);
        CHECK(swap.destination[i - 1] == (i > 32 ? i - 32 : i + 32));
        for (const PermutationModel* model : {&ip, &swap, &fp}) {
            CHECK(model->source[model->destination[i - 1] - 1] == i);
            CHECK(bit_at(model->from.value, 64, i) == bit_at(model->to.value, 64, model->destination[i - 1]));
        }
    }
    CHECK(ip.to == Bits{trace.block(trace.tree().at("message.1/encrypt/block.1")).trace.after_ip, 64});
    CHECK(swap.to == fp.from);
    CHECK(bit_words(ip, 58) == "bit 58 of the block \u2192 bit 1 of L\u2080");
    CHECK(bit_words(ip, 7) == "bit 7 of the block \u2192 bit 32 of R\u2080");
    CHECK(bit_words(swap, 33) == "bit 1 of R\u2081\u2086 \u2192 bit 1 of R\u2081\u2086");
    CHECK(bit_words(fp, 40) == "bit 8 of L\u2081\u2086 \u2192 bit 1 of the block");
}

TEST_CASE("the ladder's halves hang together and end in OpenSSL's result", "[viz][block]") {
    for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
        const Recording recording = samples::workbench(direction, Mode::ecb, 24);
        const Trace trace(recording);
        const std::string address = fmt::format("message.1/{}/block.2", name(direction));
        const BlockModel model = make_block_model(trace, trace.tree().at(address));
        const bool reversed = direction == Direction::decrypt;
        CHECK(model.number == 2);
        CHECK(model.subkeys.front() == (reversed ? "K\u2081\u2086" : "K\u2081"));
        CHECK(model.subkeys.back() == (reversed ? "K\u2081" : "K\u2081\u2086"));
        const BlockRun& run = trace.block(trace.tree().at(address));
        for (unsigned n = 0; n < 16; ++n) {
            CHECK(model.halves[n] == Bits{run.trace.rounds[n].left_in, 32});
            CHECK(model.halves[n + 1] == Bits{run.trace.rounds[n].right_in, 32});
        }
        CHECK(run.trace.preoutput == (model.halves[17].value << 32 | model.halves[16].value));

        DES_cblock key, in, out;
        for (unsigned i = 0; i < 8; ++i) {
            key[i] = static_cast<unsigned char>(recording.des->key >> (56 - 8 * i));
            in[i] = static_cast<unsigned char>(run.trace.input >> (56 - 8 * i));
        }
        DES_key_schedule schedule;
        DES_set_key_unchecked(&key, &schedule);
        DES_ecb_encrypt(&in, &out, &schedule, reversed ? DES_DECRYPT : DES_ENCRYPT);
        std::uint64_t result = 0;
        for (const unsigned char byte : out) result = result << 8 | byte;
        CHECK(model.back.back().value == hex(result));
    }
}

TEST_CASE("before and behind the cipher stands what the mode does there", "[viz][block]") {
    const auto model_of = [](Mode mode, Direction direction, unsigned number) {
        const Recording recording = samples::workbench(direction, mode, 21);
        const Trace trace(recording);
        const Node node = trace.tree().at(fmt::format("message.1/{}/block.{}", name(direction), number));
        const BlockRun& run = trace.block(node);
        return std::tuple{make_block_model(trace, node), run, trace.pass(node).iv};
    };
    SECTION("ecb: nothing") {
        const auto [model, run, iv] = model_of(Mode::ecb, Direction::encrypt, 1);
        REQUIRE(model.front.size() == 1);
        REQUIRE(model.back.size() == 1);
        CHECK(model.front[0].value == hex(of(run.input)));
        CHECK(model.back[0].value == hex(run.trace.output));
    }
    SECTION("cbc encryption: the ciphertext before is added in front") {
        const auto [model, run, iv] = model_of(Mode::cbc, Direction::encrypt, 2);
        REQUIRE(model.front.size() == 3);
        CHECK(model.front[1].label == "ciphertext block 1");
        REQUIRE(model.front[1].go_to);
        CHECK(model.front[1].go_to->last().number == 1);
        CHECK(model.front[2].value == hex(of(run.input) ^ of(run.previous)));
        CHECK(model.back.size() == 1);
    }
    SECTION("cbc decryption: it is taken away behind, from the first block the IV") {
        const auto [model, run, iv] = model_of(Mode::cbc, Direction::decrypt, 1);
        REQUIRE(model.back.size() == 3);
        CHECK(model.back[1].label == "the IV");
        CHECK(model.back[1].value == hex(iv));
        CHECK_FALSE(model.back[1].go_to);
        CHECK(model.back[2].value == hex(run.trace.output ^ iv));
    }
    SECTION("ofb: what DES gave before goes in, the text is added behind, the last block is short") {
        const auto [model, run, iv] = model_of(Mode::ofb, Direction::decrypt, 3);
        REQUIRE(model.front.size() == 1);
        CHECK(model.front[0].label == "shift register: key stream of block 2");
        CHECK(model.front[0].go_to->last().number == 2);
        REQUIRE(model.back.size() == 3);
        CHECK(model.back[0].value == hex(run.trace.output));
        CHECK(model.back[2].value.size() == 2 + 2 * 5);
        CHECK(model.subkeys.front() == "K\u2081");
    }
    SECTION("cfb8: a byte of what leaves is kept, and a byte is added") {
        const auto [model, run, iv] = model_of(Mode::cfb8, Direction::encrypt, 1);
        CHECK(model.front[0].label == "shift register: the IV");
        CHECK(model.front[0].value == hex(iv));
        REQUIRE(model.back.size() == 3);
        CHECK(model.back[0].label == "leaves FP: first 8 bits kept");
        CHECK(model.back[1].value.size() == 2 + 2);
        CHECK(std::get<0>(model_of(Mode::cfb1, Direction::encrypt, 2)).back[2].value.size() == 1);
    }
    SECTION("ctr: the counter goes in, the text is added behind, the last block is short") {
        const auto [model, run, iv] = model_of(Mode::ctr, Direction::encrypt, 3);
        REQUIRE(model.front.size() == 1);
        CHECK(model.front[0].label == "counter: IV + 2");
        CHECK(model.front[0].value == hex(iv + 2));
        REQUIRE(model.back.size() == 3);
        CHECK(model.back[1].value.size() == 2 + 2 * 5);
        CHECK(model.back[2].value.size() == 2 + 2 * 5);
        CHECK(model.subkeys.front() == "K\u2081");
    }
}

TEST_CASE("the block's stages show every value and cut no text", "[viz][block]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        NullWindow window(samples::exchange(mode));
        for (const auto& [width, height] : viz::testing::window_sizes) {
            window.size(width, height);
            for (const float scale : {1.0F, 2.0F}) {
                window.app.ui().scale = scale;
                for (const std::string part : {"", "/ip", "/swap", "/fp"}) {
                    for (const std::string direction : {"encrypt", "decrypt"}) {
                        const std::string address = fmt::format("message.1/{}/block.2{}", direction, part);
                        CAPTURE(name(mode), width, scale, address);
                        const std::string text = window.at(address);
                        CHECK(take_cut_text().empty());
                        const Trace& trace = window.app.session().trace;
                        const Node node = trace.tree().at(address);
                        if (!part.empty()) {
                            const PermutationModel model = make_permutation_model(trace, node);
                            for (const Bits& bits : {model.from, model.to}) {
                                CHECK(text.find(fmt::format("{:08X}", bits.value >> 32)) != std::string::npos);
                                CHECK(text.find(fmt::format("{:08X}", bits.value & 0xFFFFFFFF)) != std::string::npos);
                            }
                            continue;
                        }
                        const BlockModel model = make_block_model(trace, node);
                        for (const Bits& half : model.halves)
                            CHECK(text.find(hex_text(half).substr(2)) != std::string::npos);
                        for (const std::string& subkey : model.subkeys) CHECK(text.find(subkey) != std::string::npos);
                        for (const auto* parts : {&model.front, &model.back}) {
                            for (const ChainPart& chain : *parts) CHECK(text.find(chain.value) != std::string::npos);
                        }
                    }
                }
            }
        }
    }
}

TEST_CASE("the bit under the mouse is followed through IP, from rows and squares alike", "[viz][block]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    window.at("message.1/encrypt/block.1/ip");
    unsigned told = 0;
    for (float y = 120; y < 800; y += 4) {
        ImGui::GetIO().MousePos = {600, y};
        window.frame();
        const std::string text = NullWindow::squeezed(window.frame());
        if (text.find("oftheblock\u2192bit") != std::string::npos) ++told;
    }
    CHECK(told > 20); // two rows and a square's eight cells, sampled every four pixels
}

TEST_CASE("a click in the ladder goes to the round, to IP, the swap and FP", "[viz][block]") {
    NullWindow window(samples::workbench(Direction::encrypt, Mode::ecb, 8));
    std::set<std::string> reached;
    const std::string block = "message.1/encrypt/block.1";
    window.at(block);
    // Down between the lanes.
    for (float y = 140; y < 820; y += 6) {
        window.click(730, y);
        reached.insert(window.address());
        window.at(block);
    }
    for (unsigned n = 1; n <= 16; ++n) CHECK(reached.count(fmt::format("{}/round.{}", block, n)) == 1);
    for (const char* stop : {"/ip", "/swap", "/fp"}) CHECK(reached.count(block + stop) == 1);
}
