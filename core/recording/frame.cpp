#include "core/recording/frame.hpp"

#include <nlohmann/json.hpp>
#include <string>

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

} // namespace keyhole
