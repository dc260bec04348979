// One object of a JSON document from outside, read field by field. Whatever is not there or not of its kind is an Error
// (bad_input) that names the field by its path, "messages[2].sent.iv".
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/number.hpp"
#include "core/des/des.hpp"

namespace keyhole {

class JsonObject {
  public:
    /// `value` must outlive this object; `path` is where it stands in the document, empty for the document itself.
    JsonObject(const nlohmann::json& value, std::string path);

    bool has(const std::string& field) const { return value_->contains(field); }
    JsonObject object(const std::string& field) const { return {at(field), path_of(field)}; }
    const nlohmann::json& array(const std::string& field) const;

    bool boolean(const std::string& field) const;
    std::uint64_t count(const std::string& field) const;
    const std::string& text(const std::string& field) const;
    Number number(const std::string& field) const; // decimal, or hex with 0x
    des::Block block(const std::string& field) const;
    Bytes hex(const std::string& field) const;
    /// Text, or the field of that name with `_hex` for bytes that are no UTF-8.
    Bytes octets(const std::string& field) const;

    // The same where the field may be missing.
    std::optional<Number> optional_number(const std::string& field) const;
    std::optional<des::Block> optional_block(const std::string& field) const;

    /// A word that `find` knows: a function from text to an optional.
    template <class Find>
    auto word(const std::string& field, Find find) const {
        const auto found = find(text(field));
        if (!found) fail(field, "is an unknown word");
        return *found;
    }

  private:
    std::string path_of(const std::string& field) const;
    const nlohmann::json& at(const std::string& field) const;
    [[noreturn]] void fail(const std::string& field, std::string_view why) const;

    const nlohmann::json* value_;
    std::string path_;
};

} // namespace keyhole
