#include "core/kat/kat_des.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/base/bytes.hpp"

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
                            "ecb, cbc and ctr are there; leave this file out");
    };
    if (!named.empty()) {
        if (const auto mode = find_mode(named)) return *mode;
        throw unknown(named);
    }
    const auto says = [&](std::string_view word) { return file_name.find(word) != std::string::npos; };
    if (record.has("IV1")) throw unknown("cbc-i (interleaved)");
    for (const char* other : {"ofb", "cfb"}) {
        if (says(other)) throw unknown(other);
    }
    if (says("cbc")) return Mode::cbc;
    if (file_name.starts_with("ctr")) return Mode::ctr;
    return !says("ecb") && record.has("IV") ? Mode::cbc : Mode::ecb;
}

Bytes run_tdea(const Cipher& cipher, const Message& message) {
    Bytes out(message.input.size());
    des::Block chain = message.mode == Mode::cbc ? message.iv : 0;
    for (std::size_t at = 0; at < out.size(); at += 8) {
        const des::Block block = load_block(ByteView(message.input).subspan(at, 8));
        const bool forwards = message.direction == Direction::encrypt;
        const des::Block result =
            forwards ? cipher(block ^ chain, message.direction) : cipher(block, message.direction) ^ chain;
        if (message.mode == Mode::cbc) chain = forwards ? result : block;
        store_block(result, std::span(out).subspan(at, 8));
    }
    return out;
}

// The inner loop of the Monte Carlo tests (NIST SP 800-20, section 5): 10,000 blocks, each fed by those before it.
Bytes run_monte_carlo(const Cipher& cipher, const Message& message, const std::function<bool()>& go_on) {
    des::Block input = load_block(message.input);
    des::Block chain = message.iv;
    des::Block output = 0;
    for (unsigned i = 0; i < 10'000; ++i) {
        if (i % 1000 == 0 && !go_on()) break;
        if (message.mode == Mode::ecb) {
            input = output = cipher(input, message.direction);
        } else if (message.direction == Direction::encrypt) {
            output = cipher(input ^ chain, message.direction);
            input = std::exchange(chain, output);
        } else {
            output = cipher(input, message.direction) ^ chain;
            chain = std::exchange(input, output);
        }
    }
    return block_bytes(output);
}

// Block by block, as a trace has it.
Bytes run_traced(const Pass& pass) {
    Bytes out;
    for (std::uint64_t number = 1; number <= pass.block_count(); ++number) {
        const Bytes block = pass.block(number).output;
        out.insert(out.end(), block.begin(), block.end());
    }
    return out;
}

void need_whole_blocks(const Record& record, const Field& field, Mode mode, std::size_t size) {
    if (mode == Mode::ctr || size % 8 == 0) return;
    throw record.fault(field.line, fmt::format("{} has {} bytes, no whole blocks", field.name, size),
                       fmt::format("{} needs 16 hex digits a block; known-answer files have no padding", name(mode)));
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
    if (Verdict verdict = compare_hex(expected, to_hex(output))) return verdict;
    return compare_hex(expected, to_hex(run_traced(pass)));
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
    message.input = record.bytes(*input);
    need_whole_blocks(record, *input, message.mode, message.input.size());
    need_whole_blocks(record, *expected, message.mode, record.bytes(*expected).size());

    const bool is_monte_carlo = context.file_name.find("monte") != std::string::npos;
    if (!is_monte_carlo && cipher.is_single()) return check_single(record, context, cipher, message, *expected);
    if (message.mode == Mode::ctr || (is_monte_carlo && message.input.size() != 8)) {
        throw record.fault(record.line(), "Keyhole has no such test",
                           "three keys and Monte Carlo tests run in ecb and cbc, a Monte Carlo test on one block");
    }
    return compare_hex(*expected, to_hex(is_monte_carlo ? run_monte_carlo(cipher, message, context.go_on)
                                                        : run_tdea(cipher, message)));
}

} // namespace keyhole::kat
