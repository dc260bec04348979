#include "classroom/server/device.hpp"

#include "netsim/tcp/ticker.hpp"

namespace keyhole::classroom {

Device::Device(std::uint64_t id, std::shared_ptr<WebSocket> socket, Handlers handlers)
    : id_(id), socket_(std::move(socket)), handlers_(std::move(handlers)), rate_(milliseconds_now()) {
    socket_->read();
}

void Device::send_next() {
    if (socket_->sending()) return;
    if (auto line = outbox_.take()) socket_->send(std::move(line));
}

void Device::on_text(std::string_view text) {
    if (!rate_.take(milliseconds_now())) return close(CloseCode::policy, "too many lines at once");
    handlers_.on_line(id_, text);
    socket_->read();
}

void Device::on_end(const Loss&) { handlers_.on_end(id_); }

} // namespace keyhole::classroom
