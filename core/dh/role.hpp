// The two sides of an exchange. Diffie-Hellman treats them alike; the protocol does not: the server waits for a
// connection and chooses the parameters, the client connects and checks them.
#pragma once

#include <optional>
#include <string_view>

namespace keyhole {

enum class Role { server, client };

/// In the order in which recordings and traces have them.
inline constexpr Role every_role[] = {Role::server, Role::client};

constexpr Role other(Role role) { return role == Role::server ? Role::client : Role::server; }

constexpr std::string_view name(Role role) { return role == Role::server ? "server" : "client"; }

/// Empty where the text names no side.
constexpr std::optional<Role> find_role(std::string_view text) {
    for (const Role role : every_role) {
        if (text == name(role)) return role;
    }
    return std::nullopt;
}

} // namespace keyhole
