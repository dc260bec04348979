// What `serve --web` puts on the web: the chat's door for browsers, and the window to come through it with.
#pragma once

#include "classroom/server/class_files.hpp"
#include "netsim/tcp/party_server.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole::classroom {

class ChatSite final : public WebSite {
  public:
    /// The server takes those who come; it must outlive the site.
    ChatSite(PartyServer& server, asio::any_io_executor executor) : server_(server), executor_(std::move(executor)) {}

    bool has_window() const { return files_.has_window(); }
    std::string_view why_no_window() const { return files_.why_no_window(); }

    void get(const WebRequest& request, Reply reply) override;
    bool has_socket(std::string_view path) const override;
    std::size_t longest_text(std::string_view path) const override;
    std::shared_ptr<WebSocket::User> open(std::string_view path, const std::shared_ptr<WebSocket>& socket) override;

  private:
    PartyServer& server_;
    asio::any_io_executor executor_;
    ClassFiles files_;
};

} // namespace keyhole::classroom
