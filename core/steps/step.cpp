#include "core/steps/step.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/choice.hpp"
#include "core/base/number_word.hpp"
#include "core/base/words.hpp"

namespace keyhole {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>; // clang needs this line up to version 16

std::string_view view_text(const Octets& value) { return as_text(value.view); }

unsigned group_width(unsigned width) {
    if (width == 48 || width == 6) return 6;
    if (width == 56 || width == 28) return 7;
    return width == 64 ? 8 : 4;
}

} // namespace

const Datum* Step::find(std::string_view name) const {
    const auto found = std::ranges::find(values, name, &Value::name);
    return found == values.end() ? nullptr : &found->datum;
}

std::optional<Number> as_number(const Datum& datum) {
    if (const auto* bits = std::get_if<Bits>(&datum)) return number_of(bits->value);
    if (const auto* big = std::get_if<BigValue>(&datum)) return big->number;
    if (const auto* count = std::get_if<Count>(&datum)) return number_of(count->value);
    const auto* octets = std::get_if<Octets>(&datum);
    return octets != nullptr && !octets->text ? std::optional(from_bytes(octets->view)) : std::nullopt;
}

const Datum& value_of(const Step& step, std::string_view name) {
    if (const Datum* found = step.find(name)) return *found;
    std::vector<std::string_view> names;
    for (const Value& value : step.values) names.push_back(value.name);
    throw bad_input(fmt::format("no value '{}' of {} ({}it has {})", excerpt(name), step.address,
                                did_you_mean(name, names),
                                names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
}

bool says_how_many(std::string_view name, const Datum& datum) {
    return std::holds_alternative<Count>(datum) && name.ends_with('s');
}

std::string asked_words(const Step& step, std::string_view name) {
    const Datum* datum = step.find(name);
    if (datum != nullptr && says_how_many(name, *datum))
        return fmt::format("How many {} does “{}” have?", readable(name), step.title);
    const auto* bits = std::get_if<Bits>(datum);
    const bool letter = name.size() == 1;
    return fmt::format("What is {}{} of “{}”{}?", letter ? "" : "the ", readable(name), step.title,
                       bits == nullptr ? "" : fmt::format(" ({})", counted(bits->width, "bit")));
}

bool shown_in_hex(const Datum& datum) {
    constexpr std::size_t widest_counted = 6;
    const bool digits = std::holds_alternative<Bits>(datum) || std::holds_alternative<Octets>(datum);
    return digits && bit_size(datum) > widest_counted;
}

Octets octets(ByteView view) { return {.view = view, .owner = nullptr}; }

Octets octets(Bytes bytes) {
    auto owner = std::make_shared<const Bytes>(std::move(bytes));
    return {.view = *owner, .owner = owner};
}

Octets text_octets(std::string_view view) { return {.view = as_bytes(view), .owner = nullptr, .text = true}; }

std::string full_text(const Datum& datum) {
    return std::visit(
        Overloaded{
            [](const Bits& bits) { return hex_text(bits); },
            [](const BigValue& big) { return to_text(big.number, big.bits); },
            [](const Count& count) { return fmt::to_string(count.value); },
            [](const Octets& value) { return value.text ? std::string(view_text(value)) : "0x" + to_hex(value.view); },
            [](const Word& word) { return word.text; },
        },
        datum);
}

std::string shown_text(const Datum& datum, std::size_t limit) {
    const auto* value = std::get_if<Octets>(&datum);
    if (value == nullptr) {
        std::string text = full_text(datum);
        if (text.size() > limit) {
            text = fmt::format("{}..{} ({} bits)", text.substr(0, limit / 2), text.substr(text.size() - limit / 4),
                               bit_size(datum));
        }
        return text;
    }
    const std::size_t size = value->view.size();
    if (value->text) {
        const std::string_view head = whole_characters(view_text(*value), limit);
        const std::string shown = escape_controls(head);
        return head.size() == size ? shown : fmt::format("{}.. ({} bytes)", shown, size);
    }
    if (2 * size + 2 <= limit) return "0x" + to_hex(value->view);
    return fmt::format("0x{}.. ({} bytes)", to_hex(value->view.first(limit / 2)), size);
}

std::string binary_text(Bits bits) {
    std::string out;
    const unsigned group = group_width(bits.width);
    for (unsigned position = 1; position <= bits.width; ++position) {
        out += bit_at(bits.value, bits.width, position) == 1 ? '1' : '0';
        if ((bits.width - position) % group == 0 && position != bits.width) out += ' ';
    }
    return out;
}

std::string binary_text(const Datum& datum, std::size_t max_bits) {
    if (bit_size(datum) > max_bits || bit_size(datum) == 0) return {};
    if (const auto* bits = std::get_if<Bits>(&datum)) return binary_text(*bits);
    Bytes bytes;
    if (const auto* big = std::get_if<BigValue>(&datum)) {
        bytes = to_bytes(big->number, (big->bits + 7) / 8);
    } else if (const auto* value = std::get_if<Octets>(&datum); value != nullptr && !value->text) {
        bytes.assign(value->view.begin(), value->view.end());
    }
    std::string out;
    for (const std::uint8_t byte : bytes) {
        if (!out.empty()) out += ' ';
        out += fmt::format("{:08b}", byte);
    }
    return out;
}

std::string prefixed_hex(const Datum& datum) {
    if (const auto* big = std::get_if<BigValue>(&datum)) {
        // A small number among big ones, like g, is not padded with hundreds of zeros.
        return to_prefixed_hex(big->number,
                               bit_length(big->number) <= 64 ? std::min<std::size_t>(big->bits, 64) : big->bits);
    }
    const auto* value = std::get_if<Octets>(&datum);
    const bool has_hex = std::holds_alternative<Bits>(datum) || (value != nullptr && !value->text);
    return has_hex ? full_text(datum) : std::string();
}

std::string decimal_text(const Datum& datum) {
    if (const auto* bits = std::get_if<Bits>(&datum)) return fmt::to_string(bits->value);
    if (const auto* count = std::get_if<Count>(&datum)) return fmt::to_string(count->value);
    const auto* big = std::get_if<BigValue>(&datum);
    return big != nullptr && bit_length(big->number) <= 64 ? big->number.get_str() : std::string();
}

std::size_t bit_size(const Datum& datum) {
    return std::visit(Overloaded{
                          [](const Bits& bits) { return std::size_t{bits.width}; },
                          [](const BigValue& big) { return std::max(big.bits, bit_length(big.number)); },
                          [](const Octets& value) { return 8 * value.view.size(); },
                          [](const auto&) { return std::size_t{0}; },
                      },
                      datum);
}

std::string hex_text(Bits bits) { return fmt::format("0x{:0{}X}", bits.value, (bits.width + 3) / 4); }

std::string plain_binary(Bits bits) { return fmt::format("{:0{}b}", bits.value, bits.width); }

bool much_shorter(const BigValue& value) { return bit_length(value.number) + 64 <= value.bits; }

std::string short_text(const BigValue& value) {
    // Without leading zeros: of a short number behind many of them, the ends would show hardly a digit.
    std::string text = to_text(value.number);
    if (text.size() <= 26) return text;
    const std::size_t bits = bit_length(value.number);
    return fmt::format("{}..{}{}", text.substr(0, 10), text.substr(text.size() - 8),
                       much_shorter(value) ? fmt::format(" ({} bits)", bits) : "");
}

std::string short_text(const Octets& value) {
    if (!value.text) {
        if (value.view.empty()) return "no bytes";
        return value.view.size() <= 12 ? "0x" + to_hex(value.view) : "0x" + to_hex(value.view.first(8)) + "..";
    }
    const std::string_view head = whole_characters(view_text(value), 40);
    return '"' + escape_controls(head) + (head.size() < value.view.size() ? "..\"" : "\"");
}

} // namespace keyhole
