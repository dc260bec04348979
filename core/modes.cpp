#include "core/modes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace keyhole {
namespace {

void check_length(Mode mode, ByteView data) {
    if (mode != Mode::ctr && data.size() % 8 != 0) {
        throw bad_input(
            fmt::format("{} bytes are no whole number of 8-byte blocks ({} needs whole blocks; pad with pkcs7 "
                        "or use ctr)",
                        data.size(), name(mode)));
    }
}

} // namespace

std::string_view name(Mode mode) { return mode == Mode::ecb ? "ecb" : mode == Mode::cbc ? "cbc" : "ctr"; }
std::string_view name(Padding padding) { return padding == Padding::pkcs7 ? "pkcs7" : "none"; }
std::string_view name(Stage stage) { return stage == Stage::encrypt ? "encrypt" : "decrypt"; }

std::optional<Mode> find_mode(std::string_view text) {
    for (const Mode mode : {Mode::ecb, Mode::cbc, Mode::ctr}) {
        if (text == name(mode)) return mode;
    }
    return std::nullopt;
}

std::optional<Padding> find_padding(std::string_view text) {
    for (const Padding padding : {Padding::pkcs7, Padding::none}) {
        if (text == name(padding)) return padding;
    }
    return std::nullopt;
}

Bytes pad_pkcs7(ByteView data) {
    Bytes out(data.begin(), data.end());
    const std::size_t count = 8 - data.size() % 8;
    out.insert(out.end(), count, static_cast<std::uint8_t>(count));
    return out;
}

std::optional<Bytes> unpad_pkcs7(ByteView data) {
    if (data.empty() || data.size() % 8 != 0) return std::nullopt;
    const std::size_t count = data.back();
    if (count < 1 || count > 8) return std::nullopt;
    const ByteView padding = data.last(count);
    if (!std::all_of(padding.begin(), padding.end(), [&](std::uint8_t byte) { return byte == count; })) {
        return std::nullopt;
    }
    return Bytes(data.begin(), data.end() - static_cast<std::ptrdiff_t>(count));
}

Bytes apply_mode(Mode mode, Stage stage, des::Block key, des::Block iv, ByteView data) {
    check_length(mode, data);
    const des::KeySchedule schedule = des::key_schedule(key);
    const bool forwards = stage == Stage::encrypt;
    Bytes out(data.size());
    des::Block chain = iv;
    for (std::size_t at = 0; at < data.size(); at += 8) {
        const std::size_t length = std::min<std::size_t>(8, data.size() - at);
        if (mode == Mode::ctr) {
            const Bytes stream = block_bytes(des::crypt(chain++, schedule));
            for (std::size_t i = 0; i < length; ++i) out[at + i] = data[at + i] ^ stream[i];
            continue;
        }
        const des::Block block = load_block(data.subspan(at, 8));
        des::Block result = 0;
        if (mode == Mode::ecb) {
            result = des::crypt(block, schedule, forwards ? des::Direction::encrypt : des::Direction::decrypt);
        } else if (forwards) {
            result = chain = des::crypt(block ^ chain, schedule);
        } else {
            result = des::crypt(block, schedule, des::Direction::decrypt) ^ chain;
            chain = block;
        }
        store_block(result, std::span(out).subspan(at, 8));
    }
    return out;
}

des::Block Pass::chained(std::uint64_t number) const {
    const std::size_t at = 8 * (number - 1);
    if (mode == Mode::ctr) return iv + (number - 1);
    const des::Block block = load_block(input.subspan(at, 8));
    if (mode == Mode::ecb || stage == Stage::decrypt) return block;
    return block ^ (number == 1 ? iv : load_block(output.subspan(at - 8, 8)));
}

BlockRun Pass::block(std::uint64_t number) const {
    const std::size_t at = 8 * (number - 1);
    const std::size_t length = std::min<std::size_t>(8, input.size() - at);
    const auto copy = [](ByteView bytes) { return Bytes(bytes.begin(), bytes.end()); };
    BlockRun run{.input = copy(input.subspan(at, length)),
                 .previous = {},
                 .trace = des::trace(chained(number), schedule, direction()),
                 .output = {}};
    if (mode == Mode::cbc) {
        const ByteView ciphertext = stage == Stage::encrypt ? output : input;
        run.previous = number == 1 ? block_bytes(iv) : copy(ciphertext.subspan(at - 8, 8));
    }
    run.output = block_bytes(run.trace.output);
    if (mode == Mode::ctr) {
        run.output.resize(length);
        for (std::size_t i = 0; i < length; ++i) run.output[i] ^= run.input[i];
    } else if (mode == Mode::cbc && stage == Stage::decrypt) {
        for (std::size_t i = 0; i < 8; ++i) run.output[i] ^= run.previous[i];
    }
    return run;
}

} // namespace keyhole
