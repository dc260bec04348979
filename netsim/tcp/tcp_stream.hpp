// One TCP connection's bytes: reads when it is told to, writes what it is given, closes in a way that lets the peer
// read the last line, and knows how much of what it wrote the peer's machine has confirmed. It knows nothing of what
// the bytes mean; a peer that does not read or does not stop is dropped.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <string>

#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/connection_stream.hpp"
#include "netsim/tcp/ticker.hpp"

namespace keyhole {

class TcpStream final : public ConnectionStream, public std::enable_shared_from_this<TcpStream> {
  public:
    /// The user may be gone while a last handler of the stream still waits; then nobody is told.
    TcpStream(asio::ip::tcp::socket socket, std::weak_ptr<StreamUser> user);

    void start() override;
    void read() override;
    void write(std::string bytes) override;
    void half_close() override;
    void finish() override;
    std::size_t backlog() const override { return sending_.size() - sent_ + output_.size(); }
    std::uint64_t confirmed() const override { return confirmed_; }
    const Loss& loss() const override { return loss_; }
    void hurry() override { hurried_ = true; }
    void give_up() override;
    void abandon() override;
    const std::string& peer() const override { return peer_; }
    std::chrono::milliseconds still() const override;

  private:
    using Clock = std::chrono::steady_clock;

    void on_read(const boost::system::error_code& error, std::size_t size);
    void take_end(const boost::system::error_code& error);
    void write_some();
    void on_write(const boost::system::error_code& error, std::size_t size);
    void shut_if_done();
    void watch_time();
    void look_at_confirmations();
    void note_confirmations();
    void watch_confirmations();
    bool all_confirmed() const { return backlog() == 0 && confirmed_ == handed_over_; }
    void end();
    template <class Tell>
    void tell(Tell what);

    asio::ip::tcp::socket socket_;
    Ticker ticker_;
    asio::steady_timer confirmations_; // runs while something is unconfirmed
    std::chrono::milliseconds next_look_{};
    std::weak_ptr<StreamUser> user_;
    std::string peer_;
    Loss loss_;
    boost::system::error_code write_error_; // what ended the writing, where something did
    std::string sending_;                   // being written from sending_[sent_ ..]; must not move meanwhile
    std::string output_;                    // what comes after it
    std::size_t sent_ = 0, drained_ = 0;
    std::uint64_t handed_over_ = 0, confirmed_ = 0; // bytes, ever: given to the system, and confirmed
    std::array<std::uint8_t, 65536> input_{};
    Clock::time_point last_write_{}, finished_since_{}, asked_to_finish_{};
    bool reading_ = false, writing_ = false, read_over_ = false, write_over_ = false, looking_ = false;
    bool half_closing_ = false, shut_ = false, finishing_ = false, hurried_ = false, gone_ = false;
};

/// The stream of that socket, once its user is there.
MakeStream tcp_stream_of(asio::ip::tcp::socket socket);

} // namespace keyhole
