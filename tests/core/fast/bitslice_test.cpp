// The bitsliced DES against the classroom DES and OpenSSL, on every instruction set that this machine has.
#define OPENSSL_SUPPRESS_DEPRECATED // DES_* is what is compared with
#include "core/fast/bitslice/bitslice.hpp"

#include <openssl/des.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/random.hpp"
#include "core/fast/bitslice/engine.hpp"
#include "core/fast/fast_des_tables.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
using bitslice::Level;

namespace {

Bytes random_bytes(Random& random, std::size_t count) {
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; i += 8) store_block(random.block(), std::span(bytes).subspan(i, 8));
    return bytes;
}

Bytes openssl_ecb(ByteView in, des::Block key, Direction direction) {
    DES_cblock key_bytes;
    store_block(key, key_bytes);
    DES_key_schedule schedule;
    DES_set_key_unchecked(&key_bytes, &schedule);
    Bytes out(in.size());
    for (std::size_t i = 0; i < in.size(); i += 8) {
        DES_cblock block, result;
        std::copy_n(in.begin() + static_cast<std::ptrdiff_t>(i), 8, block);
        DES_ecb_encrypt(&block, &result, &schedule, direction == Direction::encrypt ? DES_ENCRYPT : DES_DECRYPT);
        std::copy_n(result, 8, out.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return out;
}

} // namespace

TEST_CASE("Each S-box circuit is its S-box on all 64 inputs, on every instruction set", "[bitslice]") {
    for (const Level level : bitslice::available_levels()) {
        for (unsigned box = 1; box <= 8; ++box) {
            std::uint8_t outputs[64];
            bitslice::engine(level).select_all(box, outputs);
            for (unsigned input = 0; input < 64; ++input) {
                CAPTURE(bitslice::name(level), box, input);
                REQUIRE(outputs[input] == des::select(box, static_cast<std::uint8_t>(input)).output);
            }
        }
    }
}

TEST_CASE("Bitsliced blocks are the classroom's and OpenSSL's, whatever their number", "[bitslice][oracle]") {
    const std::size_t counts[] = {0,   1,   2,   3,   15,  16,  17,  63,  64,  65,  79,  80,   127,  128, 129,
                                  255, 256, 257, 271, 272, 511, 512, 513, 527, 528, 767, 1023, 1024, 1025};
    Random random = Random::seeded("bitslice_test");
    for (const Level level : bitslice::available_levels()) {
        for (const std::size_t count : counts) {
            for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
                const des::Block key = random.block();
                const des::KeySchedule schedule = des::key_schedule(key);
                const Bytes in = random_bytes(random, count * 8);
                CAPTURE(bitslice::name(level), count, direction == Direction::encrypt, key);
                Bytes out(in.size());
                bitslice::crypt_blocks(schedule, direction, in, out, level);
                REQUIRE(out == openssl_ecb(in, key, direction));
                Bytes in_place = in;
                bitslice::crypt_blocks(schedule, direction, in_place, in_place, level);
                REQUIRE(in_place == out);
                for (std::size_t i = 0; i < in.size(); i += 8) {
                    const des::Block block = load_block(ByteView(in).subspan(i, 8));
                    REQUIRE(load_block(ByteView(out).subspan(i, 8)) == des::crypt(block, schedule, direction));
                }
            }
        }
    }
}

TEST_CASE("The rounds of a batch are the classroom's, on every instruction set", "[bitslice]") {
    Random random = Random::seeded("bitslice rounds");
    const des::KeySchedule schedule = des::key_schedule(random.block());
    std::array<std::uint64_t, 16> subkeys;
    for (unsigned i = 0; i < 16; ++i) subkeys[i] = schedule.rounds[i].subkey;
    const auto rounds = std::make_unique<bitslice::BatchRounds>();
    for (const Level level : bitslice::available_levels()) {
        const std::size_t batch = bitslice::batch_size(level);
        for (const std::size_t count : {std::size_t{1}, batch / 2 + 1, batch - 1, batch}) {
            const Bytes in = random_bytes(random, count * 8);
            bitslice::record_rounds(subkeys, in, *rounds, level);
            for (std::size_t i = 0; i < count; ++i) {
                const des::BlockTrace trace = des::trace(load_block(ByteView(in).subspan(8 * i, 8)), schedule);
                for (unsigned n = 1; n <= 16; ++n) {
                    CAPTURE(bitslice::name(level), count, i, n);
                    REQUIRE(rounds->right_out(n, i) == trace.rounds[n - 1].right_out);
                    REQUIRE(rounds->s_out(n, i) == trace.rounds[n - 1].s_out);
                    REQUIRE(des::fast::gather_groups(rounds->mixed(n, i)) == trace.rounds[n - 1].mixed);
                }
            }
        }
    }
}

TEST_CASE("Bitsliced DES leaves the bytes around its output alone", "[bitslice]") {
    Random random = Random::seeded("bitslice_test borders");
    const des::KeySchedule schedule = des::key_schedule(random.block());
    for (const Level level : bitslice::available_levels()) {
        Bytes around(8 * 302, 0xA5);
        const Bytes in(8 * 300, 0x5A);
        bitslice::crypt_blocks(schedule, Direction::encrypt, in, std::span(around).subspan(8, in.size()), level);
        CHECK(std::all_of(around.begin(), around.begin() + 8, [](std::uint8_t byte) { return byte == 0xA5; }));
        CHECK(std::all_of(around.end() - 8, around.end(), [](std::uint8_t byte) { return byte == 0xA5; }));
    }
}

TEST_CASE("The level is the widest, or the one that the environment names", "[bitslice]") {
    const char* const before = std::getenv("KEYHOLE_BITSLICE");
    const std::string restored = before == nullptr ? "" : before;
    setenv("KEYHOLE_BITSLICE", "", 1);
    CHECK(bitslice::best_level() == bitslice::available_levels().back());
    CHECK(bitslice::available_levels().front() == Level::portable);
    for (const Level level : bitslice::available_levels()) {
        setenv("KEYHOLE_BITSLICE", std::string(bitslice::name(level)).c_str(), 1);
        CHECK(bitslice::best_level() == level);
        CHECK(bitslice::find_level(bitslice::name(level)) == level);
    }
    setenv("KEYHOLE_BITSLICE", "sse2", 1);
    CHECK_THROWS_AS(bitslice::best_level(), Error);
    setenv("KEYHOLE_BITSLICE", restored.c_str(), 1);
    CHECK(bitslice::batch_size(Level::portable) == 64);
}
