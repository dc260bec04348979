// The fast DES against the classroom DES and OpenSSL: subkeys, single blocks, records and cbc of every length.
#define OPENSSL_SUPPRESS_DEPRECATED // DES_* is what is compared with
#include "core/fast/fast_des_record.hpp"

#include <openssl/des.h>

#include "core/base/random.hpp"
#include "core/fast/fast_des_tables.hpp"
#include "tests/support/block_record.hpp"
#include "tests/support/catch.hpp"

using namespace keyhole;
namespace fast = des::fast;

namespace {

// Every single bit, both ends, and what a generator gives.
std::vector<des::Block> blocks_to_try(std::string_view seed, std::size_t drawn) {
    std::vector<des::Block> out{0, ~des::Block{0}, 0x0123456789ABCDEF, 0x8000000080000000};
    for (unsigned bit = 0; bit < 64; ++bit) out.push_back(des::Block{1} << bit);
    Random random = Random::seeded(seed);
    while (drawn-- > 0) out.push_back(random.block());
    return out;
}

} // namespace

TEST_CASE("The fast key schedule has the classroom's subkeys", "[fast][des]") {
    for (const des::Block key : blocks_to_try("fast keys", 400)) {
        const des::KeySchedule schedule = des::key_schedule(key);
        REQUIRE(fast::key_schedule(key) == fast::to_fast(schedule));
        for (unsigned i = 0; i < 16; ++i) {
            REQUIRE(fast::gather_groups(fast::key_schedule(key).subkeys[i]) == schedule.rounds[i].subkey);
        }
    }
}

TEST_CASE("Spread halves are the classroom's expansion", "[fast][des]") {
    for (const des::Block block : blocks_to_try("fast halves", 400)) {
        const auto half = static_cast<std::uint32_t>(block);
        CHECK(fast::spread_expansion(half) == fast::spread_groups(des::expansion(half)));
        CHECK(fast::unexpanded(fast::spread_expansion(half)) == half);
        CHECK(fast::gather_groups(fast::spread_groups(block >> 16)) == block >> 16);
    }
}

TEST_CASE("The fast DES gives what the classroom and OpenSSL give, both ways", "[fast][des][oracle]") {
    const std::vector<des::Block> keys = blocks_to_try("fast crypt keys", 400);
    const std::vector<des::Block> blocks = blocks_to_try("fast crypt blocks", 400);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const des::KeySchedule schedule = des::key_schedule(keys[i]);
        const fast::Schedule quick = fast::key_schedule(keys[i]);
        DES_cblock key, in, out;
        store_block(keys[i], key);
        store_block(blocks[i], in);
        DES_key_schedule openssl;
        DES_set_key_unchecked(&key, &openssl);
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const des::Block result = fast::crypt(blocks[i], quick, direction);
            REQUIRE(result == des::crypt(blocks[i], schedule, direction));
            DES_ecb_encrypt(&in, &out, &openssl, direction == Direction::encrypt ? DES_ENCRYPT : DES_DECRYPT);
            REQUIRE(result == load_block(out));
        }
    }
}

TEST_CASE("Blocks two by two are blocks one by one, also in place", "[fast][des]") {
    const std::vector<des::Block> all = blocks_to_try("fast pairs", 40);
    const fast::Schedule schedule = fast::key_schedule(0x133457799BBCDFF1);
    for (std::size_t count = 0; count <= 33; ++count) {
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            Bytes in(8 * count), expected(8 * count), out(8 * count);
            for (std::size_t i = 0; i < count; ++i) {
                store_block(all[i], std::span(in).subspan(8 * i, 8));
                store_block(fast::crypt(all[i], schedule, direction), std::span(expected).subspan(8 * i, 8));
            }
            fast::crypt_blocks(schedule, direction, in, out);
            REQUIRE(out == expected);
            fast::crypt_blocks(schedule, direction, in, in);
            REQUIRE(in == expected);
        }
    }
}

TEST_CASE("A record holds everything that the classroom's trace holds", "[fast][des]") {
    const std::vector<des::Block> all = blocks_to_try("fast record", 600);
    // One after the other, in pairs, in batches (of 64, 256 or 512, as this machine has them) and what is left of them.
    const std::size_t counts[] = {0,   1,   2,   3,   4,   5,   6,   7,   8,   9,   63,  64,  65,
                                  127, 159, 160, 161, 255, 256, 257, 287, 288, 416, 511, 512, 513};
    for (const std::size_t count : counts) {
        const std::span<const des::Block> blocks = std::span(all).subspan(count % 9, count);
        for (const Direction direction : {Direction::encrypt, Direction::decrypt}) {
            const des::Block key = all[70 + count];
            std::vector<fast::BlockRecord> records(count);
            fast::record(blocks, fast::key_schedule(key), direction, records);
            for (std::size_t i = 0; i < count; ++i) {
                REQUIRE(fast::trace_of(records[i], fast::key_schedule(key), direction) ==
                        des::trace(blocks[i], des::key_schedule(key), direction));
            }
        }
    }
}

TEST_CASE("Fast cbc encryption chains as the standard says, also in place", "[fast][des][modes]") {
    Random random = Random::seeded("fast cbc");
    for (std::size_t count = 0; count <= 40; ++count) {
        const des::Block key = random.block();
        const des::Block iv = random.block();
        const des::KeySchedule schedule = des::key_schedule(key);
        Bytes data(8 * count);
        random.fill(data);
        Bytes expected(data.size());
        des::Block chain = iv;
        for (std::size_t at = 0; at < data.size(); at += 8) {
            chain = des::crypt(load_block(ByteView(data).subspan(at, 8)) ^ chain, schedule);
            store_block(chain, std::span(expected).subspan(at, 8));
        }
        Bytes out(data.size());
        fast::cbc_encrypt(fast::key_schedule(key), iv, data, out);
        REQUIRE(out == expected);
        fast::cbc_encrypt(fast::key_schedule(key), iv, data, data);
        REQUIRE(data == expected);
    }
}
