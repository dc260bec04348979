#include "core/kat/kat_des.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/kat/kat_segments.hpp"

namespace keyhole::kat {
namespace {

// DES with one key, or TDEA with three (NIST SP 800-67, section 3.1): E3(D2(E1(block))) and back.
class Cipher {
  public:
    explicit Cipher(const std::array<des::Block, 3>& keys)
        : single_(keys[0] == keys[1] && keys[1] == keys[2]),
          schedules_{des::key_schedule(keys[0]), des::key_schedule(keys[1]), des::key_schedule(keys[2])} {}

    bool is_single() const { return single_; }
    const des::KeySchedule& schedule() const { return schedules_[0]; }

    des::Block operator()(des::Block block, Direction direction) const {
        using enum Direction;
        if (single_) return des::crypt(block, schedules_[0], direction);
        if (direction == encrypt) {
            return des::crypt(des::crypt(des::crypt(block, schedules_[0]), schedules_[1], decrypt), schedules_[2]);
        }
        return des::crypt(des::crypt(des::crypt(block, schedules_[2], decrypt), schedules_[1]), schedules_[0], decrypt);
    }

  private:
    bool single_;
    std::array<des::KeySchedule, 3> schedules_;
};

struct Message {
    Mode mode = Mode::ecb;
    Direction direction = Direction::encrypt;
    des::Block iv = 0;
    Bytes input;
    bool in_bits = false; // texts are written as bits; the last byte of the input is then filled up with zeros
    std::size_t bits = 0; // of the input

    bool forwards() const { return direction == Direction::encrypt; }
};

Cipher read_keys(const Record& record) {
    for (const char* name : {"KEY", "KEYS"}) {
        if (const Field* field = record.find(name)) {
            const des::Block key = record.block(*field);
            return Cipher({key, key, key});
        }
    }
    const des::Block key1 = record.block(record.need("KEY1", "a DES record needs a KEY"));
    const des::Block key2 = record.block(record.need("KEY2", "KEY1, KEY2 and KEY3 go together"));
    const des::Block key3 = record.block(record.need("KEY3", "KEY1, KEY2 and KEY3 go together"));
    return Cipher({key1, key2, key3});
}

Mode read_mode(const Record& record, const std::string& file_name) {
    const Field* field = record.find("MODE");
    const std::string named = field != nullptr ? lower_case(field->value) : record.mode;
    const auto unknown = [&](std::string_view mode) {
        return record.fault(record.line(), fmt::format("Keyhole has no mode {}", excerpt(mode)),
                            fmt::format("it is none of {}; leave this file out", mode_names()));
    };
    const auto says = [&](std::string_view word) { return file_name.find(word) != std::string::npos; };
    const bool three_ivs = record.has("IV1");
    if (!named.empty() && !three_ivs) {
        if (named == "cfb64") return Mode::cfb;
        if (const auto mode = find_mode(named)) return *mode;
        throw unknown(named);
    }
    if (three_ivs) {
        throw unknown(says("cfb") ? "cfb-p (pipelined)" : says("ofb") ? "ofb-i (interleaved)" : "cbc-i (interleaved)");
    }
    if (const std::size_t at = file_name.find("cfb"); at != std::string::npos) {
        const std::size_t end = file_name.find_first_not_of("0123456789", at + 3);
        const std::string mode = file_name.substr(at, end == std::string::npos ? end : end - at);
        if (mode == "cfb64") return Mode::cfb;
        if (const auto found = find_mode(mode)) return *found;
        throw unknown(mode);
    }
    if (says("ofb")) return Mode::ofb;
    if (says("cbc")) return Mode::cbc;
    if (file_name.starts_with("ctr")) return Mode::ctr;
    return !says("ecb") && record.has("IV") ? Mode::cbc : Mode::ecb;
}

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

// The inner loop of the Monte Carlo tests (NIST SP 800-20, section 5): 10,000 blocks, each fed by those before it.
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

// Block by block, as a trace has it.
Bytes run_traced(const Pass& pass) {
    Bytes out(pass.input.size());
    for (std::uint64_t index = 0; index < pass.block_count(); ++index) {
        const Bytes block = pass.block(index + 1).output;
        const des::Block left =
            pass.mode == Mode::cfb1 ? des::Block{block.front()} << 63 : load_segment(Mode::ecb, block, 0);
        store_segment(pass.mode, left, index, out);
    }
    return out;
}

void need_whole_blocks(const Record& record, const Field& field, Mode mode, std::size_t size) {
    if (makes_key_stream(mode) || size % 8 == 0) return;
    throw record.fault(field.line, fmt::format("{} has {} bytes, no whole blocks", field.name, size),
                       fmt::format("{} needs 16 hex digits a block; known-answer files have no padding", name(mode)));
}

Verdict compare_text(const Field& expected, const Message& message, const Bytes& text) {
    return compare_hex(expected, message.in_bits ? bit_text(text, message.bits) : to_hex(text));
}

Verdict check_single(const Record& record, Context& context, const Cipher& cipher, const Message& message,
                     const Field& expected) {
    const des::Block key = cipher.schedule().key;
    const Bytes output = apply_mode(message.mode, message.direction, key, message.iv, message.input);
    const Pass pass{.mode = message.mode,
                    .direction = message.direction,
                    .schedule = cipher.schedule(),
                    .iv = message.iv,
                    .input = message.input,
                    .output = output};
    const des::BlockTrace first = pass.block(1).trace;
    context.vector = Vector{.schedule = cipher.schedule(), .direction = pass.cipher_direction(), .block = first};
    context.trace = KatDes{.settings = {.key = key, .mode = message.mode, .padding = Padding::none},
                           .direction = message.direction,
                           .iv = message.iv,
                           .data = message.input};

    const std::pair<const char*, des::Block> intermediates[] = {{"IP", first.after_ip}, {"R16L16", first.preoutput}};
    for (const auto& [name, value] : intermediates) {
        const Field* field = record.find(name);
        if (field == nullptr) continue;
        record.block(*field);
        if (Verdict verdict = compare_hex(*field, fmt::format("{:016X}", value))) return verdict;
    }
    if (Verdict verdict = compare_text(expected, message, output)) return verdict;
    return compare_text(expected, message, run_traced(pass));
}

} // namespace

Verdict check_des(const Record& record, Context& context) {
    context.vector.reset();
    const Cipher cipher = read_keys(record);
    Message message{.mode = read_mode(record, context.file_name),
                    .direction = record.section.starts_with("DECRYPT") ? Direction::decrypt : Direction::encrypt,
                    .iv = 0,
                    .input = {}};
    if (message.mode != Mode::ecb) {
        message.iv = record.block(record.need("IV", fmt::format("{} starts from one", name(message.mode))));
    }
    const Field* input = &record.need("PLAINTEXT", "a DES record needs both texts");
    const Field* expected = &record.need("CIPHERTEXT", "a DES record needs both texts");
    if (message.direction == Direction::decrypt) std::swap(input, expected);
    message.in_bits = message.mode == Mode::cfb1 && is_bits(input->value) && is_bits(expected->value);
    message.input = message.in_bits ? packed(input->value) : record.bytes(*input);
    message.bits = message.in_bits ? input->value.size() : 8 * message.input.size();
    need_whole_blocks(record, *input, message.mode, message.input.size());
    if (!message.in_bits) need_whole_blocks(record, *expected, message.mode, record.bytes(*expected).size());

    const bool is_monte_carlo = context.file_name.find("monte") != std::string::npos;
    if (!is_monte_carlo && cipher.is_single()) return check_single(record, context, cipher, message, *expected);
    if (is_monte_carlo && (message.mode == Mode::ctr || message.bits != segment_bits(message.mode))) {
        throw record.fault(
            record.line(), "Keyhole has no such test",
            "a Monte Carlo test runs on one block, in cfb8 on one byte and in cfb1 on one bit, and ctr has none");
    }
    return compare_text(*expected, message,
                        is_monte_carlo ? run_monte_carlo(cipher, message, context.go_on) : run_tdea(cipher, message));
}

} // namespace keyhole::kat
