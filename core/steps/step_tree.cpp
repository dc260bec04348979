#include "core/steps/step_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "core/base/error.hpp"
#include "core/steps/address.hpp"
#include "core/steps/viewer.hpp"

namespace keyhole {
namespace {

constexpr Role both_roles[] = {Role::server, Role::client};

// Below a round: expand, mix, eight S-boxes, permute, join. Below a block: ip, sixteen rounds, swap, fp.
constexpr std::uint64_t round_children = 12, round_size = 1 + round_children;
constexpr std::uint64_t block_children = 19, block_size = 1 + 1 + 16 * round_size + 2;

// Where all children of a step have the same size: that size, else 0.
std::uint64_t uniform_size(Kind parent) {
    switch (parent) {
        case Kind::encrypt:
        case Kind::decrypt: return block_size;
        case Kind::public_key:
        case Kind::shared:
        case Kind::modexp:
        case Kind::schedule:
        case Kind::round: return 1;
        default: return 0;
    }
}

Part round_part(std::uint64_t index) {
    if (index == 0) return {.kind = Kind::expand};
    if (index == 1) return {.kind = Kind::mix};
    if (index <= 9) return {.kind = Kind::sbox, .number = index - 1};
    return {.kind = index == 10 ? Kind::permute : Kind::join};
}

Part block_part(std::uint64_t index) {
    if (index == 0) return {.kind = Kind::ip};
    if (index <= 16) return {.kind = Kind::round, .number = index};
    return {.kind = index == 17 ? Kind::swap : Kind::fp};
}

} // namespace

std::uint64_t StepTree::block_count(std::uint64_t message, Direction direction) const {
    const MessageRecord& record = recording_->messages[message - 1];
    if (direction == Direction::decrypt) return (record.received->padded.size() + 7) / 8;
    const std::size_t length = record.sent->plaintext.size();
    return recording_->padding() == Padding::pkcs7 ? length / 8 + 1 : (length + 7) / 8;
}

// The children of the steps that have few and depend on what was recorded.
std::vector<Part> StepTree::listed_children(const Node& node) const {
    using enum Kind;
    const Recording& r = *recording_;
    std::vector<Part> out;
    const auto add_for = [&](Kind kind, Role role, bool there) {
        if (there) out.push_back({.kind = kind, .role = role});
    };
    switch (node.kind()) {
        case root: {
            const auto any = [&](auto there) { return there(r.parties[0]) || there(r.parties[1]); };
            add_for(connect, {}, r.connected);
            add_for(parameters, {}, any([](const PartyRecord& p) { return p.agreed; }));
            add_for(keys, {}, any([](const PartyRecord& p) { return p.private_key || p.public_key; }));
            add_for(secret, {}, any([](const PartyRecord& p) { return p.shared.has_value(); }));
            add_for(schedule, {}, r.des.has_value());
            add_for(modexp, {}, r.power.has_value());
            break;
        }
        case parameters:
            add_for(choose, Role::server, r.party(Role::server).agreed);
            add_for(check, Role::client, r.party(Role::client).agreed);
            break;
        case keys:
            for (const Role role : both_roles) {
                add_for(private_key, role, r.party(role).private_key.has_value());
                add_for(public_key, role, r.party(role).public_key.has_value());
            }
            break;
        case secret:
            for (const Role role : both_roles) {
                add_for(shared, role, r.party(role).shared.has_value());
                add_for(derive, role, r.party(role).derived);
                add_for(schedule, role, r.party(role).derived);
            }
            break;
        case message: {
            const MessageRecord& m = r.messages[node.last().number - 1];
            const bool framed = (m.sent && !m.sent->frame.empty()) || (m.received && !m.received->frame.empty());
            const bool deciphered = m.received && (m.received->plaintext || !m.received->padded.empty());
            if (m.sent) out.insert(out.end(), {{.kind = encode}, {.kind = pad}, {.kind = encrypt}});
            add_for(frame, {}, framed);
            add_for(decode, {}, m.received.has_value());
            add_for(decrypt, {}, deciphered);
            add_for(unpad, {}, deciphered);
            break;
        }
        default: break;
    }
    return out;
}

std::uint64_t StepTree::child_count(const Node& node) const {
    using enum Kind;
    switch (node.kind()) {
        case root: return listed_children(node).size() + recording_->messages.size();
        case parameters:
        case keys:
        case secret:
        case message: return listed_children(node).size();
        case public_key:
        case shared: {
            const auto& exponent = recording_->party(node.last().role).private_key;
            return exponent ? bit_length(*exponent) : 0;
        }
        case modexp: return bit_length(recording_->power->exponent);
        case schedule: return 16;
        case encrypt: return block_count(node.number(message), Direction::encrypt);
        case decrypt: return block_count(node.number(message), Direction::decrypt);
        case block: return block_children;
        case round: return round_children;
        default: return 0;
    }
}

Node StepTree::child(const Node& node, std::uint64_t index) const {
    using enum Kind;
    assert(index < child_count(node));
    switch (node.kind()) {
        case public_key:
        case shared:
        case modexp: return node.child({.kind = bit, .number = index + 1});
        case schedule: return node.child({.kind = schedule_round, .number = index + 1});
        case encrypt:
        case decrypt: return node.child({.kind = block, .number = index + 1});
        case block: return node.child(block_part(index));
        case round: return node.child(round_part(index));
        default: break;
    }
    const std::vector<Part> listed = listed_children(node);
    if (index < listed.size()) return node.child(listed[index]);
    return node.child({.kind = message, .number = index - listed.size() + 1});
}

std::uint64_t StepTree::index(const Node& node) const {
    using enum Kind;
    const Part& part = node.last();
    switch (part.kind) {
        case bit:
        case schedule_round:
        case block: return part.number - 1;
        case ip:
        case expand: return 0;
        case round: return part.number;
        case swap: return 17;
        case fp: return 18;
        case mix: return 1;
        case sbox: return part.number + 1;
        case permute: return 10;
        case join: return 11;
        default: break;
    }
    const std::vector<Part> listed = listed_children(node.parent());
    if (part.kind == message) return listed.size() + part.number - 1;
    return static_cast<std::uint64_t>(std::find(listed.begin(), listed.end(), part) - listed.begin());
}

bool StepTree::contains(const Node& node) const {
    if (node.depth() == 0) return true;
    const Node parent = node.parent();
    if (!contains(parent)) return false;
    const std::uint64_t place = index(node);
    return place < child_count(parent) && child(parent, place) == node;
}

std::optional<Node> StepTree::find(std::string_view text) const {
    const auto node = parse_address(text);
    return node && contains(*node) ? node : std::nullopt;
}

Node StepTree::at(std::string_view text) const {
    if (const auto node = find(text)) return *node;
    if (const auto node = parse_address(text)) {
        if (const std::string why = why_unknown(*recording_, *node); !why.empty())
            throw bad_input(fmt::format("'{}' is not known here ({}; look at it on that side)", text, why));
    }
    // Name the deepest part that exists, and what lies below it.
    Node deepest;
    for (std::size_t slash = text.find('/');; slash = text.find('/', slash + 1)) {
        const auto node = find(text.substr(0, slash));
        if (!node) break;
        deepest = *node;
        if (slash == std::string_view::npos) break;
    }
    std::string below;
    const std::uint64_t count = child_count(deepest);
    for (std::uint64_t i = 0; i < count; ++i) {
        if (count > 12 && i == 3) i = count - 1, below += ", ..";
        below += (below.empty() ? "" : ", ") + component(child(deepest, i).last(), deepest.depth() == 0);
    }
    const std::string where = deepest.depth() == 0 ? "the trace" : address(deepest);
    throw bad_input(fmt::format("no step '{}' in this trace ({} {}; name one of the steps it holds)",
                                escape_controls(text.substr(0, 80)), where,
                                below.empty() ? "has no steps below it" : "has " + below));
}

std::uint64_t StepTree::size(const Node& node) const {
    using enum Kind;
    switch (node.kind()) {
        case round: return round_size;
        case block: return block_size;
        case encrypt:
        case decrypt: return 1 + block_size * child_count(node);
        case root:
        case parameters:
        case keys:
        case secret:
        case message: {
            std::uint64_t sum = node.kind() == root ? 0 : 1;
            const std::uint64_t count = child_count(node);
            for (std::uint64_t i = 0; i < count; ++i) sum += size(child(node, i));
            return sum;
        }
        default: return 1 + child_count(node);
    }
}

std::uint64_t StepTree::number(const Node& node) const {
    if (node.depth() == 0) return 0;
    const Node parent = node.parent();
    const std::uint64_t place = index(node);
    const std::uint64_t each = uniform_size(parent.kind());
    std::uint64_t before = place * each;
    for (std::uint64_t i = 0; each == 0 && i < place; ++i) before += size(child(parent, i));
    return number(parent) + before + 1;
}

Node StepTree::at_number(std::uint64_t wanted) const {
    Node node;
    std::uint64_t left = std::clamp<std::uint64_t>(wanted, 1, std::max<std::uint64_t>(total(), 1));
    while (left > 0 && child_count(node) > 0) {
        --left; // into the first child
        std::uint64_t place = 0;
        if (const std::uint64_t each = uniform_size(node.kind()); each > 0) {
            place = left / each;
            left %= each;
        } else {
            for (std::uint64_t step = size(child(node, 0)); left >= step; step = size(child(node, place))) {
                left -= step;
                ++place;
            }
        }
        node = child(node, place);
    }
    return node;
}

std::optional<Node> StepTree::next_sibling(const Node& node) const {
    if (node.depth() == 0) return std::nullopt;
    const std::uint64_t place = index(node) + 1;
    return place < child_count(node.parent()) ? std::optional(child(node.parent(), place)) : std::nullopt;
}

std::optional<Node> StepTree::previous_sibling(const Node& node) const {
    if (node.depth() == 0) return std::nullopt;
    const std::uint64_t place = index(node);
    return place > 0 ? std::optional(child(node.parent(), place - 1)) : std::nullopt;
}

std::optional<Node> StepTree::next(const Node& node) const {
    return child_count(node) > 0 ? std::optional(child(node, 0)) : next_over(node);
}

std::optional<Node> StepTree::next_over(const Node& node) const {
    for (Node at = node; at.depth() > 0; at = at.parent()) {
        if (const auto sibling = next_sibling(at)) return sibling;
    }
    return std::nullopt;
}

std::optional<Role> acting_party(const Recording& recording, const Node& node) {
    using enum Kind;
    if (recording.des) return std::nullopt; // nobody sends anything
    for (std::size_t i = 0; i < node.depth(); ++i) {
        const Part& part = node.part(i);
        switch (part.kind) {
            case choose:
            case check:
            case private_key:
            case public_key:
            case shared:
            case derive: return part.role;
            case schedule: return i == 0 ? std::nullopt : std::optional(part.role);
            case encode:
            case pad:
            case encrypt:
            case frame: return recording.messages[node.part(0).number - 1].sender;
            case decode:
            case decrypt:
            case unpad: return other(recording.messages[node.part(0).number - 1].sender);
            default: break;
        }
    }
    return std::nullopt;
}

} // namespace keyhole
