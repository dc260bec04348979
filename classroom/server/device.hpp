// One device that follows a class: what is to be sent to it waits in its outbox until it takes it, and what it says is
// read line by line, no faster than a rate.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "classroom/outbox.hpp"
#include "classroom/rate.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole::classroom {

class Device final : public WebSocket::User {
  public:
    struct Handlers {
        std::function<void(std::uint64_t id, std::string_view line)> on_line;
        std::function<void(std::uint64_t id)> on_end;
    };

    /// `id` is not 0.
    Device(std::uint64_t id, std::shared_ptr<WebSocket> socket, Handlers handlers);

    std::uint64_t id() const { return id_; }
    Outbox& outbox() { return outbox_; }
    /// Sends on, unless something is being sent.
    void send_next();
    void close(CloseCode code, std::string_view why) { socket_->close(code, why); }

    void on_text(std::string_view text) override;
    void on_sent() override { send_next(); }
    void on_end(const Loss& loss) override;

  private:
    std::uint64_t id_;
    std::shared_ptr<WebSocket> socket_;
    Handlers handlers_;
    Outbox outbox_;
    Rate rate_;
};

} // namespace keyhole::classroom
