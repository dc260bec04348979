#include "netsim/web/web_names.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>

#include "core/base/words.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/host_port.hpp"

namespace keyhole {
namespace {

constexpr std::size_t longest_authority = 260; // a name of the DNS has 253 characters

bool is_of_a_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}
bool is_of_an_address(char c) { return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.'; }

bool is_port(std::string_view text) {
    return text.size() <= 5 && !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// The form in which one address is always written; a v4 address that came in a v6 socket as v4.
std::string usual_form(std::string_view host) {
    boost::system::error_code none;
    auto address = asio::ip::make_address(std::string(host), none);
    if (none) return {};
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    if (address.is_v6()) {
        auto plain = address.to_v6();
        plain.scope_id(0);
        return plain.to_string();
    }
    return address.to_string();
}

} // namespace

std::string host_of(std::string_view authority) {
    if (authority.empty() || authority.size() > longest_authority) return {};
    const std::string text = lower_case(std::string(authority));
    std::string_view host = text;
    if (host.front() == '[') {
        const std::size_t end = host.find(']');
        if (end == std::string_view::npos) return {};
        const std::string_view after = host.substr(end + 1);
        if (!after.empty() && (after.front() != ':' || !is_port(after.substr(1)))) return {};
        host = host.substr(1, end - 1);
        return !host.empty() && std::ranges::all_of(host, is_of_an_address) ? std::string(host) : std::string();
    }
    if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
        if (!is_port(host.substr(colon + 1))) return {};
        host = host.substr(0, colon);
    }
    if (host.ends_with('.')) host.remove_suffix(1);
    return !host.empty() && std::ranges::all_of(host, is_of_a_name) ? std::string(host) : std::string();
}

std::vector<std::string> own_names() {
    std::vector<std::string> names = {"localhost"};
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return names;
    const std::string own = host_of(name.data());
    if (own.empty()) return names;
    names.push_back(own);
    const std::string first = own.substr(0, own.find('.'));
    if (first != own) names.push_back(first);
    names.push_back(first + ".local");
    return names;
}

bool is_own_host(std::string_view authority, const std::vector<std::string>& names, std::string_view reached_at) {
    const std::string host = host_of(authority);
    if (host.empty()) return false;
    if (std::ranges::find(names, host) != names.end()) return true;
    const std::string address = usual_form(host);
    if (address.empty()) return false;
    if (address == usual_form(reached_at)) return true;
    const std::vector<std::string> own = own_addresses();
    return std::ranges::any_of(own, [&](const std::string& one) { return usual_form(one) == address; });
}

bool is_own_origin(std::string_view origin, std::string_view authority) {
    for (const std::string_view scheme : {"http://", "https://"})
        if (origin.starts_with(scheme))
            return lower_case(std::string(origin.substr(scheme.size()))) == lower_case(std::string(authority));
    return false;
}

} // namespace keyhole
