// Both sides of the handshake beside one another: what each computes, what crosses the wire between them, where they
// meet, and what somebody sees who listens. What a recording cannot hold is named as unknown, with the reason.
// (RFC 2631, section 2.1.)
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/steps/trace.hpp"
#include "viz/base/meaning.hpp"
#include "viz/base/number_model.hpp"

namespace keyhole::viz {

/// Where a number stands in the story, seen from the current step.
enum class Standing { done, current, later, unknown };

/// A number on one side: private key, public key, shared secret or DES key.
struct SideNumber {
    std::string letter, role; // "a", "private key"
    std::string formula;      // "5^{6} mod 23", or in letters where a number is long or unknown
    std::string value;        // short form; empty when later or unknown
    std::string size;         // "225 bits"; empty with the value
    std::string remark;       // "not known here: it never leaves the server"
    Standing standing = Standing::later;
    Meaning meaning = Meaning::plain;
    std::optional<Node> node; // the step that shows it, where there is one
};

enum class SideRow { private_key, public_key, shared, key };
inline constexpr std::size_t side_rows = 4;

struct HandshakeModel {
    std::array<std::array<SideNumber, side_rows>, 2> sides; // by Role, then by SideRow
    std::string parameters;                                 // "p = 23, g = 5"
    Standing connect = Standing::later, parameters_standing = Standing::later;
    std::optional<Node> connect_node, parameters_node;
    // Whether both sides have the same number; empty where one of them is not known (yet).
    std::optional<bool> same_secret, same_key;
    std::string viewpoint; // whose recording this is; empty when it holds both sides
    std::string listener;  // what somebody knows who listened so far
    std::string weakness;  // what textbook Diffie-Hellman does not give

    const SideNumber& at(Role role, SideRow row) const {
        return sides[static_cast<std::size_t>(role)][static_cast<std::size_t>(row)];
    }
};

/// The node is `connect`, or within `parameters`, `keys` or `secret`.
HandshakeModel make_handshake_model(const Trace& trace, const Node& node);

} // namespace keyhole::viz
