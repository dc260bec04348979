#include "core/recording/fingerprint.hpp"

#include <fmt/format.h>

#include "core/base/crypto/crypto.hpp"

namespace keyhole {

std::string fingerprint(const Number& p, const Number& g, const Number& server_public, const Number& client_public) {
    constexpr std::size_t groups = 5, group_bytes = 5;
    constexpr std::uint64_t group_values = 100'000;
    Bytes hashed = to_bytes(fingerprint_label);
    hashed.push_back(0);
    const std::size_t size = (bit_length(p) + 7) / 8;
    for (const Number* number : {&p, &g, &server_public, &client_public}) {
        const Bytes bytes = to_bytes(*number, size);
        hashed.insert(hashed.end(), bytes.begin(), bytes.end());
    }
    const auto digest = crypto::sha256(hashed);
    std::string out;
    for (std::size_t group = 0; group < groups; ++group) {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < group_bytes; ++i) number = number << 8 | digest[group * group_bytes + i];
        out += fmt::format("{}{:05}", group == 0 ? "" : " ", number % group_values);
    }
    return out;
}

std::optional<std::string> fingerprint(const Recording& recording) {
    const auto& server = recording.party(Role::server).public_key;
    const auto& client = recording.party(Role::client).public_key;
    if (!recording.parameters || !server || !client) return std::nullopt;
    return fingerprint(recording.parameters->p, recording.parameters->g, *server, *client);
}

} // namespace keyhole
