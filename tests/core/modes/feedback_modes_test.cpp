// cfb, cfb8, cfb1 and ofb (FIPS 81) against OpenSSL at every length, and the block by block view against the whole
// message. Three equal keys make OpenSSL's triple DES a single one, which needs no legacy provider.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "core/base/random.hpp"
#include "core/base/release.hpp"
#include "core/modes/modes.hpp"
#include "core/steps/address.hpp"
#include "core/steps/trace.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_bytes.hpp"

using namespace keyhole;
using keyhole::testing::random_bytes;

namespace {

constexpr std::array feedback_modes = {Mode::cfb, Mode::cfb8, Mode::cfb1, Mode::ofb};

const EVP_CIPHER* cipher_of(Mode mode) {
    switch (mode) {
        case Mode::cfb: return EVP_des_ede3_cfb64();
        case Mode::cfb8: return EVP_des_ede3_cfb8();
        case Mode::cfb1: return EVP_des_ede3_cfb1();
        default: return EVP_des_ede3_ofb();
    }
}

Bytes openssl(Mode mode, Direction direction, des::Block key, des::Block iv, const Bytes& data) {
    const Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> context(EVP_CIPHER_CTX_new());
    Bytes keys;
    for (int i = 0; i < 3; ++i) {
        for (const std::uint8_t byte : block_bytes(key)) keys.push_back(byte);
    }
    REQUIRE(EVP_CipherInit_ex(context.get(), cipher_of(mode), nullptr, keys.data(), block_bytes(iv).data(),
                              direction == Direction::encrypt ? 1 : 0) == 1);
    Bytes out(data.size() + 8);
    int length = 0;
    if (!data.empty())
        REQUIRE(EVP_CipherUpdate(context.get(), out.data(), &length, data.data(), static_cast<int>(data.size())) == 1);
    out.resize(static_cast<std::size_t>(length));
    return out;
}

} // namespace

TEST_CASE("cfb, cfb8, cfb1 and ofb agree with OpenSSL at every length and in both directions", "[modes][oracle]") {
    Random random = Random::seeded("feedback_modes_test");
    for (const Mode mode : feedback_modes) {
        for (std::size_t size = 0; size <= 40; ++size) {
            const des::Block key = random.block(), iv = random.block();
            const Bytes data = random_bytes(random, size);
            CAPTURE(name(mode), size, key, iv);
            const Bytes ciphertext = apply_mode(mode, Direction::encrypt, key, iv, data);
            REQUIRE(ciphertext == openssl(mode, Direction::encrypt, key, iv, data));
            REQUIRE(apply_mode(mode, Direction::decrypt, key, iv, data) ==
                    openssl(mode, Direction::decrypt, key, iv, data));
            REQUIRE(apply_mode(mode, Direction::decrypt, key, iv, ciphertext) == data);
        }
    }
}

TEST_CASE("Long messages in cfb, cfb8, cfb1 and ofb go through in pieces as OpenSSL's do", "[modes][fast][oracle]") {
    Random random = Random::seeded("feedback_modes_test long");
    for (const Mode mode : feedback_modes) {
        for (const std::size_t size : {511U, 512U, 513U, 4095U, 4096U, 4097U, 33000U}) {
            const des::Block key = random.block(), iv = random.block();
            const Bytes data = random_bytes(random, size);
            CAPTURE(name(mode), size);
            for (const Direction direction : {Direction::encrypt, Direction::decrypt})
                REQUIRE(apply_mode(mode, direction, key, iv, data) == openssl(mode, direction, key, iv, data));
        }
    }
}

TEST_CASE("A register moves on by the ciphertext, in ofb by the key stream", "[modes]") {
    Random random = Random::seeded("feedback_modes_test register");
    for (const Mode mode : feedback_modes) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const des::Block key = random.block(), iv = random.block();
            const Bytes input = random_bytes(random, 29), output = apply_mode(mode, direction, key, iv, input);
            const Pass pass{.mode = mode,
                            .direction = direction,
                            .schedule = des::key_schedule(key),
                            .iv = iv,
                            .input = input,
                            .output = output};
            CAPTURE(name(mode), name(direction));
            REQUIRE(pass.block_count() == (mode == Mode::cfb1 ? 232 : mode == Mode::cfb8 ? 29 : 4));
            CHECK(pass.cipher_direction() == Direction::encrypt);
            des::Block shift_register = iv;
            Bytes bits(29);
            for (std::uint64_t number = 1; number <= pass.block_count(); ++number) {
                const BlockRun run = pass.block(number);
                REQUIRE(pass.chained(number) == shift_register);
                REQUIRE(run.trace == des::trace(shift_register, pass.schedule));
                REQUIRE(run.previous.empty());
                const Bytes& ciphertext = direction == Direction::encrypt ? run.output : run.input;
                if (mode == Mode::cfb1) {
                    REQUIRE(ciphertext.size() == 1);
                    REQUIRE(run.key_stream.front() == run.trace.output >> 63);
                    shift_register = shift_register << 1 | ciphertext.front();
                    bits[(number - 1) / 8] |= static_cast<std::uint8_t>(run.output.front() << (7 - (number - 1) % 8));
                } else if (mode == Mode::cfb8) {
                    REQUIRE(run.key_stream.front() == run.trace.output >> 56);
                    shift_register = shift_register << 8 | ciphertext.front();
                } else {
                    REQUIRE(run.input.size() == (number == 4 ? 5 : 8));
                    if (number < 4) shift_register = mode == Mode::ofb ? run.trace.output : load_block(ciphertext);
                }
                for (std::size_t i = 0; i < run.output.size(); ++i)
                    REQUIRE(run.output[i] == (run.input[i] ^ run.key_stream[i]));
                if (mode != Mode::cfb1) {
                    const std::size_t at = segment_bits(mode) / 8 * (number - 1);
                    REQUIRE(std::equal(run.output.begin(), run.output.end(),
                                       output.begin() + static_cast<std::ptrdiff_t>(at)));
                }
            }
            if (mode == Mode::cfb1) CHECK(bits == output);
        }
    }
}

TEST_CASE("A megabyte in cfb1 is eight million segments, and any of them is at hand", "[modes][steps]") {
    const Recording recording = record_des({.key = 0x133457799BBCDFF1, .mode = Mode::cfb1, .padding = Padding::none},
                                           Direction::decrypt, 0x0123456789ABCDEF, Bytes(std::size_t{1} << 20, 0x5A));
    const Trace trace(recording);
    const StepTree& tree = trace.tree();
    CHECK(tree.block_count(1, Direction::decrypt) == std::uint64_t{8} << 20);
    CHECK_FALSE(tree.find("message.1/decrypt/block.8388609"));
    for (const std::uint64_t number : {1U, 64U, 65U, 4'000'003U, 8'388'608U}) {
        const std::string where = fmt::format("message.1/decrypt/block.{}/round.16/sbox.8", number);
        const Node node = tree.at(where);
        CHECK(address(node) == where);
        CHECK(tree.at_number(tree.number(node)) == node);
        const Step step = trace.step(node.up_to(Kind::block));
        CHECK(full_text(step.values.at(1).datum) ==
              (trace.pass(1, Direction::decrypt).segment(number).front() == 1 ? "0x1" : "0x0"));
    }
}

TEST_CASE("A block's words say what the register holds, what is kept and what it becomes", "[modes][steps]") {
    for (const Mode mode : feedback_modes) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const Recording recording = record_des({.key = 0x133457799BBCDFF1, .mode = mode, .padding = Padding::none},
                                                   direction, 0x0123456789ABCDEF, Bytes(20, 0x6D));
            const Trace trace(recording);
            CAPTURE(name(mode), name(direction));
            const auto value = [](const Step& step, std::string_view wanted) -> std::string {
                for (const Value& v : step.values) {
                    if (v.name == wanted) return full_text(v.datum);
                }
                return {};
            };
            const Step all = trace.step(trace.tree().at(fmt::format("message.1/{}", name(direction))));
            CHECK(value(all, "iv") == "0x0123456789ABCDEF");
            CHECK(all.explanation.find("same IV") != std::string::npos);
            CHECK(all.source == "FIPS 81");
            std::string chained = "0x0123456789ABCDEF";
            const std::uint64_t count = trace.tree().block_count(1, direction);
            for (std::uint64_t n = 1; n <= count; ++n) {
                const Step step = trace.step(trace.tree().at(fmt::format("message.1/{}/block.{}", name(direction), n)));
                REQUIRE(value(step, "chained") == chained);
                chained = value(step, "next_register");
                const bool short_block = segment_bits(mode) == 64 && n == count;
                REQUIRE(chained.empty() == short_block);
                REQUIRE(value(step, "key_stream").size() == value(step, "result").size());
                for (const char* quoted : {"chained", "output"})
                    REQUIRE(step.explanation.find(value(step, quoted)) != std::string::npos);
                if (!short_block) REQUIRE(step.explanation.find(chained) != std::string::npos);
            }
        }
    }
}
