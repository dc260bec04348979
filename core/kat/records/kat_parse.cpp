#include "core/kat/records/kat_parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/words.hpp"

namespace keyhole::kat {
namespace {

Error line_fault(std::string_view file, std::size_t line, std::string_view what, std::string_view why) {
    return bad_input(fmt::format("{}:{}: {} ({})", escape_controls(file), line, what, why));
}

struct NameAndValue {
    std::string name;
    std::string_view value;
};

std::optional<NameAndValue> name_and_value(std::string_view line) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = trimmed(line.substr(0, equals));
    const auto is_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; };
    if (name.empty() || name.size() > 40 || !std::all_of(name.begin(), name.end(), is_name)) return std::nullopt;
    return NameAndValue{upper_case(name), trimmed(line.substr(equals + 1))};
}

class Parser {
  public:
    explicit Parser(std::string_view file) : file_(file) {}

    void line(std::string_view text) {
        ++line_;
        if (text.size() > max_line_size) {
            throw fault(
                "the line is too long",
                fmt::format("{} bytes, at most {} are read; is this a known-answer file?", text.size(), max_line_size));
        }
        if (pem_line(text)) return;
        const bool is_comment = trimmed(text).starts_with('#');
        text = trimmed(text.substr(0, text.find('#')));
        if (is_comment) return;
        if (text.empty()) {
            // A COUNT alone is no record yet: some files leave a line free below it.
            if (!counted_only()) finish();
        } else if (text.starts_with('[')) {
            section(text);
        } else if (auto field = name_and_value(text)) {
            add(std::move(field->name), field->value);
        } else {
            throw fault(fmt::format("'{}' is no line of a known-answer file", excerpt(text)),
                        "write NAME = VALUE, [SECTION] or # comment");
        }
    }

    std::vector<Record> take() {
        if (in_pem_) throw fault("a PEM block has no end", "the line -----END ..----- is missing");
        finish();
        return std::move(records_);
    }

  private:
    Error fault(std::string_view what, std::string_view why) const { return line_fault(file_, line_, what, why); }

    bool counted_only() const { return current_.fields.size() == 1 && current_.fields.front().name == "COUNT"; }

    void section(std::string_view text) {
        if (!text.ends_with(']')) throw fault(fmt::format("'{}' is no section", excerpt(text)), "the ] is missing");
        finish();
        text = trimmed(text.substr(1, text.size() - 2));
        const auto setting = name_and_value(text);
        if (setting && setting->name == "MODE") {
            current_.mode = lower_case(setting->value);
        } else {
            current_.section = upper_case(text);
        }
    }

    // A PEM block is the value of a field PEM of the record that it stands in.
    bool pem_line(std::string_view text) {
        if (!in_pem_ && text.starts_with("-----BEGIN ")) {
            add("PEM", "");
            in_pem_ = true;
        } else if (!in_pem_) {
            return false;
        }
        current_.fields.back().value.append(text).append("\n");
        if (text.starts_with("-----END ")) in_pem_ = false;
        return true;
    }

    void add(std::string name, std::string_view value) {
        const bool begins_anew = !current_.fields.empty() && name == current_.fields.front().name;
        if (begins_anew || (name == "COUNT" && !current_.fields.empty())) finish();
        if (current_.has(name) && name != "CTRL") {
            throw fault(fmt::format("{} is here twice in one record", name), "leave a blank line between two records");
        }
        if (current_.fields.size() == max_fields || records_.size() == max_records) {
            throw fault("there is too much in this file",
                        fmt::format("at most {} fields a record and {} records are read; split the file", max_fields,
                                    max_records));
        }
        current_.fields.push_back({std::move(name), std::string(value), line_});
    }

    void finish() {
        if (current_.fields.empty()) return;
        current_.file = file_;
        records_.push_back(current_);
        current_.fields.clear();
    }

    std::string file_;
    std::size_t line_ = 0;
    bool in_pem_ = false;
    Record current_;
    std::vector<Record> records_;
};

void refuse_too_long(const Record& record, const Field& field, const Number& number, std::size_t max_bits) {
    if (bit_length(number) <= max_bits) return;
    throw record.fault(field.line, fmt::format("{} is too long", field.title()),
                       fmt::format("it has {} bits; give {} at most", bit_length(number), max_bits));
}

} // namespace

std::vector<Record> parse(std::string_view file, std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Parser parser(file);
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("\r\n");
        parser.line(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return parser.take();
}

std::string Record::short_title() const {
    const Field* count = find("COUNT");
    return count != nullptr ? fmt::format("record COUNT = {}", excerpt(count->value)) : "record";
}

std::string Record::title() const {
    return find("COUNT") != nullptr ? short_title() : fmt::format("record at line {}", line());
}

const Field* Record::find(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

const Field& Record::need(std::string_view name, std::string_view why) const {
    const Field* field = find(name);
    if (field == nullptr) {
        throw fault(line(), fmt::format("the {} has no {}", short_title(), name), fmt::format("{}; add the line", why));
    }
    return *field;
}

des::Block Record::block(const Field& field) const { return short_hex(field, 64); }

Bytes Record::bytes(const Field& field) const {
    const auto bytes = from_hex(field.value);
    if (!bytes || bytes->empty()) {
        throw fault(field.line, fmt::format("{} '{}' is no hex", field.title(), excerpt(field.value)),
                    "write two hex digits a byte");
    }
    return *bytes;
}

Number Record::number(const Field& field, std::size_t max_bits) const {
    const std::string digits = hex_digits(field.value).value_or("");
    const auto number = digits.size() > max_number_bits / 4 ? std::nullopt : number_from_hex(digits);
    if (!number) {
        throw fault(field.line, fmt::format("{} '{}' is no number", field.title(), excerpt(field.value)),
                    fmt::format("write hex digits, {} at most", max_number_bits / 4));
    }
    refuse_too_long(*this, field, *number, max_bits);
    return *number;
}

Number Record::decimal_number(const Field& field, std::size_t max_bits) const {
    const bool digits = !field.value.empty() && field.value.find_first_not_of("0123456789") == std::string::npos;
    const std::size_t most_digits = max_number_bits * 3 / 10;
    if (!digits || field.value.size() > most_digits) {
        throw fault(field.line, fmt::format("{} '{}' is no number", field.title(), excerpt(field.value)),
                    fmt::format("write decimal digits, {} at most", most_digits));
    }
    Number number(field.value, 10);
    refuse_too_long(*this, field, number, max_bits);
    return number;
}

void Record::refuse_zero(const Field& field, const Number& modulus) const {
    if (modulus == 0) throw fault(field.line, fmt::format("{} is 0", field.title()), "nothing is computed modulo 0");
}

std::uint64_t Record::decimal(const Field& field) const {
    const auto is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
    if (field.value.empty() || field.value.size() > 9 ||
        !std::all_of(field.value.begin(), field.value.end(), is_digit)) {
        throw fault(field.line, fmt::format("{} '{}' is no number", field.title(), excerpt(field.value)),
                    "write one to nine decimal digits");
    }
    return std::stoul(field.value);
}

std::uint64_t Record::short_hex(const Field& field, unsigned bits) const {
    const std::string digits = hex_digits(field.value).value_or("");
    const auto number = digits.size() == bits / 4 ? number_from_hex(digits) : std::nullopt;
    if (!number) {
        throw fault(field.line, fmt::format("{} '{}' is no {}-bit value", field.title(), excerpt(field.value), bits),
                    fmt::format("write {} hex digits", bits / 4));
    }
    return std::stoull(digits, nullptr, 16);
}

Error Record::fault(std::size_t line, std::string_view what, std::string_view why) const {
    return line_fault(file, line, what, why);
}

} // namespace keyhole::kat
