// The modes as they run, many blocks at once, against the modes by their definition over the classroom DES: every
// length around the sizes of batches and pieces.
#include "core/base/random.hpp"
#include "core/modes/modes.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;

namespace {

// FIPS 81 and SP 800-38A, block by block.
Bytes by_definition(Mode mode, Direction direction, des::Block key, des::Block iv, const Bytes& data) {
    const des::KeySchedule schedule = des::key_schedule(key);
    Bytes out = data;
    des::Block chain = iv;
    for (std::size_t at = 0; at < data.size(); at += 8) {
        if (mode == Mode::ctr) {
            const Bytes stream = block_bytes(des::crypt(iv + at / 8, schedule));
            for (std::size_t i = at; i < std::min(at + 8, data.size()); ++i) out[i] ^= stream[i - at];
            continue;
        }
        const des::Block block = load_block(ByteView(data).subspan(at, 8));
        des::Block result = 0;
        if (direction == Direction::encrypt) {
            result = des::crypt(mode == Mode::cbc ? block ^ chain : block, schedule);
            chain = result;
        } else {
            result = des::crypt(block, schedule, Direction::decrypt) ^ (mode == Mode::cbc ? chain : 0);
            chain = block;
        }
        store_block(result, std::span(out).subspan(at, 8));
    }
    return out;
}

} // namespace

TEST_CASE("Long messages go through the modes as their definitions say", "[fast][modes]") {
    Random random = Random::seeded("fast_modes_test");
    const std::size_t counts[] = {1,   2,   30,  31,  32,  33,  47,  48,  49,  63,  64,   65,   127, 128,
                                  129, 255, 256, 257, 511, 512, 513, 575, 576, 577, 1023, 1025, 4096};
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            for (const std::size_t count : counts) {
                const des::Block key = random.block();
                const des::Block iv = random.block();
                // ctr ends anywhere within a block
                Bytes data(8 * count - (mode == Mode::ctr ? count % 8 : 0));
                random.fill(data);
                CAPTURE(name(mode), name(direction), count);
                REQUIRE(apply_mode(mode, direction, key, iv, data) == by_definition(mode, direction, key, iv, data));
            }
        }
    }
}

TEST_CASE("ctr goes on across its pieces of 32 KiB", "[fast][modes]") {
    Random random = Random::seeded("fast_modes_test pieces");
    for (const std::size_t size : {32767U, 32768U, 32769U, 65537U}) {
        Bytes data(size);
        random.fill(data);
        const des::Block start = ~des::Block{0} - 100; // the counter passes 2^64 on the way
        REQUIRE(apply_mode(Mode::ctr, Direction::encrypt, 0x133457799BBCDFF1, start, data) ==
                by_definition(Mode::ctr, Direction::encrypt, 0x133457799BBCDFF1, start, data));
    }
}
