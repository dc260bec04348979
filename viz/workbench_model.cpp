#include "viz/workbench_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace keyhole::viz {
namespace {

std::string hex(des::Block block) { return fmt::format("{:016X}", block); }

WorkbenchText as_typed(const WorkbenchFields& fields, des::Block drawn_iv) {
    WorkbenchText text{.key = fields.key,
                       .hex = {},
                       .text = {},
                       .file = {},
                       .mode = std::string(name(fields.mode)),
                       .iv = {},
                       .padding = std::string(name(fields.padding)),
                       .decrypt = fields.stage == Stage::decrypt};
    switch (fields.form) {
        case DataForm::hex: text.hex = fields.data; break;
        case DataForm::text: text.text = fields.data; break;
        case DataForm::file: text.file = fields.data; break;
    }
    if (fields.mode == Mode::ecb) return text;
    if (!fields.iv.empty()) {
        text.iv = fields.iv;
    } else if (!text.decrypt) {
        text.iv = hex(drawn_iv);
    }
    return text;
}

// A single line that a field can show and give back unchanged.
bool fits_field(ByteView bytes) {
    return is_utf8(to_string(bytes)) &&
           std::ranges::none_of(bytes, [](std::uint8_t b) { return b < 0x20 || b == 0x7F; });
}

WorkbenchResult result_of(WorkbenchInput input) {
    WorkbenchResult out;
    out.recording = record_des(input.settings, input.stage, input.iv, input.data);
    const MessageRecord& message = out.message();
    if (message.sent) {
        const std::size_t size = message.sent->plaintext.size();
        out.padding_bytes = input.settings.padding == Padding::pkcs7 ? 8 - size % 8 : 0;
        out.blocks = (size + out.padding_bytes + 7) / 8;
    } else {
        out.padding_bytes = message.received->padded.size() - message.received->plaintext->size();
        out.blocks = (message.received->padded.size() + 7) / 8;
    }
    out.input = std::move(input);
    return out;
}

} // namespace

std::string_view name(DataForm form) {
    switch (form) {
        case DataForm::hex: return "hex";
        case DataForm::text: return "text";
        case DataForm::file: break;
    }
    return "file";
}

const Bytes& WorkbenchResult::output() const {
    return message().sent ? message().sent->ciphertext : *message().received->plaintext;
}

Bytes WorkbenchResult::blocks_in() const {
    if (!message().sent) return message().received->ciphertext;
    const Bytes& plaintext = message().sent->plaintext;
    return input.settings.padding == Padding::pkcs7 ? pad_pkcs7(plaintext) : plaintext;
}

KeyLook look_at_key(des::Block key) {
    KeyLook look{.key = key, .report = des::inspect_key(key), .words = {}, .odd_parity = {}};
    for (unsigned byte = 0; byte < 8; ++byte)
        look.odd_parity[byte] = std::popcount((key >> (56 - 8 * byte)) & 0xFF) % 2 == 1;
    look.words = des::describe(look.report);
    if (look.words.empty()) look.words = "an ordinary key: sixteen different subkeys, every byte of odd parity";
    return look;
}

Workbench::Workbench() {
    drawn_iv_ = Random::system().block();
    read();
}

void Workbench::refresh() {
    if (!(fields == read_)) read();
}

void Workbench::read() {
    read_ = fields;
    WorkbenchReading reading = read_workbench(as_typed(fields, drawn_iv_));
    if (reading.good(WorkbenchField::key) && (key_.words.empty() || key_.key != reading.input.settings.key)) {
        key_ = look_at_key(reading.input.settings.key);
    }
    faults_ = std::move(reading.faults);
    if (!faults_.empty()) return;
    const bool length_fits = fields.mode == Mode::ctr || reading.input.data.size() % 8 == 0;
    const bool unpads = fields.stage == Stage::decrypt && length_fits;
    try {
        good_ = result_of(std::move(reading.input));
    } catch (const Error& error) {
        faults_.push_back({unpads ? WorkbenchField::padding : WorkbenchField::data, error});
    }
}

std::string Workbench::fault(WorkbenchField field) const {
    const auto found = std::ranges::find(faults_, field, &WorkbenchFault::field);
    return found == faults_.end() ? std::string() : found->error.what();
}

void Workbench::flip_key_bit(unsigned position) {
    fields.key = hex(key_.key ^ (des::Block{1} << (64 - position)));
    refresh();
}

std::optional<Opened> Workbench::opened() const {
    if (!faults_.empty()) return std::nullopt;
    const std::string_view stage = name(good_.input.stage);
    return Opened{.recording = good_.recording,
                  .title = fmt::format("workbench: {} in {}", stage, name(good_.input.settings.mode)),
                  .go_to = good_.blocks > 0 ? fmt::format("message.1/{}/block.1", stage) : std::string(),
                  .view = ViewName::steps};
}

std::string Workbench::take_over(const Trace& trace, const Node& node) {
    const Recording& r = trace.recording();
    if (r.messages.empty()) return "this trace has no message";
    const std::uint64_t number = std::max<std::uint64_t>(node.number(Kind::message), 1);
    const MessageRecord& message = r.messages[number - 1];
    const bool enciphers = message.sent.has_value() && !node.within(Kind::decrypt);
    if (!enciphers && !message.received) return fmt::format("message {} has not arrived yet", number);
    const auto key = session_key(r, enciphers ? message.sender : other(message.sender));
    if (!key) return "the key of this trace is not known here";
    const Bytes& data = enciphers ? message.sent->plaintext : message.received->ciphertext;
    if (data.size() > most_field_bytes) {
        return fmt::format("message {} is too long for a field ({} bytes; at most {})", number, data.size(),
                           most_field_bytes);
    }
    const auto iv = enciphers ? message.sent->iv : message.received->iv;
    const bool readable = enciphers && fits_field(data);
    fields = {.key = hex(*key),
              .data = readable ? to_string(data) : to_hex(data),
              .form = readable ? DataForm::text : DataForm::hex,
              .mode = r.mode(),
              .iv = iv ? hex(*iv) : std::string(),
              .padding = r.padding(),
              .stage = enciphers ? Stage::encrypt : Stage::decrypt};
    refresh();
    return {};
}

} // namespace keyhole::viz
