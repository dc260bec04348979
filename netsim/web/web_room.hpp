// What the connections of a web server share, and what they have in common.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "netsim/web/web_server.hpp"

namespace keyhole {

class WebVisit;

struct WebServer::Room {
    WebSite& site;
    WebLimits limits;
    std::vector<std::string> names;  // under which this machine may be asked
    std::set<WebVisit*> visits = {}; // all connections
};

/// A connection, from its first request to its end.
class WebVisit {
  public:
    explicit WebVisit(std::shared_ptr<WebServer::Room> room) : room_(std::move(room)) { room_->visits.insert(this); }
    virtual ~WebVisit() { room_->visits.erase(this); }
    WebVisit(const WebVisit&) = delete;
    WebVisit& operator=(const WebVisit&) = delete;

    /// Closed at once, without a word; the site is called no more.
    virtual void drop() = 0;

  protected:
    std::shared_ptr<WebServer::Room> room_;
};

} // namespace keyhole
