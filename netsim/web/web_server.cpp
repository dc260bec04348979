#include "netsim/web/web_server.hpp"

#include "netsim/web/http_visit.hpp"
#include "netsim/web/web_names.hpp"
#include "netsim/web/web_room.hpp"

namespace keyhole {
namespace {

std::vector<std::string> names_of(const HostPort& listen) {
    std::vector<std::string> names = own_names();
    if (std::string given = host_of(listen.host); !given.empty()) names.push_back(std::move(given));
    return names;
}

} // namespace

WebServer::WebServer(asio::io_context& context, const HostPort& listen, WebSite& site, WebLimits limits)
    : room_(std::make_shared<Room>(Room{site, limits, names_of(listen)})),
      listener_(context, listen, [this](asio::ip::tcp::socket socket) {
          // A stranger's thousand connections take no descriptor from those who are here.
          if (room_->visits.size() < room_->limits.connections) begin_http_visit(std::move(socket), room_);
      }) {}

WebServer::~WebServer() {
    for (WebVisit* visit : std::set(room_->visits)) visit->drop();
}

} // namespace keyhole
