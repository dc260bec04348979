// What people type and peers write: hex, base64, numbers, DES values, addresses of hosts, filters, the workbench's
// fields. What is read can be written and read again; what is refused is refused in clean words.
#include <nlohmann/json.hpp>

#include "core/base/number.hpp"
#include "core/recording/workbench.hpp"
#include "netsim/tcp/host_port.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "viz/pages/table/table_filter.hpp"

namespace {

using namespace keyhole;
using namespace keyhole::fuzz;

void check_bytes(std::string_view text) {
    const Bytes bytes = to_bytes(text);
    hold(from_hex(to_hex(bytes)) == bytes, "bytes survive hex");
    hold(from_base64(to_base64(bytes)) == bytes, "bytes survive base64");
    for (const Padding padding : every_padding) {
        const bool kept = padding != Padding::zero || text.empty() || text.back() != '\0';
        hold(!kept || unpad(padding, pad(padding, bytes)) == bytes, "padding comes off again", name(padding));
    }
    if (const auto read = from_base64(text)) hold(to_base64(*read) == text, "base64 has one form only", text);
    if (const auto read = from_hex(text)) {
        hold(2 * read->size() <= text.size(), "two digits are a byte", text);
        hold(hex_digits(text)->size() == 2 * read->size(), "two digits are a byte", text);
    }
}

void check_utf8(std::string_view text) {
    bool sound = true; // in the eyes of nlohmann's writer
    try {
        [[maybe_unused]] const std::string written = nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
        sound = false;
    }
    hold(is_utf8(text) == sound, "UTF-8 is what others call UTF-8");
    const std::string escaped = escape_controls(text);
    hold(is_utf8(escaped), "what is escaped is UTF-8", escaped);
    for (const char c : escaped)
        hold(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "what is escaped has no controls", escaped);
}

void check_numbers(std::string_view text) {
    Number number;
    if (accepted([&] { number = parse_number(text, "number"); })) {
        hold(number >= 0 && bit_length(number) <= max_number_bits, "numbers are bounded");
        hold(parse_number(to_text(number), "number") == number, "a number reads as it was written");
        hold(parse_number(to_prefixed_hex(number), "number") == number, "a number reads as it was written");
        hold(from_bytes(to_bytes(number)) == number, "a number survives bytes");
    }
    if (const auto read = number_from_hex(text)) {
        hold(number_from_hex(to_wire_hex(*read)) == read, "a number survives the wire");
    }
    des::Block block = 0;
    if (accepted([&] { block = parse_block(text, "key"); })) {
        hold(parse_block(to_hex(block_bytes(block)), "key") == block, "a block reads as it was written");
    }
}

void check_host(std::string_view text) {
    HostPort address;
    if (!accepted([&] { address = parse_host_port(text); })) return;
    hold(!address.host.empty(), "a host has a name", text);
    if (!is_utf8(text) || escape_controls(text) != text) return; // shown escaped
    const HostPort again = parse_host_port(to_text(address));
    hold(again.host == address.host && again.port == address.port, "a host and port read as they were written", text);
}

void check_filter(std::string_view text) {
    using enum viz::TableFile;
    for (const viz::TableFile file : {rounds, blocks, sboxes, keyschedule, modexp}) {
        viz::TableFilter filter;
        if (!accepted([&] { filter = viz::parse_filter(file, text); })) continue;
        for (const viz::NumberRange& range : {filter.message, filter.block, filter.round, filter.box, filter.step}) {
            hold(filter.nothing || range.first <= range.last, "a range is none or not empty", text);
        }
    }
}

/// The fields of the workbench, one a line.
void check_workbench(std::string_view text) {
    std::array<std::string, 5> fields;
    for (std::string& field : fields) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const auto& [key, data, mode, iv, padding] = fields;
    const auto given = [](const std::string& field) { return field.empty() ? std::nullopt : std::optional(field); };
    for (const auto form : {&WorkbenchText::hex, &WorkbenchText::text, &WorkbenchText::base64}) {
        for (const bool decrypt : {false, true}) {
            WorkbenchText typed;
            (key.size() == 8 ? typed.key_text : typed.key) = key;
            typed.mode = given(mode);
            typed.iv = given(iv);
            typed.padding = given(padding);
            typed.decrypt = decrypt;
            typed.*form = data;
            const WorkbenchReading reading = read_workbench(typed);
            for (const WorkbenchFault& fault : reading.faults) hold_clean(fault.error.what());
            const WorkbenchInput& input = reading.input;
            if (!reading.faults.empty()) continue;
            accepted([&] { record_des(input.settings, input.direction, input.iv, input.data); });
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    check_bytes(text);
    check_utf8(text);
    check_numbers(text);
    check_host(text);
    check_filter(text);
    check_workbench(text);
    return 0;
}
