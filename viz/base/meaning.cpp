#include "viz/base/meaning.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace keyhole::viz {
namespace {

using enum Meaning;

constexpr std::array<std::pair<std::string_view, Meaning>, 24> meanings = {{
    {"left_in", left},
    {"left_out", left},
    {"right_in", right},
    {"right_out", right},
    {"expanded", right},
    {"key", key},
    {"subkey", key},
    {"c", key},
    {"d", key},
    {"c_in", key},
    {"d_in", key},
    {"raw", key},
    {"exponent", key},
    {"s_out", sbox},
    {"p_out", sbox},
    {"output", sbox},
    {"private_key", secret},
    {"shared_secret", secret},
    {"secret", secret},
    {"server_shared", secret},
    {"client_shared", secret},
    {"digest", key},
    {"iv", plain},
    {"counter", plain},
}};

} // namespace

Meaning meaning_of(std::string_view value_name) {
    const auto* found = std::ranges::find(meanings, value_name, &std::pair<std::string_view, Meaning>::first);
    return found == meanings.end() ? plain : found->second;
}

} // namespace keyhole::viz
