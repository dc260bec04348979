#include "core/recording/json_object.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/base/error.hpp"

namespace keyhole {

using nlohmann::json;

JsonObject::JsonObject(const json& value, std::string path) : value_(&value), path_(std::move(path)) {
    if (!value.is_object()) fail("", "is no object");
}

const json& JsonObject::array(const std::string& field) const {
    const json& value = at(field);
    if (!value.is_array()) fail(field, "is no array");
    return value;
}

bool JsonObject::boolean(const std::string& field) const {
    const json& value = at(field);
    if (!value.is_boolean()) fail(field, "is neither true nor false");
    return value.get<bool>();
}

std::uint64_t JsonObject::count(const std::string& field) const {
    const json& value = at(field);
    if (!value.is_number_unsigned()) fail(field, "is no whole number");
    return value.get<std::uint64_t>();
}

const std::string& JsonObject::text(const std::string& field) const {
    const json& value = at(field);
    if (!value.is_string()) fail(field, "is no string");
    return value.get_ref<const std::string&>();
}

Number JsonObject::number(const std::string& field) const { return parse_number(text(field), path_of(field)); }

des::Block JsonObject::block(const std::string& field) const { return parse_block(text(field), path_of(field)); }

Bytes JsonObject::hex(const std::string& field) const {
    const auto bytes = from_hex(text(field));
    if (!bytes) fail(field, "is no hex");
    return *bytes;
}

Bytes JsonObject::octets(const std::string& field) const {
    return has(field + "_hex") ? hex(field + "_hex") : to_bytes(text(field));
}

std::optional<Number> JsonObject::optional_number(const std::string& field) const {
    return has(field) ? std::optional(number(field)) : std::nullopt;
}

std::optional<des::Block> JsonObject::optional_block(const std::string& field) const {
    return has(field) ? std::optional(block(field)) : std::nullopt;
}

std::string JsonObject::path_of(const std::string& field) const {
    return path_.empty() || field.empty() ? path_ + field : path_ + "." + field;
}

const json& JsonObject::at(const std::string& field) const {
    const auto found = value_->find(field);
    if (found == value_->end()) fail(field, "is missing");
    return *found;
}

void JsonObject::fail(const std::string& field, std::string_view why) const {
    const std::string path = path_of(field);
    throw bad_input(fmt::format("this is no recording of keyhole ({} {}; record it anew)",
                                path.empty() ? "the document" : path, why));
}

} // namespace keyhole
