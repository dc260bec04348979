#include "core/modes/modes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/fast_des.hpp"

namespace keyhole {
namespace {

void check_length(Mode mode, Direction direction, ByteView data) {
    if (mode != Mode::ctr && data.size() % 8 != 0) {
        throw bad_input(
            fmt::format("{} {} no whole number of 8-byte blocks ({} needs whole blocks; {})",
                        counted(data.size(), "byte"), singular_or(data.size(), "is", "are"), name(mode),
                        direction == Direction::encrypt ? "pad it, or use ctr" : "give the whole ciphertext"));
    }
}

// Independent blocks: bitsliced in batches, or in pairs where a batch would be nearly empty.
void crypt_blocks(des::Block key, Direction direction, ByteView in, std::span<std::uint8_t> out) {
    constexpr std::size_t blocks_worth_a_batch = 48;
    if (in.size() >= 8 * blocks_worth_a_batch) {
        return bitslice::crypt_blocks(des::key_schedule(key), direction, in, out);
    }
    des::fast::crypt_blocks(des::fast::key_schedule(key), direction, in, out);
}

// ctr: the data XOR the enciphered counters, a piece at a time.
void add_key_stream(des::Block key, des::Block counter, ByteView data, std::span<std::uint8_t> out) {
    constexpr std::size_t piece = 32768;
    Bytes stream(std::min(piece, (data.size() + 7) / 8 * 8));
    for (std::size_t at = 0; at < data.size(); at += piece) {
        const std::size_t length = std::min(piece, data.size() - at);
        const std::span<std::uint8_t> blocks = std::span(stream).first((length + 7) / 8 * 8);
        for (std::size_t i = 0; i < blocks.size(); i += 8) store_big_endian(counter++, &blocks[i]);
        crypt_blocks(key, Direction::encrypt, blocks, blocks);
        for (std::size_t i = 0; i < length; ++i) out[at + i] = data[at + i] ^ blocks[i];
    }
}

} // namespace

std::string_view name(Mode mode) { return mode == Mode::ecb ? "ecb" : mode == Mode::cbc ? "cbc" : "ctr"; }

std::optional<Mode> find_mode(std::string_view text) {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        if (same_word(text, name(mode))) return mode;
    }
    return std::nullopt;
}

Bytes apply_mode(Mode mode, Direction direction, des::Block key, des::Block iv, ByteView data) {
    check_length(mode, direction, data);
    Bytes out(data.size());
    if (mode == Mode::ecb) {
        crypt_blocks(key, direction, data, out);
    } else if (mode == Mode::ctr) {
        add_key_stream(key, iv, data, out);
    } else if (direction == Direction::encrypt) {
        des::fast::cbc_encrypt(des::fast::key_schedule(key), iv, data, out);
    } else {
        // Each block is added to the ciphertext block before it, and here all of these are known: no block waits.
        crypt_blocks(key, Direction::decrypt, data, out);
        const Bytes first = block_bytes(iv);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] ^= i < 8 ? first[i] : data[i - 8];
    }
    return out;
}

des::Block Pass::chained(std::uint64_t number) const {
    const std::size_t at = 8 * (number - 1);
    if (mode == Mode::ctr) return iv + (number - 1);
    const des::Block block = load_block(input.subspan(at, 8));
    if (mode == Mode::ecb || direction == Direction::decrypt) return block;
    return block ^ (number == 1 ? iv : load_block(output.subspan(at - 8, 8)));
}

BlockRun Pass::block(std::uint64_t number) const {
    const std::size_t at = 8 * (number - 1);
    const std::size_t length = std::min<std::size_t>(8, input.size() - at);
    const auto copy = [](ByteView bytes) { return Bytes(bytes.begin(), bytes.end()); };
    BlockRun run{.input = copy(input.subspan(at, length)),
                 .previous = {},
                 .trace = des::trace(chained(number), schedule, cipher_direction()),
                 .output = {}};
    if (mode == Mode::cbc) {
        const ByteView ciphertext = direction == Direction::encrypt ? output : input;
        run.previous = number == 1 ? block_bytes(iv) : copy(ciphertext.subspan(at - 8, 8));
    }
    run.output = block_bytes(run.trace.output);
    if (mode == Mode::ctr) {
        run.output.resize(length);
        for (std::size_t i = 0; i < length; ++i) run.output[i] ^= run.input[i];
    } else if (mode == Mode::cbc && direction == Direction::decrypt) {
        for (std::size_t i = 0; i < 8; ++i) run.output[i] ^= run.previous[i];
    }
    return run;
}

} // namespace keyhole
