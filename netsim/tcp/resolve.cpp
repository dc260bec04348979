#include "netsim/tcp/resolve.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole {

Addresses resolve(asio::io_context& context, const HostPort& address) {
    boost::system::error_code error;
    auto found = asio::ip::tcp::resolver(context).resolve(address.host, std::to_string(address.port), error);
    if (error || found.empty()) throw io_error(unknown_host(address, error));
    return found;
}

std::vector<asio::ip::tcp::endpoint> interleaved(const Addresses& found) {
    std::vector<asio::ip::tcp::endpoint> first, other, out;
    for (const auto& entry : found) {
        const bool same = first.empty() || entry.endpoint().protocol() == first.front().protocol();
        (same ? first : other).push_back(entry.endpoint());
    }
    for (std::size_t i = 0; i < std::max(first.size(), other.size()); ++i) {
        if (i < first.size()) out.push_back(first[i]);
        if (i < other.size()) out.push_back(other[i]);
    }
    return out;
}

std::string unknown_host(const HostPort& address, const boost::system::error_code& error) {
    return fmt::format("the host '{}' is unknown ({}; check the name)", escape_controls(address.host), error.message());
}

} // namespace keyhole
