#include "core/recording/frame.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/words.hpp"

namespace keyhole {
namespace {

using nlohmann::json;

// A frame is one flat object, with room for fields of later versions. A hostile line may be nested a million times; it
// is not read to its end.
constexpr int max_nesting = 64;

struct NestedTooDeeply {};

json parse(std::string_view line) {
    const auto check_depth = [](int depth, json::parse_event_t, json&) {
        if (depth > max_nesting) throw NestedTooDeeply();
        return true;
    };
    try {
        return json::parse(line, check_depth, false);
    } catch (const NestedTooDeeply&) {
        return json::value_t::discarded;
    }
}

} // namespace

std::optional<Frame> read_frame(std::string_view line) {
    const json object = parse(line);
    if (!object.is_object() || object.value("type", json()) != "message") return std::nullopt;
    const auto field = [&](const char* name) { return object.value(name, json()); };
    const json seq = field("seq"), iv = field("iv"), ciphertext = field("ciphertext");
    if (!seq.is_number_unsigned()) return std::nullopt;
    Frame frame{.seq = seq.get<std::uint64_t>(), .iv = {}, .ciphertext = {}};
    if (iv.is_string()) frame.iv = from_base64(iv.get_ref<const std::string&>()).value_or(Bytes{});
    if (ciphertext.is_string()) frame.ciphertext = from_base64(ciphertext.get_ref<const std::string&>());
    return frame;
}

std::string payload_fault(std::string_view line, bool with_iv, bool whole_blocks) {
    const json object = parse(line);
    const auto fault_of = [&](const char* name) -> std::string {
        const json field = object.is_object() ? object.value(name, json()) : json();
        if (!field.is_string()) return fmt::format("{} is missing", name);
        const std::string fault = base64_fault(field.get_ref<const std::string&>());
        if (!fault.empty()) return fmt::format("{}: {}", name, fault);
        const std::size_t size = from_base64(field.get_ref<const std::string&>())->size();
        if (name == std::string_view("iv"))
            return size == 8 ? "" : fmt::format("iv has {}, 8 are needed", counted(size, "byte"));
        if (whole_blocks && size == 0) return "ciphertext is empty";
        if (whole_blocks && size % 8 != 0)
            return fmt::format("ciphertext has {}, no whole blocks of 8", counted(size, "byte"));
        return {};
    };
    std::string fault = with_iv ? fault_of("iv") : "";
    return fault.empty() ? fault_of("ciphertext") : fault;
}

} // namespace keyhole
