// Modes of operation and padding against OpenSSL and against their definitions.
#define OPENSSL_SUPPRESS_DEPRECATED // DES_* is what is compared with
#include "core/modes/modes.hpp"

#include <openssl/des.h>

#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/random_bytes.hpp"

using namespace keyhole;
using keyhole::testing::random_bytes;

namespace {

Bytes openssl(Mode mode, Direction direction, des::Block key, des::Block iv, const Bytes& data) {
    DES_cblock key_bytes, iv_bytes;
    store_block(key, key_bytes);
    store_block(iv, iv_bytes);
    DES_key_schedule schedule;
    DES_set_key_unchecked(&key_bytes, &schedule);
    const int way = direction == Direction::encrypt ? DES_ENCRYPT : DES_DECRYPT;
    Bytes out(data.size());
    if (mode == Mode::cbc) {
        DES_ncbc_encrypt(data.data(), out.data(), static_cast<long>(data.size()), &schedule, &iv_bytes, way);
        return out;
    }
    for (std::size_t at = 0; at < data.size(); at += 8) {
        DES_cblock block, result;
        // ecb enciphers the data, ctr enciphers the counter iv, iv + 1, .. and adds it to the data.
        const bool counts = mode == Mode::ctr;
        store_block(counts ? iv + at / 8 : load_block(ByteView(data).subspan(at, 8)), block);
        DES_ecb_encrypt(&block, &result, &schedule, counts ? DES_ENCRYPT : way);
        for (std::size_t i = at; i < std::min(at + 8, data.size()); ++i) {
            out[i] = static_cast<std::uint8_t>(result[i - at] ^ (counts ? data[i] : 0));
        }
    }
    return out;
}

} // namespace

TEST_CASE("Every mode agrees with OpenSSL for all lengths, and decryption gives the text back", "[modes][oracle]") {
    Random random = Random::seeded("modes_test");
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (std::size_t size = 0; size <= 65; ++size) {
            const des::Block key = random.block();
            const des::Block iv = random.block();
            const Bytes text = random_bytes(random, size);
            const Bytes data = mode == Mode::ctr ? text : pad_pkcs7(text);
            CAPTURE(name(mode), size, key, iv);
            const Bytes enciphered = apply_mode(mode, Direction::encrypt, key, iv, data);
            REQUIRE(enciphered == openssl(mode, Direction::encrypt, key, iv, data));
            REQUIRE(apply_mode(mode, Direction::decrypt, key, iv, data) ==
                    openssl(mode, Direction::decrypt, key, iv, data));
            const Bytes back = apply_mode(mode, Direction::decrypt, key, iv, enciphered);
            REQUIRE((mode == Mode::ctr ? back : unpad_pkcs7(back)) == text);
        }
    }
}

TEST_CASE("The counter of ctr goes on from 2^64 - 1 to 0", "[modes]") {
    const des::Block key = 0x133457799BBCDFF1;
    const Bytes zeros(24);
    const Bytes stream = apply_mode(Mode::ctr, Direction::encrypt, key, ~des::Block{0} - 1, zeros);
    const des::KeySchedule schedule = des::key_schedule(key);
    CHECK(load_block(ByteView(stream).subspan(0, 8)) == des::crypt(~des::Block{0} - 1, schedule));
    CHECK(load_block(ByteView(stream).subspan(8, 8)) == des::crypt(~des::Block{0}, schedule));
    CHECK(load_block(ByteView(stream).subspan(16, 8)) == des::crypt(0, schedule));
}

TEST_CASE("Without padding ecb and cbc take whole blocks only", "[modes]") {
    for (const Mode mode : {Mode::ecb, Mode::cbc}) {
        CHECK(apply_mode(mode, Direction::encrypt, 1, 2, Bytes{}).empty());
        for (std::size_t size : {1U, 7U, 9U, 15U}) {
            CHECK_THROWS_AS(apply_mode(mode, Direction::encrypt, 1, 2, Bytes(size)), Error);
            CHECK_THROWS_AS(apply_mode(mode, Direction::decrypt, 1, 2, Bytes(size)), Error);
        }
    }
}

TEST_CASE("A pass shows block by block what the mode computes at once", "[modes]") {
    Random random = Random::seeded("modes_test pass");
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t size : {8U, 24U, 29U}) {
                if (mode != Mode::ctr && size % 8 != 0) continue;
                const des::Block key = random.block();
                const des::Block iv = random.block();
                const Bytes input = random_bytes(random, size);
                const Bytes output = apply_mode(mode, direction, key, iv, input);
                const Pass pass{.mode = mode,
                                .direction = direction,
                                .schedule = des::key_schedule(key),
                                .iv = iv,
                                .input = input,
                                .output = output};
                CAPTURE(name(mode), name(direction), size);
                REQUIRE(pass.block_count() == (size + 7) / 8);
                Bytes inputs, outputs;
                for (std::uint64_t number = 1; number <= pass.block_count(); ++number) {
                    const BlockRun block = pass.block(number);
                    CHECK(block.trace.input == pass.chained(number));
                    CHECK(block.trace == des::trace(pass.chained(number), pass.schedule, pass.cipher_direction()));
                    CHECK(block.previous.size() == (mode == Mode::cbc ? 8 : 0));
                    inputs.insert(inputs.end(), block.input.begin(), block.input.end());
                    outputs.insert(outputs.end(), block.output.begin(), block.output.end());
                }
                CHECK(inputs == input);
                CHECK(outputs == output);
            }
        }
    }
}

TEST_CASE("PKCS#7 adds one to eight bytes that tell how many they are", "[modes][padding]") {
    for (std::size_t size = 0; size <= 24; ++size) {
        const Bytes data(size, 0x41);
        const Bytes padded = pad_pkcs7(data);
        const std::size_t added = padded.size() - size;
        CHECK(padded.size() % 8 == 0);
        CHECK((added >= 1 && added <= 8));
        for (std::size_t i = size; i < padded.size(); ++i) CHECK(padded[i] == added);
        CHECK(unpad_pkcs7(padded) == data);
    }
}

TEST_CASE("Padding that is not PKCS#7's is refused", "[modes][padding][hostile]") {
    const auto refused = [](const char* hex) { return !unpad_pkcs7(*from_hex(hex)); };
    CHECK(refused(""));
    CHECK(refused("01"));                 // no whole block
    CHECK(refused("4141414141414100"));   // none
    CHECK(refused("4141414141414109"));   // more than a block
    CHECK(refused("41414141414141FF"));   //
    CHECK(refused("4141414141410102"));   // the two bytes differ
    CHECK(refused("0708080808080808"));   // eight are told, seven are there
    CHECK(refused("414141414141410101")); // nine bytes
    CHECK(unpad_pkcs7(*from_hex("0808080808080808")) == Bytes{});
    CHECK(unpad_pkcs7(*from_hex("4141414141410202")) == Bytes(6, 0x41));
}

TEST_CASE("Modes and stages are found by the names they have", "[modes]") {
    for (const Mode mode : every_mode) CHECK(find_mode(name(mode)) == mode);
    CHECK(find_mode("CFB8") == Mode::cfb8);
    CHECK(find_mode("Ofb") == Mode::ofb);
    CHECK(find_chat_mode("ctr") == Mode::ctr);
    for (const char* text : {"ofb", "cfb", "CTR"}) CHECK_FALSE(find_chat_mode(text));
    CHECK(mode_names() == "ecb, cbc, cfb, cfb8, cfb1, ofb or ctr");
    CHECK(counted_blocks(Mode::cfb, 3) == "3 blocks");
    CHECK(counted_blocks(Mode::cfb1, 1) == "1 segment of 1 bit");
    CHECK(name(Direction::encrypt) == "encrypt");
    CHECK(name(Direction::decrypt) == "decrypt");
    for (const char* text : {"", "ecb ", "cfb64", "gcm", "EC\xC2"}) CHECK_FALSE(find_mode(text));
}
