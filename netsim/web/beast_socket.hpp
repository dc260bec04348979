// A connection that has become a WebSocket. Beast keeps the protocol: fragments, pings, UTF-8, lengths, closing.
#pragma once

#include "netsim/tcp/asio.hpp" // first: it says how Asio is compiled

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <string>

#include "netsim/web/web_room.hpp"

namespace keyhole {

/// Answers the request for a WebSocket at `path`, and hands it to the room's site once it is open.
void open_socket(boost::beast::tcp_stream stream, std::shared_ptr<WebServer::Room> room,
                 boost::beast::http::request<boost::beast::http::empty_body> request, const std::string& path);

} // namespace keyhole
