// One TCP connection's bytes: reads when it is told to, writes what it is given, and closes so that the peer surely
// reads the last line. It knows nothing of what the bytes mean; a peer that does not read or does not stop is dropped.
#pragma once

#include <array>
#include <asio.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/base/bytes.hpp"

namespace keyhole {

class Wire : public std::enable_shared_from_this<Wire> {
  public:
    struct Handlers {
        std::function<void(ByteView)> on_bytes;
        /// The peer sends nothing more, once; `broken` when the connection was reset.
        std::function<void(bool broken)> on_end_of_input;
        /// Some bytes got away.
        std::function<void()> on_progress;
        /// The connection is closed, once, but not after abandon().
        std::function<void()> on_gone;
    };

    Wire(asio::ip::tcp::socket socket, Handlers handlers);

    void start();
    /// Reads once, unless it reads already.
    void read();
    void write(std::string_view bytes);
    /// After what waits is written, nothing more is; reading goes on.
    void half_close();
    /// The same, and what still comes is thrown away; the connection is closed when the peer closes, or soon.
    void finish();
    /// Closes at once; no handler is called any more.
    void abandon();

    /// Bytes that wait for the peer to read.
    std::size_t backlog() const { return sending_.size() - sent_ + output_.size(); }
    /// "127.0.0.1:51234"
    const std::string& peer() const { return peer_; }
    /// Why the connection broke; empty when it did not.
    const std::string& trouble() const { return trouble_; }
    /// It was dropped because it did not read.
    bool stalled() const { return stalled_; }

  private:
    using Clock = std::chrono::steady_clock;

    void on_read(const std::error_code& error, std::size_t size);
    void write_some();
    void on_write(const std::error_code& error, std::size_t size);
    void shut_if_done();
    void watch_time();
    void end();

    asio::ip::tcp::socket socket_;
    asio::steady_timer timer_;
    Handlers handlers_;
    std::string peer_, trouble_;
    std::string sending_; // being written from sending_[sent_ ..]; must not move meanwhile
    std::string output_;  // what comes after it
    std::size_t sent_ = 0, drained_ = 0;
    std::array<std::uint8_t, 65536> input_{};
    Clock::time_point last_write_{}, finished_since_{}, asked_to_finish_{};
    bool reading_ = false, writing_ = false, read_over_ = false, write_over_ = false;
    bool half_closing_ = false, shut_ = false, finishing_ = false, gone_ = false;
    bool stalled_ = false;
};

} // namespace keyhole
