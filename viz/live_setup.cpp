#include "viz/live_setup.hpp"

#include "core/error.hpp"

namespace keyhole::viz {

std::optional<LiveOptions> LiveSetup::options() {
    LiveOptions out{.role = role, .address = {}, .party = {}};
    address_fault.clear();
    group_fault.clear();
    try {
        out.address = parse_host_port(address);
    } catch (const Error& error) {
        address_fault = error.what();
    }
    if (role == Role::server) {
        if (const Group* named = find_group(group)) {
            out.party.offer = make_offer(*named, kdf, mode);
        } else {
            group_fault = "there is no group of that name (toy23, ffdhe2048, modp1024, ..: keyhole group list)";
        }
    }
    if (!address_fault.empty() || !group_fault.empty()) return std::nullopt;
    return out;
}

} // namespace keyhole::viz
