// From a host's name to its addresses.
#pragma once

#include <string>
#include <vector>

#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/host_port.hpp"

namespace keyhole {

using Addresses = asio::ip::tcp::resolver::results_type;

/// The addresses of a name; waits for them. Throws Error (io) when there are none.
Addresses resolve(asio::io_context& context, const HostPort& address);

/// In the order in which they are to be tried: the first as the system has it, then the other family, and in turn.
/// (RFC 8305, section 4.)
std::vector<asio::ip::tcp::endpoint> interleaved(const Addresses& found);

/// Why a name has no address, as one line.
std::string unknown_host(const HostPort& address, const boost::system::error_code& error);

} // namespace keyhole
