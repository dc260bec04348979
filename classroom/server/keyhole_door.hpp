// The chat's door on the web: a WebSocket at /keyhole is a client of keyhole/1, a line a text, of a party server that
// may have another door of its own.
#pragma once

#include <memory>

#include "netsim/tcp/party_server.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole::classroom {

inline constexpr std::string_view keyhole_path = "/keyhole";
/// A line of keyhole/1 and a little more: the party itself says what is too long.
inline constexpr std::size_t longest_keyhole_line = (std::size_t{1} << 20) + 1024;

/// Hands the socket to the server. Its user; a null pointer where there was no room, and then it is being closed.
std::shared_ptr<WebSocket::User> enter_keyhole(PartyServer& server, const asio::any_io_executor& executor,
                                               const std::shared_ptr<WebSocket>& socket);

} // namespace keyhole::classroom
