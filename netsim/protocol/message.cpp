#include "netsim/protocol/message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/bytes.hpp"
#include "netsim/protocol/frame_fields.hpp"

namespace keyhole {
namespace {

using nlohmann::ordered_json;

// In the order of WireCode.
constexpr std::array<std::string_view, 8> code_names = {
    "bad_frame",    "unexpected_message", "bad_params", "bad_public_key",
    "bad_sequence", "bad_ciphertext",     "timeout",    "busy"};

Fault bad_frame(std::string detail, std::string reason = {}) {
    return {WireCode::bad_frame, std::move(detail), std::move(reason)};
}

bool is_base64_sign(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
}

// Nearly all lines are messages as this program writes them. Those are put together and taken apart from these pieces,
// which is much faster than the JSON library: base64 has no character that needs escaping. Every other line goes
// through the library.
constexpr std::string_view before_seq = R"({"type":"message","seq":)", before_iv = R"(,"iv":")",
                           before_ciphertext = R"(,"ciphertext":")", end_of_text = R"(")", end_of_line = R"("})";

std::optional<std::string> plain_line(const MessageFrame& frame) {
    if (frame.iv && !std::ranges::all_of(*frame.iv, is_base64_sign)) return std::nullopt;
    if (!std::ranges::all_of(frame.ciphertext, is_base64_sign)) return std::nullopt;
    std::string line;
    line.reserve(frame.ciphertext.size() + 128);
    line.append(before_seq).append(std::to_string(frame.seq));
    if (frame.iv) line.append(before_iv).append(*frame.iv).append(end_of_text);
    return line.append(before_ciphertext).append(frame.ciphertext).append(end_of_line);
}

// The frame whose plain line this is. It is written again and compared, so that no other line passes.
std::optional<MessageFrame> from_plain_line(std::string_view line) {
    if (!line.starts_with(before_seq) || !line.ends_with(end_of_line)) return std::nullopt;
    MessageFrame frame;
    const char* const digits = line.data() + before_seq.size();
    const char* const end = line.data() + line.size();
    const char* const behind = std::from_chars(digits, end, frame.seq).ptr;
    std::string_view rest(behind, static_cast<std::size_t>(end - behind));
    if (rest.starts_with(before_iv)) {
        rest.remove_prefix(before_iv.size());
        const std::size_t length = std::min(rest.find(end_of_text), rest.size());
        frame.iv = rest.substr(0, length);
        rest.remove_prefix(std::min(length + end_of_text.size(), rest.size()));
    }
    if (!rest.starts_with(before_ciphertext) || rest.size() < before_ciphertext.size() + end_of_line.size())
        return std::nullopt;
    rest.remove_prefix(before_ciphertext.size());
    frame.ciphertext = rest.substr(0, rest.size() - end_of_line.size());
    return plain_line(frame) == line ? std::optional(std::move(frame)) : std::nullopt;
}

struct Writer {
    std::string operator()(const ParamsFrame& f) const {
        return dump({{"type", "params"},
                     {"protocol", f.protocol},
                     {"group", f.group},
                     {"p", f.p},
                     {"g", f.g},
                     {"kdf", f.kdf},
                     {"mode", f.mode}});
    }
    std::string operator()(const PublicKeyFrame& f) const {
        ordered_json out = {{"type", "public_key"}, {"y", f.y}};
        if (f.name) out["name"] = *f.name;
        return dump(out);
    }
    std::string operator()(const MessageFrame& f) const {
        if (auto line = plain_line(f)) return *std::move(line);
        ordered_json out = {{"type", "message"}, {"seq", f.seq}};
        if (f.iv) out["iv"] = *f.iv;
        out["ciphertext"] = f.ciphertext;
        return dump(out);
    }
    std::string operator()(const ByeFrame&) const { return dump({{"type", "bye"}}); }
    std::string operator()(const ErrorFrame& f) const {
        return dump({{"type", "error"}, {"code", f.code}, {"detail", f.detail}});
    }

  private:
    static std::string dump(const ordered_json& object) { return object.dump(); }
};

} // namespace

std::string_view name(WireCode code) { return code_names[static_cast<std::size_t>(code)]; }

std::optional<WireCode> find_wire_code(std::string_view text) {
    const auto found = std::ranges::find(code_names, text);
    if (found == code_names.end()) return std::nullopt;
    return static_cast<WireCode>(found - code_names.begin());
}

std::string encode_frame(const Frame& frame) { return std::visit(Writer{}, frame); }

std::variant<Frame, Fault> decode_frame(std::string_view line) {
    if (line.size() > max_line_bytes) return bad_frame("the line is longer than 1 MiB");
    if (auto message = from_plain_line(line)) return *std::move(message);
    if (!is_utf8(line)) return bad_frame("the line is not UTF-8");
    FrameFields fields(line);
    if (!fields.fault().empty()) return bad_frame(fields.fault(), fields.reason());
    const std::string type = fields.text("type");
    if (!fields.fault().empty()) return bad_frame(fields.fault(), fields.reason());
    Frame frame;
    if (type == "params") {
        frame = ParamsFrame{.protocol = fields.text("protocol"),
                            .group = fields.text("group"),
                            .p = fields.text("p"),
                            .g = fields.text("g"),
                            .kdf = fields.text("kdf"),
                            .mode = fields.text("mode")};
    } else if (type == "public_key") {
        frame = PublicKeyFrame{.y = fields.text("y"), .name = fields.text_if_any("name")};
    } else if (type == "message") {
        frame = MessageFrame{
            .seq = fields.count("seq"), .iv = fields.optional_text("iv"), .ciphertext = fields.text("ciphertext")};
    } else if (type == "bye") {
        frame = ByeFrame{};
    } else if (type == "error") {
        frame = ErrorFrame{.code = fields.text("code"), .detail = fields.text("detail")};
    } else {
        return Fault{WireCode::unexpected_message, "the type is unknown", fmt::format("type is '{}'", excerpt(type))};
    }
    if (!fields.fault().empty()) return bad_frame(fields.fault(), fields.reason());
    return frame;
}

} // namespace keyhole
