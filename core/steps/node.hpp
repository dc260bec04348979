// A place in the step tree: the path from the root, one part a level. Plain data: whether a recording has such a step
// is for step_tree.hpp to say, and how it is written for address.hpp.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "core/dh/role.hpp"

namespace keyhole {

/// Each line: a kind of step and those below it.
// clang-format off
enum class Kind : std::uint8_t {
    root, connect,
    parameters, choose, check,
    keys, private_key, public_key,
    secret, shared, derive, schedule, schedule_round,
    modexp, bit,
    message, encode, pad, encrypt, frame, decode, decrypt, unpad,
    block, ip, round, expand, mix, sbox, permute, join, swap, fp,
};
// clang-format on

/// One component of an address: `server.public`, `round.5`, `swap`.
struct Part {
    Kind kind = Kind::root;
    Role role = Role::server; // where the step is one party's; else always server, so that parts compare
    std::uint64_t number = 0; // counts from 1; 0 where the word is not counted

    bool operator==(const Part&) const = default;
};

class Node {
  public:
    static constexpr std::size_t max_depth = 5;

    /// The root, above every step.
    Node() = default;

    Kind kind() const { return last().kind; }
    /// The root's own part where there is no other.
    const Part& last() const { return parts_[depth_]; }
    std::size_t depth() const { return depth_; }
    /// `level` counts from 0, the outermost part, and is below depth().
    const Part& part(std::size_t level) const { return parts_[level + 1]; }

    Node parent() const {
        assert(depth_ > 0);
        Node up = *this;
        up.parts_[up.depth_--] = Part{};
        return up;
    }
    Node child(Part part) const {
        assert(depth_ < max_depth);
        Node down = *this;
        down.parts_[++down.depth_] = part;
        return down;
    }

    /// The number of the nearest part of that kind on the path, 0 when there is none.
    std::uint64_t number(Kind kind) const { return parts_[depth_of(kind)].number; }
    /// True when a part of that kind is on the path (the node itself included).
    bool within(Kind kind) const { return depth_of(kind) > 0; }
    /// The path cut off below the nearest part of that kind; the root when there is none.
    Node up_to(Kind kind) const {
        Node node = *this;
        while (node.depth_ > depth_of(kind)) node = node.parent();
        return node;
    }

    bool operator==(const Node&) const = default;

  private:
    // Of the nearest part of that kind, 0 when there is none.
    std::size_t depth_of(Kind kind) const {
        std::size_t depth = depth_;
        while (depth > 0 && parts_[depth].kind != kind) --depth;
        return depth;
    }

    std::array<Part, max_depth + 1> parts_{}; // parts_[0] is the root
    std::size_t depth_ = 0;
};

} // namespace keyhole
