// A browser knows no addresses of its machine, and nobody connects to it.
#include "netsim/tcp/host_port.hpp"

namespace keyhole {

std::vector<std::string> own_addresses() { return {}; }

std::vector<HostPort> reachable_at(const HostPort& listening, std::size_t /*most*/) { return {listening}; }

} // namespace keyhole
