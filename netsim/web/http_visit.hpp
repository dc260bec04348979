// A connection while it speaks HTTP: one request after the other, until it becomes a WebSocket or ends.
#pragma once

#include <memory>

#include "netsim/web/web_server.hpp"

namespace keyhole {

void begin_http_visit(asio::ip::tcp::socket socket, std::shared_ptr<WebServer::Room> room);

} // namespace keyhole
