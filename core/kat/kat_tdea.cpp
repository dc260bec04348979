#include "core/kat/kat_tdea.hpp"

#include <utility>

#include "core/kat/kat_segments.hpp"

namespace keyhole::kat {
namespace {

// FIPS 81, sections 5 and 6: what becomes of a segment, which stands at the left, and of the shift register.
des::Block run_segment(const Cipher& cipher, const Message& message, des::Block& shift_register, des::Block segment) {
    const Mode mode = message.mode;
    const des::Block output = cipher(shift_register, Direction::encrypt);
    const des::Block in = leftmost(mode, segment), out = leftmost(mode, in ^ output);
    const des::Block ciphertext = message.forwards() ? out : in;
    switch (mode) {
        case Mode::cfb: shift_register = ciphertext; break;
        case Mode::cfb8: shift_register = shift_register << 8 | ciphertext >> 56; break;
        case Mode::cfb1: shift_register = shift_register << 1 | ciphertext >> 63; break;
        case Mode::ofb: shift_register = output; break;
        default: ++shift_register; // ctr
    }
    return out;
}

} // namespace

des::Block Cipher::operator()(des::Block block, Direction direction) const {
    using enum Direction;
    if (single_) return des::crypt(block, schedules_[0], direction);
    if (direction == encrypt) {
        return des::crypt(des::crypt(des::crypt(block, schedules_[0]), schedules_[1], decrypt), schedules_[2]);
    }
    return des::crypt(des::crypt(des::crypt(block, schedules_[2], decrypt), schedules_[1]), schedules_[0], decrypt);
}

Bytes run_tdea(const Cipher& cipher, const Message& message) {
    Bytes out(message.input.size());
    if (makes_key_stream(message.mode)) {
        des::Block shift_register = message.iv;
        for (std::uint64_t i = 0; i < block_count(message.mode, out.size()); ++i) {
            const des::Block segment = load_segment(message.mode, message.input, i);
            store_segment(message.mode, run_segment(cipher, message, shift_register, segment), i, out);
        }
        return out;
    }
    des::Block chain = message.mode == Mode::cbc ? message.iv : 0;
    for (std::size_t at = 0; at < out.size(); at += 8) {
        const des::Block block = load_block(ByteView(message.input).subspan(at, 8));
        const bool forwards = message.forwards();
        const des::Block result =
            forwards ? cipher(block ^ chain, message.direction) : cipher(block, message.direction) ^ chain;
        if (message.mode == Mode::cbc) chain = forwards ? result : block;
        store_block(result, std::span(out).subspan(at, 8));
    }
    return out;
}

Bytes run_monte_carlo(const Cipher& cipher, const Message& message, const std::function<bool()>& go_on) {
    const Mode mode = message.mode;
    des::Block input = load_segment(mode, message.input, 0);
    des::Block chain = message.iv;
    des::Block output = 0;
    for (unsigned i = 0; i < 10'000; ++i) {
        if (i % 1000 == 0 && !go_on()) break;
        if (makes_key_stream(mode)) {
            const des::Block entered = chain;
            output = run_segment(cipher, message, chain, input);
            input = shifts_ciphertext(mode) && !message.forwards() ? input ^ output : entered;
            input = leftmost(mode, input);
        } else if (mode == Mode::ecb) {
            input = output = cipher(input, message.direction);
        } else if (message.direction == Direction::encrypt) {
            output = cipher(input ^ chain, message.direction);
            input = std::exchange(chain, output);
        } else {
            output = cipher(input, message.direction) ^ chain;
            chain = std::exchange(input, output);
        }
    }
    Bytes last(message.input.size());
    store_segment(mode, output, 0, last);
    return last;
}

} // namespace keyhole::kat
