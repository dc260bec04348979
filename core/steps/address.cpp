#include "core/steps/address.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/spelling/whole_number.hpp"
#include "core/steps/step_kinds.hpp"

namespace keyhole {
namespace {

std::optional<std::uint64_t> parse_count(std::string_view digits) {
    return digits.starts_with('0') ? std::nullopt : whole_number<std::uint64_t>(digits);
}

std::optional<Part> parse_part(std::string_view text, Kind kind, bool top) {
    const KindInfo& row = info(kind);
    Part part{.kind = kind};
    if (row.of_party && !top) {
        const std::size_t dot = text.find('.');
        if (dot == std::string_view::npos) return std::nullopt;
        const auto role = find_role(text.substr(0, dot));
        if (!role) return std::nullopt;
        part.role = *role;
        text.remove_prefix(dot + 1);
    }
    if (!text.starts_with(row.word)) return std::nullopt;
    text.remove_prefix(row.word.size());
    if (!row.counted) return text.empty() ? std::optional(part) : std::nullopt;
    if (!text.starts_with('.')) return std::nullopt;
    const auto number = parse_count(text.substr(1));
    if (!number) return std::nullopt;
    part.number = *number;
    return part;
}

} // namespace

std::vector<Kind> kinds_below(Kind kind) {
    using enum Kind;
    switch (kind) {
        case root: return {connect, parameters, keys, secret, schedule, modexp, message};
        case parameters: return {choose, check};
        case keys: return {private_key, public_key};
        case secret: return {shared, derive, schedule};
        case schedule: return {schedule_round};
        case public_key:
        case shared:
        case modexp: return {bit};
        case message: return {encode, pad, encrypt, frame, decode, decrypt, unpad};
        case encrypt:
        case decrypt: return {block};
        case block: return {ip, round, swap, fp};
        case round: return {expand, mix, sbox, permute, join};
        default: return {};
    }
}

std::string component(const Part& part, bool top) {
    const KindInfo& row = info(part.kind);
    std::string text;
    if (row.of_party && !top) text = fmt::format("{}.", name(part.role));
    text += row.word;
    if (row.counted) text += fmt::format(".{}", part.number);
    return text;
}

std::string address(const Node& node) {
    std::string text;
    for (std::size_t i = 0; i < node.depth(); ++i) {
        if (i > 0) text += '/';
        text += component(node.part(i), i == 0);
    }
    return text;
}

std::optional<Node> parse_address(std::string_view text) {
    Node node;
    while (true) {
        const std::size_t slash = text.find('/');
        const std::string_view head = text.substr(0, slash);
        std::optional<Part> part;
        for (const Kind kind : kinds_below(node.kind())) {
            if ((part = parse_part(head, kind, node.depth() == 0))) break;
        }
        if (!part) return std::nullopt;
        node = node.child(*part);
        if (slash == std::string_view::npos) return node;
        text.remove_prefix(slash + 1);
    }
}

} // namespace keyhole
