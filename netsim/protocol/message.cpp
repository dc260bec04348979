#include "netsim/protocol/message.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/bytes.hpp"

namespace keyhole {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

// What a top-level field may be; everything else that JSON has is of no use to a frame.
using Field = std::variant<std::string, std::uint64_t, std::monostate>;

// Takes the top-level fields of one object and stops the parser at the first thing that is no frame. The parser itself
// keeps one bit a level and the handler a counter, so nesting costs nothing.
class FieldCollector : public json::json_sax_t {
  public:
    std::vector<std::pair<std::string, Field>> fields;
    std::string fault;

    bool null() override { return put(std::monostate{}); }
    bool boolean(bool) override { return put(std::monostate{}); }
    // Of the numbers only a seq means anything: one that is below 0, no integer or too large is 0, which never is next.
    bool number_integer(std::int64_t) override { return put(std::uint64_t{0}); }
    bool number_unsigned(std::uint64_t value) override { return put(value); }
    bool number_float(double, const std::string&) override { return put(std::uint64_t{0}); }
    bool string(std::string& value) override { return put(std::move(value)); }
    bool binary(json::binary_t&) override { return refuse("the line is not JSON"); }
    bool start_object(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return depth_ == 0 ? refuse("the line is no JSON object") : open(); }
    bool end_array() override { return close(); }

    bool key(std::string& name) override {
        if (depth_ != 1) return true;
        const auto same = [&](const auto& field) { return field.first == name; };
        if (std::any_of(fields.begin(), fields.end(), same)) return refuse("a field is there twice");
        if (fields.size() == 64) return refuse("the object has too many fields");
        name_ = std::move(name);
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const json::exception&) override {
        return refuse("the line is not JSON");
    }

  private:
    bool put(Field value) {
        if (depth_ == 0) return refuse("the line is no JSON object");
        if (depth_ == 1) fields.emplace_back(name_, std::move(value));
        return true;
    }

    bool open() {
        if (depth_ == max_nesting) return refuse("the line is nested too deeply");
        if (depth_ == 1) fields.emplace_back(name_, std::monostate{});
        ++depth_;
        return true;
    }

    bool close() {
        --depth_;
        return true;
    }

    bool refuse(const char* why) {
        if (fault.empty()) fault = why;
        return false;
    }

    std::size_t depth_ = 0;
    std::string name_;
};

// Reads fields by name and remembers the first that is missing or of another type.
class FieldReader {
  public:
    explicit FieldReader(FieldCollector& collected) : fields_(collected.fields) {}

    std::string fault;

    std::string text(std::string_view name) {
        if (auto* value = get<std::string>(name, true)) return std::move(*value);
        return {};
    }

    std::optional<std::string> optional_text(std::string_view name) {
        auto* value = get<std::string>(name, false);
        return value ? std::optional(std::move(*value)) : std::nullopt;
    }

    std::uint64_t count(std::string_view name) {
        const auto* value = get<std::uint64_t>(name, true);
        return value ? *value : 0;
    }

  private:
    template <typename Wanted>
    Wanted* get(std::string_view name, bool required) {
        const auto found = std::find_if(fields_.begin(), fields_.end(), [&](auto& f) { return f.first == name; });
        Wanted* value = found == fields_.end() ? nullptr : std::get_if<Wanted>(&found->second);
        if (!value && fault.empty() && (required || found != fields_.end())) {
            fault = (found == fields_.end() ? "the field is missing: " : "the field has another type: ");
            fault += name;
        }
        return value;
    }

    std::vector<std::pair<std::string, Field>>& fields_;
};

Fault bad_frame(std::string detail) { return {WireCode::bad_frame, std::move(detail)}; }

bool is_base64_sign(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
}

// Messages go to and fro all the time: their lines are put together and taken apart from these pieces, without the
// library's walk over every character. Base64 has nothing to escape; whatever is not of just this form is the
// library's.
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

// The frame whose plain line this is. What is taken apart is put together again: no other line passes.
std::optional<MessageFrame> from_plain_line(std::string_view line) {
    if (!line.starts_with(before_seq) || !line.ends_with(end_of_line)) return std::nullopt;
    MessageFrame frame;
    const char* const digits = line.data() + before_seq.size();
    std::string_view rest(std::from_chars(digits, line.data() + line.size(), frame.seq).ptr, line.data() + line.size());
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
        return written({{"type", "params"},
                        {"protocol", f.protocol},
                        {"group", f.group},
                        {"p", f.p},
                        {"g", f.g},
                        {"kdf", f.kdf},
                        {"mode", f.mode}});
    }
    std::string operator()(const PublicKeyFrame& f) const { return written({{"type", "public_key"}, {"y", f.y}}); }
    std::string operator()(const MessageFrame& f) const {
        if (auto line = plain_line(f)) return *std::move(line);
        ordered_json out = {{"type", "message"}, {"seq", f.seq}};
        if (f.iv) out["iv"] = *f.iv;
        out["ciphertext"] = f.ciphertext;
        return written(out);
    }
    std::string operator()(const ByeFrame&) const { return written({{"type", "bye"}}); }
    std::string operator()(const ErrorFrame& f) const {
        return written({{"type", "error"}, {"code", f.code}, {"detail", f.detail}});
    }

  private:
    static std::string written(const ordered_json& object) { return object.dump(); }
};

} // namespace

std::string_view name(WireCode code) {
    switch (code) {
        case WireCode::bad_frame: return "bad_frame";
        case WireCode::unexpected_message: return "unexpected_message";
        case WireCode::bad_params: return "bad_params";
        case WireCode::bad_public_key: return "bad_public_key";
        case WireCode::bad_sequence: return "bad_sequence";
        case WireCode::bad_ciphertext: return "bad_ciphertext";
        case WireCode::timeout: return "timeout";
        case WireCode::busy: return "busy";
    }
    return {};
}

std::optional<WireCode> find_wire_code(std::string_view text) {
    using enum WireCode;
    for (const WireCode code :
         {bad_frame, unexpected_message, bad_params, bad_public_key, bad_sequence, bad_ciphertext, timeout, busy}) {
        if (name(code) == text) return code;
    }
    return std::nullopt;
}

std::string encode_frame(const Frame& frame) { return std::visit(Writer{}, frame); }

std::variant<Frame, Fault> decode_frame(std::string_view line) {
    if (line.size() > max_line_bytes) return bad_frame("the line is longer than 1 MiB");
    if (auto message = from_plain_line(line)) return *std::move(message);
    if (!is_utf8(line)) return bad_frame("the line is not UTF-8");
    // nlohmann's parser takes a byte order mark for nothing and a NUL for the end of the text.
    if (line.starts_with("\xEF\xBB\xBF") || line.find('\0') != std::string_view::npos) {
        return bad_frame("the line is not JSON");
    }
    FieldCollector collected;
    if (!json::sax_parse(line.begin(), line.end(), &collected)) return bad_frame(collected.fault);
    FieldReader read(collected);
    const std::string type = read.text("type");
    if (!read.fault.empty()) return bad_frame(read.fault);
    Frame frame;
    if (type == "params") {
        ParamsFrame f;
        f.protocol = read.text("protocol");
        f.group = read.text("group");
        f.p = read.text("p");
        f.g = read.text("g");
        f.kdf = read.text("kdf");
        f.mode = read.text("mode");
        frame = std::move(f);
    } else if (type == "public_key") {
        frame = PublicKeyFrame{.y = read.text("y")};
    } else if (type == "message") {
        MessageFrame f;
        f.seq = read.count("seq");
        f.iv = read.optional_text("iv");
        f.ciphertext = read.text("ciphertext");
        frame = std::move(f);
    } else if (type == "bye") {
        frame = ByeFrame{};
    } else if (type == "error") {
        ErrorFrame f;
        f.code = read.text("code");
        f.detail = read.text("detail");
        frame = std::move(f);
    } else {
        return Fault{WireCode::unexpected_message, "the type is unknown"};
    }
    if (!read.fault.empty()) return bad_frame(read.fault);
    return frame;
}

} // namespace keyhole
