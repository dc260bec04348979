#include "netsim/tcp/host_port.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole {

HostPort parse_host_port(std::string_view text) {
    const auto bad = [&](std::string_view why) {
        return bad_input(fmt::format("'{}' is no address ({}; write it like 127.0.0.1:4646 or [::1]:4646)",
                                     escape_controls(whole_characters(text, 60)), why));
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
    HostPort out{.host = std::string(host)};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.port);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) {
        throw bad("the port is no number from 0 to 65535");
    }
    return out;
}

std::string to_text(const HostPort& address) {
    const std::string host = escape_controls(address.host);
    const bool v6 = host.find(':') != std::string::npos;
    return v6 ? fmt::format("[{}]:{}", host, address.port) : fmt::format("{}:{}", host, address.port);
}

} // namespace keyhole
