#include "classroom/server/keyhole_door.hpp"

#include "netsim/web/web_stream.hpp"

namespace keyhole::classroom {

std::shared_ptr<WebSocket::User> enter_keyhole(PartyServer& server, const asio::any_io_executor& executor,
                                               const std::shared_ptr<WebSocket>& socket) {
    std::shared_ptr<WebStream> stream;
    const bool taken = server.take(executor, [&](std::weak_ptr<StreamUser> user) {
        stream = std::make_shared<WebStream>(socket, executor, std::move(user));
        return stream;
    });
    if (!taken) socket->close(CloseCode::try_later, server_is_full);
    return stream;
}

} // namespace keyhole::classroom
