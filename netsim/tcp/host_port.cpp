#include "netsim/tcp/host_port.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/spelling/whole_number.hpp"

namespace keyhole {

namespace {

Error no_address(std::string_view text, std::string_view why, std::string_view advice) {
    return bad_input(
        fmt::format("'{}' is no address ({}; {})", escape_controls(whole_characters(text, 60)), why, advice));
}

// fe80::/10 is there on every interface, so the address alone leads nowhere. (RFC 4291, section 2.5.6; RFC 4007.)
std::string checked(std::string host, std::string_view text) {
    in6_addr v6{};
    if (inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LINKLOCAL(&v6)) // with its interface it is none here
        throw no_address(text, "a link-local address needs its interface",
                         fmt::format("write it like {}%eth0, with a name that `ip link` shows", host));
    return host;
}

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
    std::string name = checked(std::string(host), text);
    const auto port = whole_number<std::uint16_t>(digits);
    if (!port) throw bad("the port is no number from 0 to 65535");
    return {.host = std::move(name), .port = *port};
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

} // namespace keyhole
