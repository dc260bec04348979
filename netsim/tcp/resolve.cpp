#include "netsim/tcp/resolve.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"

namespace keyhole {

Addresses resolve(asio::io_context& context, const HostPort& address) {
    std::error_code error;
    auto found = asio::ip::tcp::resolver(context).resolve(address.host, std::to_string(address.port), error);
    if (error || found.empty()) throw io_error(unknown_host(address, error));
    return found;
}

std::string unknown_host(const HostPort& address, const std::error_code& error) {
    return fmt::format("the host '{}' is unknown ({}; check the name)", escape_controls(address.host), error.message());
}

} // namespace keyhole
