// DES against Botan 2 and OpenSSL: chained blocks, independent blocks, recorded blocks, key schedules.
#define OPENSSL_SUPPRESS_DEPRECATED // DES_* is what is compared with
#include <openssl/des.h>

#include "core/base/random.hpp"
#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/fast_des_record.hpp"
#include "tests/bench/measure.hpp"
#ifdef KEYHOLE_BENCH_BOTAN
#include <botan/block_cipher.h>
#include <botan/cipher_mode.h>
#endif

namespace keyhole::bench {
namespace {

constexpr des::Block key = 0x133457799BBCDFF1;
constexpr des::Block iv = 0x0F1E2D3C4B5A6978;
constexpr unsigned rounds = 41;

Bytes random_bytes(std::size_t size) {
    Random random = Random::seeded("bench");
    Bytes out(size);
    random.fill(out);
    return out;
}

} // namespace

Row des_cbc_row() {
    Row row{.name = {},
            .what = "cbc encryption of 256 KiB, a block",
            .peer_name = "Botan 2, DES/CBC",
            .unit = "ns/block",
            .target = 1.3,
            .missing = {}};
#ifdef KEYHOLE_BENCH_BOTAN
    const Bytes in = random_bytes(1 << 18);
    const auto blocks = static_cast<double>(in.size() / 8);
    Bytes out(in.size());
    const des::fast::Schedule schedule = des::fast::key_schedule(key);
    const Bytes key_bytes = block_bytes(key), iv_bytes = block_bytes(iv);
    const auto botan = Botan::Cipher_Mode::create("DES/CBC/NoPadding", Botan::ENCRYPTION);
    botan->set_key(key_bytes.data(), key_bytes.size());
    Bytes in_place = in;
    measure(
        row, Better::less, rounds,
        [&] { return nanoseconds_each(blocks, [&] { des::fast::cbc_encrypt(schedule, iv, in, out); }); },
        [&] {
            return nanoseconds_each(blocks, [&] {
                botan->start(iv_bytes.data(), iv_bytes.size());
                botan->process(in_place.data(), in_place.size());
            });
        });
    keep(out.data());
#else
    row.missing = "Botan 2 (install libbotan-2-dev)";
#endif
    return row;
}

Row des_bulk_row() {
    Row row{.name = {},
            .what = "1 MiB of independent blocks, a block",
            .peer_name = "Botan 2, DES ecb",
            .unit = "ns/block",
            .target = 5,
            .missing = {}};
    row.what += ", bitsliced with " + std::string(bitslice::name(bitslice::best_level()));
#ifdef KEYHOLE_BENCH_BOTAN
    const Bytes in = random_bytes(1 << 20);
    const auto blocks = static_cast<double>(in.size() / 8);
    Bytes out(in.size());
    const des::KeySchedule schedule = des::key_schedule(key);
    const Bytes key_bytes = block_bytes(key);
    const auto botan = Botan::BlockCipher::create("DES");
    botan->set_key(key_bytes.data(), key_bytes.size());
    measure(
        row, Better::less, rounds,
        [&] {
            return nanoseconds_each(blocks, [&] { bitslice::crypt_blocks(schedule, Direction::encrypt, in, out); });
        },
        [&] { return nanoseconds_each(blocks, [&] { botan->encrypt_n(in.data(), out.data(), in.size() / 8); }); });
    keep(out.data());
#else
    row.missing = "Botan 2 (install libbotan-2-dev)";
#endif
    return row;
}

Row des_recorded_row() {
    Row row{.name = {},
            .what = "a block with all that its CSV rows need",
            .peer_name = "OpenSSL, DES_ecb_encrypt",
            .unit = "ns/block",
            .target = 1,
            .missing = {}};
    constexpr std::size_t count = 512, repetitions = 50;
    std::vector<des::Block> in(count);
    Random random = Random::seeded("bench");
    for (des::Block& block : in) block = random.block();
    std::vector<des::fast::BlockRecord> records(count);
    const des::fast::Schedule schedule = des::fast::key_schedule(key);
    const Bytes plain = random_bytes(8 * count);
    Bytes out(plain.size());
    DES_cblock key_bytes;
    store_block(key, key_bytes);
    DES_key_schedule openssl;
    DES_set_key_unchecked(&key_bytes, &openssl);
    measure(
        row, Better::less, rounds,
        [&] {
            return nanoseconds_each(count * repetitions, [&] {
                for (std::size_t i = 0; i < repetitions; ++i) {
                    des::fast::record(in, schedule, Direction::encrypt, records);
                    keep(records.data());
                }
            });
        },
        [&] {
            return nanoseconds_each(count * repetitions, [&] {
                for (std::size_t i = 0; i < repetitions; ++i) {
                    for (std::size_t at = 0; at < plain.size(); at += 8) {
                        DES_cblock from, to;
                        std::copy_n(&plain[at], 8, from);
                        DES_ecb_encrypt(&from, &to, &openssl, DES_ENCRYPT);
                        std::copy_n(to, 8, &out[at]);
                    }
                    keep(out.data());
                }
            });
        });
    return row;
}

Row key_schedule_row() {
    Row row{.name = {},
            .what = "sixteen subkeys from a key",
            .peer_name = "OpenSSL, DES_set_key_unchecked",
            .unit = "ns/key",
            .target = 1,
            .missing = {}};
    constexpr std::size_t count = 50000;
    measure(
        row, Better::less, rounds,
        [&] {
            return nanoseconds_each(count, [&] {
                for (std::uint64_t i = 0; i < count; ++i) {
                    const des::fast::Schedule schedule = des::fast::key_schedule(i * 0x9E3779B97F4A7C15);
                    keep(&schedule);
                }
            });
        },
        [&] {
            return nanoseconds_each(count, [&] {
                for (std::uint64_t i = 0; i < count; ++i) {
                    DES_cblock bytes;
                    store_block(i * 0x9E3779B97F4A7C15, bytes);
                    DES_key_schedule schedule;
                    DES_set_key_unchecked(&bytes, &schedule);
                    keep(&schedule);
                }
            });
        });
    return row;
}

} // namespace keyhole::bench
