#include "netsim/protocol/frame_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"
#include "netsim/protocol/message.hpp"

namespace keyhole {
namespace {

using nlohmann::json;

constexpr std::size_t most_fields = 64;
constexpr const char* as_hex = ", where a string is wanted (big numbers are hex, bytes base64, in quotes)";

} // namespace

// Takes the top-level fields and stops the parser at the first thing that no frame has.
class FrameFields::Collector : public json::json_sax_t {
  public:
    Collector(FrameFields& out, std::string_view line) : out_(out), line_(line) {}

    bool null() override { return put({}); }
    bool boolean(bool) override { return put({}); }
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
        if (std::ranges::any_of(out_.fields_, same)) return refuse("a field is there twice");
        if (out_.fields_.size() == most_fields) return refuse("the object has too many fields");
        name_ = std::move(name);
        return true;
    }

    bool parse_error(std::size_t position, const std::string& last, const json::exception& error) override {
        constexpr int number_overflow = 406; // JSON, though no machine number
        if (error.id == number_overflow && depth_ == 1) {
            const bool hex = name_ == "y" || name_ == "p" || name_ == "g";
            out_.reason_ = fmt::format("{} is a number of {}{}", excerpt(name_), counted(last.size(), "character"),
                                       hex ? as_hex : "");
            out_.fault_ = "a number is too large: " + excerpt(name_);
            return false;
        }
        out_.reason_ = position > 0 && position <= line_.size()
                           ? fmt::format("byte {} is '{}', which cannot stand there", position,
                                         escape_controls(line_.substr(position - 1, 1)))
                           : fmt::format("it ends after {}, too early", counted(line_.size(), "byte"));
        return refuse("the line is not JSON");
    }

  private:
    bool put(Value value) {
        if (depth_ == 0) return refuse("the line is no JSON object");
        if (depth_ == 1) out_.fields_.emplace_back(name_, std::move(value));
        return true;
    }

    bool open() {
        if (depth_ == max_nesting) return refuse("the line is nested too deeply");
        if (depth_ == 1) out_.fields_.emplace_back(name_, Value());
        ++depth_;
        return true;
    }

    bool close() {
        --depth_;
        return true;
    }

    bool refuse(const char* why) {
        if (out_.fault_.empty()) out_.fault_ = why;
        return false;
    }

    FrameFields& out_;
    std::string_view line_;
    std::size_t depth_ = 0;
    std::string name_;
};

FrameFields::FrameFields(std::string_view line) {
    // nlohmann's parser takes a byte order mark for nothing and a NUL for the end of the text.
    if (line.starts_with("\xEF\xBB\xBF") || line.find('\0') != std::string_view::npos) {
        fault_ = "the line is not JSON";
        return;
    }
    Collector collector(*this, line);
    json::sax_parse(line.begin(), line.end(), &collector);
}

template <class Wanted>
Wanted* FrameFields::find(std::string_view name, bool required) {
    const auto found =
        std::ranges::find(fields_, name, [](const auto& field) { return std::string_view(field.first); });
    const bool missing = found == fields_.end();
    Wanted* value = missing ? nullptr : std::get_if<Wanted>(&found->second);
    if (!value && fault_.empty() && (required || !missing)) {
        fault_ = missing ? "the field is missing: " : "the field has another type: ";
        fault_ += name;
        if (missing) return nullptr;
        const bool is_number = std::holds_alternative<std::uint64_t>(found->second);
        const bool is_text = std::holds_alternative<std::string>(found->second);
        reason_ = fmt::format("{} is {}", name, is_number ? "a number" : is_text ? "a string" : "no string or number");
        reason_ += std::is_same_v<Wanted, std::string> ? as_hex : ", where a number is wanted";
    }
    return value;
}

std::string FrameFields::text(std::string_view name) {
    auto* value = find<std::string>(name, true);
    return value ? std::move(*value) : std::string();
}

std::optional<std::string> FrameFields::optional_text(std::string_view name) {
    auto* value = find<std::string>(name, false);
    return value ? std::optional(std::move(*value)) : std::nullopt;
}

std::optional<std::string> FrameFields::text_if_any(std::string_view name) const {
    for (const auto& [field, value] : fields_) {
        if (field == name && std::holds_alternative<std::string>(value)) return std::get<std::string>(value);
    }
    return std::nullopt;
}

std::uint64_t FrameFields::count(std::string_view name) {
    const auto* value = find<std::uint64_t>(name, true);
    return value ? *value : 0;
}

} // namespace keyhole
