#include "viz/live/live_setup.hpp"

#include "core/base/error.hpp"

namespace keyhole::viz {

void LiveSetup::take(const LiveOptions& options) {
    role = options.role;
    address = to_text(options.address);
    max_sessions = options.max_sessions;
    random = options.party.random;
    private_key = options.party.private_key;
    private_role = options.role;
    own = options.party.offer;
    if (!own) return;
    group = own->group.name;
    kdf = own->kdf;
    mode = own->mode;
}

std::optional<LiveOptions> LiveSetup::options() {
    LiveOptions out{.role = role, .address = {}, .party = {}, .max_sessions = max_sessions};
    out.party.random = random;
    if (role == private_role) out.party.private_key = private_key;
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
        } else if (own && group == own->group.name) {
            out.party.offer = own;
            out.party.offer->kdf = kdf;
            out.party.offer->mode = mode;
        } else {
            group_fault = "there is no group of that name (toy23, ffdhe2048, modp1024, ..: keyhole group list)";
        }
        if (out.party.offer && out.party.private_key) {
            try {
                check_private_key(*out.party.private_key, *out.party.offer, role);
            } catch (const Error& error) {
                group_fault = error.what();
            }
        }
    }
    if (!address_fault.empty() || !group_fault.empty()) return std::nullopt;
    return out;
}

} // namespace keyhole::viz
