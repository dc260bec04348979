// Whether a request is meant for this machine and comes from a page of its own. A page elsewhere can make a browser in
// this network ask for anything here, under a name that it has made to mean this machine's address (DNS rebinding); it
// cannot make the browser lie in the fields Host and Origin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keyhole {

/// The host of a field Host or of an origin's end (`192.0.2.7:8080`, `[::1]:8080`, `pc`), in lower case, without
/// brackets and port; empty where it is none.
std::string host_of(std::string_view authority);

/// The names under which this machine is called in its network: localhost, its host name, and that with `.local`.
std::vector<std::string> own_names();

/// An address of this machine, one of `names`, or `reached_at`, the address at which the request arrived.
bool is_own_host(std::string_view authority, const std::vector<std::string>& names, std::string_view reached_at);

/// The Origin of a page that was served under that Host.
bool is_own_origin(std::string_view origin, std::string_view authority);

} // namespace keyhole
