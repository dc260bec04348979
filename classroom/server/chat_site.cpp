#include "classroom/server/chat_site.hpp"

#include "classroom/server/keyhole_door.hpp"

namespace keyhole::classroom {

void ChatSite::get(const WebRequest& request, Reply reply) {
    if (request.path != "/") return reply(files_.find(request.path, request.host));
    WebAnswer to_the_window = plain_answer(303, "The window is at /window.");
    to_the_window.location = "/window?connect=" + request.host;
    reply(to_the_window);
}

bool ChatSite::has_socket(std::string_view path) const { return path == keyhole_path; }

std::size_t ChatSite::longest_text(std::string_view) const { return longest_keyhole_line; }

std::shared_ptr<WebSocket::User> ChatSite::open(std::string_view, const std::shared_ptr<WebSocket>& socket) {
    return enter_keyhole(server_, executor_, socket);
}

} // namespace keyhole::classroom
