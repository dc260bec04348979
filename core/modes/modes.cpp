#include "core/modes/modes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/words.hpp"
#include "core/fast/bitslice/bitslice.hpp"
#include "core/fast/fast_des.hpp"

namespace keyhole {
namespace {

void check_length(Mode mode, Direction direction, ByteView data) {
    if (makes_key_stream(mode) || data.size() % 8 == 0) return;
    throw bad_input(
        fmt::format("{} {} no whole number of 8-byte blocks ({} needs whole blocks; {})", counted(data.size(), "byte"),
                    singular_or(data.size(), "is", "are"), name(mode),
                    direction == Direction::encrypt ? "pad it, or use ctr, cfb or ofb" : "give the whole ciphertext"));
}

// DES by the fast engines.
class FastDes {
  public:
    explicit FastDes(des::Block key) : key_(key), schedule_(des::fast::key_schedule(key)) {}

    // Independent blocks: bitsliced in batches, or in pairs where a batch would be nearly empty.
    void blocks(Direction direction, ByteView in, std::span<std::uint8_t> out) const {
        constexpr std::size_t blocks_worth_a_batch = 48;
        if (in.size() >= 8 * blocks_worth_a_batch) {
            return bitslice::crypt_blocks(des::key_schedule(key_), direction, in, out);
        }
        des::fast::crypt_blocks(schedule_, direction, in, out);
    }
    des::Block one(des::Block block) const { return des::fast::crypt(block, schedule_); }
    void cbc_encrypt(des::Block iv, ByteView in, std::span<std::uint8_t> out) const {
        des::fast::cbc_encrypt(schedule_, iv, in, out);
    }

  private:
    des::Block key_;
    des::fast::Schedule schedule_;
};

// A variant by the classroom's code, a block at a time.
class SlowVariant {
  public:
    SlowVariant(des::Block key, const des::Variant& variant)
        : variant_(variant), schedule_(des::key_schedule(key, variant)) {}

    void blocks(Direction direction, ByteView in, std::span<std::uint8_t> out) const {
        for (std::size_t at = 0; at < in.size(); at += 8)
            store_block(des::crypt(load_block(in.subspan(at)), schedule_, variant_, direction), out.subspan(at));
    }
    des::Block one(des::Block block) const { return des::crypt(block, schedule_, variant_); }
    void cbc_encrypt(des::Block iv, ByteView in, std::span<std::uint8_t> out) const {
        for (std::size_t at = 0; at < in.size(); at += 8) {
            iv = one(load_block(in.subspan(at)) ^ iv);
            store_block(iv, out.subspan(at));
        }
    }

  private:
    const des::Variant& variant_;
    des::KeySchedule schedule_;
};

// The last 64 of the bits that are the IV and then the ciphertext's first `bits`.
des::Block shift_register(des::Block iv, ByteView ciphertext, std::uint64_t bits) {
    const std::size_t end = bits / 8;
    des::Block out = iv;
    for (std::size_t at = end < 8 ? 0 : end - 8; at < end; ++at) out = out << 8 | ciphertext[at];
    if (const unsigned rest = bits % 8; rest > 0) out = out << rest | ciphertext[end] >> (8 - rest);
    return out;
}

// XORs segment `index` (from 0) with the first bits of the stream, as many as it has.
void add_to_segment(Mode mode, std::span<std::uint8_t> data, std::uint64_t index, const std::uint8_t* stream) {
    if (mode == Mode::cfb1) {
        data[index / 8] ^= static_cast<std::uint8_t>((stream[0] & 0x80) >> index % 8);
        return;
    }
    const std::size_t size = segment_bits(mode) / 8, at = size * index;
    for (std::size_t i = 0; i < std::min(size, data.size() - at); ++i) data[at + i] ^= stream[i];
}

// What enters DES is known for all segments beforehand (ctr, cfb decryption): `register_of` gives it for the segment of
// that index. The key stream is made and added a piece at a time.
void add_key_stream(Mode mode, const auto& cipher, auto register_of, std::span<std::uint8_t> data) {
    constexpr std::uint64_t piece = 4096;
    const std::uint64_t count = block_count(mode, data.size());
    Bytes stream(8 * std::min(piece, count));
    for (std::uint64_t first = 0; first < count; first += piece) {
        const std::span<std::uint8_t> blocks = std::span(stream).first(8 * std::min(piece, count - first));
        for (std::size_t i = 0; 8 * i < blocks.size(); ++i) store_big_endian(register_of(first + i), &blocks[8 * i]);
        cipher.blocks(Direction::encrypt, blocks, blocks);
        if (segment_bits(mode) == 64) {
            const std::span<std::uint8_t> text = data.subspan(8 * first);
            for (std::size_t i = 0; i < std::min(blocks.size(), text.size()); ++i) text[i] ^= blocks[i];
            continue;
        }
        for (std::size_t i = 0; 8 * i < blocks.size(); ++i) add_to_segment(mode, data, first + i, &blocks[8 * i]);
    }
}

// Each segment waits for the one before: cfb encryption takes its ciphertext, ofb what DES gave for it.
void feed_back(Mode mode, const auto& cipher, des::Block iv, std::span<std::uint8_t> data) {
    const std::uint64_t count = block_count(mode, data.size());
    std::array<std::uint8_t, 8> stream{};
    des::Block block = iv;
    for (std::uint64_t i = 0; i < count; ++i) {
        if (mode != Mode::ofb) block = shift_register(iv, data, segment_bits(mode) * i);
        block = cipher.one(block);
        store_big_endian(block, stream.data());
        add_to_segment(mode, data, i, stream.data());
    }
}

Bytes through(Mode mode, Direction direction, const auto& cipher, des::Block iv, ByteView data) {
    check_length(mode, direction, data);
    Bytes out(data.begin(), data.end());
    if (mode == Mode::ecb) {
        cipher.blocks(direction, data, out);
    } else if (mode == Mode::ctr) {
        add_key_stream(
            mode, cipher, [&](std::uint64_t i) { return iv + i; }, out);
    } else if (shifts_ciphertext(mode) && direction == Direction::decrypt) {
        const unsigned bits = segment_bits(mode);
        add_key_stream(
            mode, cipher, [&](std::uint64_t i) { return shift_register(iv, data, bits * i); }, out);
    } else if (makes_key_stream(mode)) {
        feed_back(mode, cipher, iv, out);
    } else if (direction == Direction::encrypt) {
        cipher.cbc_encrypt(iv, data, out);
    } else {
        // Each block is added to the ciphertext block before it, and here all of these are known: no block waits.
        cipher.blocks(Direction::decrypt, data, out);
        const Bytes first = block_bytes(iv);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] ^= i < 8 ? first[i] : data[i - 8];
    }
    return out;
}

} // namespace

std::string_view name(Mode mode) {
    switch (mode) {
        case Mode::ecb: return "ecb";
        case Mode::cbc: return "cbc";
        case Mode::cfb: return "cfb";
        case Mode::cfb8: return "cfb8";
        case Mode::cfb1: return "cfb1";
        case Mode::ofb: return "ofb";
        case Mode::ctr: break;
    }
    return "ctr";
}

std::optional<Mode> find_mode(std::string_view text) { return find_named(every_mode, text); }

std::optional<Mode> find_chat_mode(std::string_view text) {
    const auto found = std::ranges::find(chat_modes, text, [](Mode mode) { return name(mode); });
    return found == chat_modes.end() ? std::nullopt : std::optional(*found);
}

std::string mode_names() { return one_of(names_of(every_mode)); }

std::string counted_blocks(Mode mode, std::uint64_t count) {
    if (segment_bits(mode) == 64) return counted(count, "block");
    return fmt::format("{} of {}", counted(count, "segment"), counted(segment_bits(mode), "bit"));
}

Bytes apply_mode(Mode mode, Direction direction, des::Block key, des::Block iv, ByteView data) {
    return through(mode, direction, FastDes(key), iv, data);
}

Bytes apply_mode(Mode mode, Direction direction, des::Block key, des::Block iv, ByteView data,
                 const des::Variant& variant) {
    if (variant.is_des()) return apply_mode(mode, direction, key, iv, data);
    return through(mode, direction, SlowVariant(key, variant), iv, data);
}

Bytes Pass::segment(std::uint64_t number) const {
    if (mode == Mode::cfb1) {
        const std::uint64_t index = number - 1;
        return {static_cast<std::uint8_t>(input[index / 8] >> (7 - index % 8) & 1)};
    }
    const std::size_t size = segment_bits(mode) / 8, at = size * (number - 1);
    const ByteView bytes = input.subspan(at, std::min(size, input.size() - at));
    return {bytes.begin(), bytes.end()};
}

des::Block Pass::chained(std::uint64_t number) const {
    const std::size_t at = 8 * (number - 1);
    const ByteView ciphertext = direction == Direction::encrypt ? output : input;
    if (mode == Mode::ctr) return iv + (number - 1);
    if (shifts_ciphertext(mode)) return shift_register(iv, ciphertext, segment_bits(mode) * (number - 1));
    if (mode == Mode::ofb)
        return number == 1 ? iv : load_block(input.subspan(at - 8, 8)) ^ load_block(output.subspan(at - 8, 8));
    const des::Block block = load_block(input.subspan(at, 8));
    if (mode == Mode::ecb || direction == Direction::decrypt) return block;
    return block ^ (number == 1 ? iv : load_block(ciphertext.subspan(at - 8, 8)));
}

BlockRun Pass::block(std::uint64_t number) const {
    BlockRun run{.input = segment(number),
                 .previous = {},
                 .trace = variant.is_des() ? des::trace(chained(number), schedule, cipher_direction())
                                           : des::trace(chained(number), schedule, variant, cipher_direction()),
                 .key_stream = {},
                 .output = {}};
    run.output = block_bytes(run.trace.output);
    if (makes_key_stream(mode)) {
        if (mode == Mode::cfb1) run.output.front() >>= 7;
        run.output.resize(run.input.size());
        run.key_stream = run.output;
        for (std::size_t i = 0; i < run.input.size(); ++i) run.output[i] ^= run.input[i];
    } else if (mode == Mode::cbc) {
        const std::size_t at = 8 * (number - 1);
        const ByteView ciphertext = direction == Direction::encrypt ? output : input;
        run.previous = number == 1 ? block_bytes(iv) : block_bytes(load_block(ciphertext.subspan(at - 8, 8)));
        for (std::size_t i = 0; direction == Direction::decrypt && i < 8; ++i) run.output[i] ^= run.previous[i];
    }
    return run;
}

} // namespace keyhole
