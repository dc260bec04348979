#include "core/kat/kat_des.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "core/kat/kat_segments.hpp"
#include "core/kat/kat_tdea.hpp"

namespace keyhole::kat {
namespace {

Cipher read_keys(const Record& record) {
    for (const char* name : {"KEY", "KEYS"}) {
        if (const Field* field = record.find(name)) {
            const des::Block key = record.block(*field);
            return Cipher({key, key, key});
        }
    }
    const bool three = record.has("KEY1") || record.has("KEY2") || record.has("KEY3");
    const des::Block key1 = record.block(record.need(three ? "KEY1" : "KEY", "a DES record needs a KEY"));
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
    throw record.fault(field.line, fmt::format("{} has {} bytes, no whole blocks", field.title(), size),
                       fmt::format("{} needs 16 hex digits a block; known-answer files have no padding", name(mode)));
}

Verdict compare_text(const Field& expected, const Message& message, const Bytes& whole) {
    const Bytes text(whole.begin() + static_cast<std::ptrdiff_t>(message.skip), whole.end());
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
    context.traced = TracedBlock{.schedule = cipher.schedule(), .direction = pass.cipher_direction(), .block = first};
    if (message.skip == 0)
        context.trace = KatDes{.settings = {.key = key, .mode = message.mode, .padding = Padding::none},
                               .direction = message.direction,
                               .iv = message.iv,
                               .data = message.input};

    const std::pair<const char*, des::Block> intermediates[] = {{"IP", first.after_ip}, {"R16L16", first.preoutput}};
    for (const auto& [name, value] : intermediates) {
        const Field* field = record.find(name);
        if (field == nullptr) continue;
        record.block(*field); // refuses what is no block
        if (Verdict verdict = compare_hex(*field, fmt::format("{:016X}", value))) return verdict;
    }
    if (Verdict verdict = compare_text(expected, message, output)) return verdict;
    return compare_text(expected, message, run_traced(pass));
}

// Botan's Seek: as many bytes of the key stream were used before.
void seek(const Record& record, Message& message) {
    const Field* field = record.find("SEEK");
    if (field == nullptr) return;
    const std::uint64_t bytes = record.decimal(*field);
    if (message.mode != Mode::ctr)
        throw record.fault(field->line, "Keyhole seeks in ctr only", "leave this record out");
    message.iv += bytes / 8;
    message.skip = bytes % 8;
    message.input.insert(message.input.begin(), message.skip, 0);
}

} // namespace

Verdict check_des(const Record& record, Context& context) {
    context.traced.reset();
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
    seek(record, message);
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
