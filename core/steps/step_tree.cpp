// By their children there are three kinds of steps: the children are the same in every recording (a block, a round),
// alike and only counted (exponent bits, subkeys, blocks), or those few that the recording has come to (everything
// else). Every function here answers for each of the three kinds: that is why they stand in one file.
#include "core/steps/step_tree.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <span>

#include "core/steps/address.hpp"
#include "core/steps/no_such_step.hpp"

namespace keyhole {
namespace {

constexpr auto round_parts = [] {
    std::array<Part, 12> parts{};
    parts[0].kind = Kind::expand;
    parts[1].kind = Kind::mix;
    for (std::uint64_t box = 1; box <= 8; ++box) parts[box + 1] = {.kind = Kind::sbox, .number = box};
    parts[10].kind = Kind::permute;
    parts[11].kind = Kind::join;
    return parts;
}();

// IP, the rounds, swap and FP: `block_parts[rounds - 1]`, of which a variant of fewer rounds has fewer.
constexpr auto block_parts = [] {
    std::array<std::array<Part, 19>, 16> all{};
    for (std::uint64_t rounds = 1; rounds <= 16; ++rounds) {
        auto& parts = all[rounds - 1];
        parts[0].kind = Kind::ip;
        for (std::uint64_t n = 1; n <= rounds; ++n) parts[n] = {.kind = Kind::round, .number = n};
        parts[rounds + 1].kind = Kind::swap;
        parts[rounds + 2].kind = Kind::fp;
    }
    return all;
}();

constexpr std::uint64_t round_size = 1 + round_parts.size();
constexpr std::uint64_t block_size(unsigned rounds) { return 1 + rounds * round_size + 3; } // ip, swap, fp

// The children of a step that has the same ones in every recording of that variant; none for all other steps.
std::span<const Part> fixed_parts(Kind parent, unsigned rounds) {
    if (parent == Kind::block) return std::span(block_parts[rounds - 1]).first(rounds + 3);
    if (parent == Kind::round) return round_parts;
    return {};
}

// Of which kind the children are where they are alike and only counted: exponent bits, subkeys, blocks.
std::optional<Kind> counted_kind(Kind parent) {
    switch (parent) {
        case Kind::public_key:
        case Kind::shared:
        case Kind::modexp: return Kind::bit;
        case Kind::schedule: return Kind::schedule_round;
        case Kind::encrypt:
        case Kind::decrypt: return Kind::block;
        default: return std::nullopt;
    }
}

// The size of each child where all have the same one, else 0.
std::uint64_t uniform_size(Kind parent, unsigned rounds) {
    if (parent == Kind::round) return 1;
    const auto child = counted_kind(parent);
    return !child ? 0 : *child == Kind::block ? block_size(rounds) : 1;
}

// How many steps are in the first `count` children of a step.
std::uint64_t size_of_first(const StepTree& tree, const Node& node, std::uint64_t count) {
    const std::uint64_t each = uniform_size(node.kind(), tree.recording().variant.rounds);
    std::uint64_t sum = each * count;
    for (std::uint64_t i = 0; each == 0 && i < count; ++i) sum += tree.size(tree.child(node, i));
    return sum;
}

} // namespace

std::uint64_t StepTree::block_count(std::uint64_t message, Direction direction) const {
    const MessageRecord& record = recording_->messages[message - 1];
    const Mode mode = recording_->mode();
    if (direction == Direction::decrypt) return keyhole::block_count(mode, record.received->padded.size());
    return keyhole::block_count(mode, padded_size(recording_->padding(), record.sent->plaintext.size()));
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
            for (const Role role : every_role) {
                add_for(private_key, role, r.party(role).private_key.has_value());
                add_for(public_key, role, r.party(role).public_key.has_value());
            }
            break;
        case secret:
            for (const Role role : every_role) {
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
        default: return fixed_parts(node.kind(), rounds()).size();
    }
}

Node StepTree::child(const Node& node, std::uint64_t index) const {
    assert(index < child_count(node));
    if (const auto kind = counted_kind(node.kind())) return node.child({.kind = *kind, .number = index + 1});
    if (const auto parts = fixed_parts(node.kind(), rounds()); !parts.empty()) return node.child(parts[index]);
    const std::vector<Part> listed = listed_children(node);
    if (index < listed.size()) return node.child(listed[index]);
    return node.child({.kind = Kind::message, .number = index - listed.size() + 1});
}

std::uint64_t StepTree::index(const Node& node) const {
    const Node parent = node.parent();
    const Part& part = node.last();
    if (counted_kind(parent.kind())) return part.number - 1;
    const auto place_in = [&](std::span<const Part> parts) {
        return static_cast<std::uint64_t>(std::ranges::find(parts, part) - parts.begin());
    };
    if (const auto parts = fixed_parts(parent.kind(), rounds()); !parts.empty()) return place_in(parts);
    const std::vector<Part> listed = listed_children(parent);
    return part.kind == Kind::message ? listed.size() + part.number - 1 : place_in(listed);
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
    throw no_such_step(*this, text);
}

std::uint64_t StepTree::size(const Node& node) const {
    if (node.kind() == Kind::block) return block_size(rounds());
    return (node.depth() == 0 ? 0 : 1) + size_of_first(*this, node, child_count(node));
}

std::uint64_t StepTree::number(const Node& node) const {
    if (node.depth() == 0) return 0;
    return number(node.parent()) + size_of_first(*this, node.parent(), index(node)) + 1;
}

Node StepTree::at_number(std::uint64_t wanted) const {
    Node node;
    std::uint64_t left = std::clamp<std::uint64_t>(wanted, 1, std::max<std::uint64_t>(total(), 1));
    while (left > 0 && child_count(node) > 0) {
        --left; // into the first child
        std::uint64_t place = 0;
        if (const std::uint64_t each = uniform_size(node.kind(), rounds()); each > 0) {
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
        const std::uint64_t place = index(at) + 1;
        if (place < child_count(at.parent())) return child(at.parent(), place);
    }
    return std::nullopt;
}

} // namespace keyhole
