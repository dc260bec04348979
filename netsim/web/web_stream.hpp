// The second carrier of a party's bytes: a WebSocket whose every text is one line of keyhole/1, without its line end.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "netsim/tcp/connection_stream.hpp"
#include "netsim/tcp/ticker.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole {

class WebStream final : public ConnectionStream,
                        public WebSocket::User,
                        public std::enable_shared_from_this<WebStream> {
  public:
    WebStream(std::shared_ptr<WebSocket> socket, const asio::any_io_executor& executor, std::weak_ptr<StreamUser> user);

    void start() override;
    void read() override;
    void write(std::string bytes) override;
    /// A WebSocket has no such thing: the peer knows by the line that was said last.
    void half_close() override {}
    void finish() override;
    std::size_t backlog() const override { return output_.size() - sent_ + sending_; }
    std::uint64_t confirmed() const override { return confirmed_; }
    const Loss& loss() const override { return loss_; }
    void hurry() override { close_if_done(); }
    void give_up() override;
    void abandon() override;
    const std::string& peer() const override { return socket_->peer(); }
    std::chrono::milliseconds still() const override;

    void on_text(std::string_view text) override;
    void on_sent() override;
    void on_end(const Loss& loss) override;

  private:
    using Clock = std::chrono::steady_clock;
    // A line on its way: where it ends, in all bytes of the WebSocket and in all bytes of the party.
    struct Sent {
        std::uint64_t raw_end = 0, end = 0;
    };

    void send_next();
    void close_if_done();
    void look();
    void end(const Loss& loss);
    template <class Tell>
    void tell(Tell what);

    std::shared_ptr<WebSocket> socket_;
    Ticker ticker_;
    std::weak_ptr<StreamUser> user_;
    std::string output_;   // whole lines
    std::size_t sent_ = 0; // bytes at the beginning of output_ that are on their way
    std::deque<Sent> unconfirmed_;
    std::uint64_t raw_ = 0, handed_over_ = 0, confirmed_ = 0;
    std::size_t sending_ = 0;
    Clock::time_point last_write_{};
    Loss loss_;
    bool finishing_ = false, gone_ = false;
};

} // namespace keyhole
