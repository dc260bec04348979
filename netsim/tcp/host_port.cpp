#include "netsim/tcp/host_port.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "netsim/tcp/asio.hpp"

namespace keyhole {

namespace {

Error no_address(std::string_view text, std::string_view why, std::string_view advice) {
    return bad_input(
        fmt::format("'{}' is no address ({}; {})", escape_controls(whole_characters(text, 60)), why, advice));
}

// fe80::/10 is there on every interface, so the address alone leads nowhere. (RFC 4291, section 2.5.6; RFC 4007.)
std::string checked(std::string host, std::string_view text) {
    boost::system::error_code no_literal;
    const auto v6 = asio::ip::make_address_v6(host, no_literal);
    if (!no_literal && v6.is_link_local() && v6.scope_id() == 0 && host.find('%') == std::string::npos)
        throw no_address(text, "a link-local address needs its interface",
                         fmt::format("write it like {}%eth0, with a name that `ip link` shows", host));
    return host;
}

struct Free {
    void operator()(ifaddrs* list) const { freeifaddrs(list); }
};

std::string text_of(int family, const void* address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(family, address, text.data(), text.size()) == nullptr ? std::string() : std::string(text.data());
}

bool all_addresses(const std::string& host) { return host.empty() || host == "0.0.0.0" || host == "::"; }

} // namespace

HostPort parse_host_port(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        return no_address(text, why, "write it like 127.0.0.1:4646 or [::1]:4646");
    };
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) throw bad("the port is missing");
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        throw bad("an IPv6 address needs brackets");
    }
    if (host.empty()) throw bad("the host is missing");
    HostPort out{.host = checked(std::string(host), text)};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) {
        throw bad("the port is no number from 0 to 65535");
    }
    return out;
}

std::string parse_host(std::string_view text) {
    constexpr std::string_view advice =
        "write a name, 127.0.0.1 or ::1; 0.0.0.0 or :: is every address of this machine";
    std::string_view host = text;
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (host.empty()) throw no_address(text, "the host is missing", advice);
    if (host.find_first_of("[]") != std::string_view::npos)
        throw no_address(text, "the brackets are in the wrong place", advice);
    if (std::ranges::count(host, ':') == 1) throw no_address(text, "the port has a flag of its own, --port", advice);
    return checked(std::string(host), text);
}

std::string to_text(const HostPort& address) {
    const std::string host = escape_controls(address.host);
    const bool v6 = host.find(':') != std::string::npos;
    return v6 ? fmt::format("[{}]:{}", host, address.port) : fmt::format("{}:{}", host, address.port);
}

std::vector<std::string> own_addresses() {
    ifaddrs* found = nullptr;
    if (getifaddrs(&found) != 0) return {};
    const std::unique_ptr<ifaddrs, Free> list(found);
    std::vector<std::string> four, six;
    for (const ifaddrs* one = list.get(); one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_UP) == 0 || (one->ifa_flags & IFF_LOOPBACK) != 0)
            continue;
        if (one->ifa_addr->sa_family == AF_INET) {
            four.push_back(text_of(AF_INET, &reinterpret_cast<const sockaddr_in*>(one->ifa_addr)->sin_addr));
        } else if (one->ifa_addr->sa_family == AF_INET6) {
            const auto& address = reinterpret_cast<const sockaddr_in6*>(one->ifa_addr)->sin6_addr;
            if (!IN6_IS_ADDR_LINKLOCAL(&address)) six.push_back(text_of(AF_INET6, &address));
        }
    }
    four.insert(four.end(), six.begin(), six.end());
    std::erase(four, std::string());
    return four;
}

std::vector<HostPort> reachable_at(const HostPort& listening, std::size_t most) {
    if (!all_addresses(listening.host)) return {listening};
    std::vector<HostPort> out;
    for (const std::string& address : own_addresses()) {
        if (out.size() < most) out.push_back({address, listening.port});
    }
    if (out.empty()) out.push_back({"127.0.0.1", listening.port});
    return out;
}

} // namespace keyhole
