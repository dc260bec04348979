#include "viz/pages/workbench/workbench_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace keyhole::viz {
namespace {

std::string hex(des::Block block) { return fmt::format("{:016X}", block); }

WorkbenchText as_typed(const WorkbenchFields& fields, des::Block drawn_iv) {
    WorkbenchText text;
    text.mode = name(fields.mode);
    text.padding = name(fields.padding);
    text.decrypt = fields.direction == Direction::decrypt;
    text.key_text_is_given = "write it in double quotes";
    if (const auto key_text = in_double_quotes(fields.key)) {
        text.key_text = *key_text;
    } else {
        text.key = fields.key;
    }
    switch (fields.form) {
        case DataForm::hex: text.hex = fields.data; break;
        case DataForm::text: text.text = fields.data; break;
        case DataForm::base64: text.base64 = fields.data; break;
        // A window has no standard input: here "-" is a file of that name.
        case DataForm::file: text.file = fields.data == "-" ? "./-" : fields.data; break;
    }
    if (!fields.variant.empty()) text.variant = fields.variant;
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
    out.recording = record_des(input.settings, input.direction, input.iv, input.data, input.variant);
    const MessageRecord& message = out.message();
    if (message.sent) {
        const std::size_t size = message.sent->plaintext.size();
        out.padding_bytes = padded_size(input.settings.padding, size) - size;
        out.blocks = block_count(input.settings.mode, size + out.padding_bytes);
    } else {
        out.padding_bytes = message.received->padded.size() - message.received->plaintext->size();
        out.blocks = block_count(input.settings.mode, message.received->padded.size());
    }
    out.bytes_in =
        message.sent ? message.sent->plaintext.size() + out.padding_bytes : message.received->ciphertext.size();
    out.text_out = !message.sent && is_utf8(to_string(*message.received->plaintext));
    out.input = std::move(input);
    return out;
}

} // namespace

// What the fields mean and give: faults, or a result.
struct Workbench::Outcome {
    std::vector<WorkbenchFault> faults;
    std::optional<WorkbenchResult> result;

    static Outcome of(WorkbenchReading reading) {
        Outcome out{.faults = std::move(reading.faults), .result = {}};
        if (!out.faults.empty()) return out;
        const WorkbenchInput& input = reading.input;
        const bool length_fits = makes_key_stream(input.settings.mode) || input.data.size() % 8 == 0;
        const bool unpads = input.direction == Direction::decrypt && length_fits;
        try {
            out.result = result_of(std::move(reading.input));
        } catch (const Error& error) {
            out.faults.push_back({unpads ? WorkbenchField::padding : WorkbenchField::data, error});
        }
        return out;
    }
};

std::string_view name(DataForm form) {
    switch (form) {
        case DataForm::hex: return "hex";
        case DataForm::text: return "text";
        case DataForm::base64: return "base64";
        case DataForm::file: break;
    }
    return "file";
}

const Bytes& WorkbenchResult::output() const {
    return message().sent ? message().sent->ciphertext : *message().received->plaintext;
}

Bytes WorkbenchResult::blocks_in(std::size_t most) const {
    const Bytes& bytes = message().sent ? message().sent->plaintext : message().received->ciphertext;
    Bytes head(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(std::min(bytes.size(), most)));
    if (!message().sent || bytes.size() > most) return head;
    head = pad(input.settings.padding, head);
    head.resize(std::min(head.size(), most));
    return head;
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
    if (job_ && job_->running()) return;
    if (std::exchange(job_, nullptr)) take(std::move(*outcome_));
    if (!(fields == read_)) read();
}

void Workbench::read() {
    read_ = fields;
    const WorkbenchText text = as_typed(fields, drawn_iv_);
    const bool is_file = fields.form == DataForm::file;
    // Without the file at first: what is wrong in the other fields is said at once.
    WorkbenchText others = text;
    if (is_file) others.file.reset(), others.text = "12345678";
    WorkbenchReading reading = read_workbench(others, Random::system(), read_regular_box);
    if (reading.good(WorkbenchField::key) && (key_.words.empty() || key_.key != reading.input.settings.key)) {
        key_ = look_at_key(reading.input.settings.key);
    }
    if (!is_file) return take(Outcome::of(std::move(reading)));
    faults_ = std::move(reading.faults);
    outcome_ = std::make_shared<Outcome>();
    job_ = std::make_unique<Job>([text, out = outcome_](Job::Progress&) {
        *out = Outcome::of(read_workbench(text, Random::system(), read_regular_box));
        return std::string();
    });
}

void Workbench::take(Outcome outcome) {
    faults_ = std::move(outcome.faults);
    if (outcome.result) good_ = std::move(*outcome.result);
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
    if (!all_right()) return std::nullopt;
    const std::string_view direction = name(good_.input.direction);
    return Opened{.recording = good_.recording,
                  .title = fmt::format("workbench: {} in {}", direction, name(good_.input.settings.mode)),
                  .go_to = good_.blocks > 0 ? fmt::format("message.1/{}/block.1", direction) : std::string(),
                  .page = PageName::steps};
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
              .direction = enciphers ? Direction::encrypt : Direction::decrypt,
              .variant = r.variant.is_des() ? std::string() : r.variant.list()};
    refresh();
    return {};
}

} // namespace keyhole::viz
