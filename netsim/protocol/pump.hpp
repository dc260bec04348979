// Joins an endpoint to a stream: what arrives goes into the endpoint, what the endpoint says goes out, and the stream
// is closed when the endpoint is done. It is the one place where a protocol meets a connection; chats, relays and the
// live window all run on it. When the endpoint acts is its owner's business.
#pragma once

#include <functional>
#include <memory>

#include "netsim/protocol/byte_stream.hpp"
#include "netsim/protocol/endpoint.hpp"

namespace keyhole {

class Pump final : public StreamUser {
  public:
    /// With more than this waiting for the peer nothing more is given to the stream.
    static constexpr std::size_t high_water = std::size_t{1} << 20;

    /// `changed` is called whenever the endpoint was told something: its owner may let it act, then calls send() and
    /// read().
    Pump(Endpoint& endpoint, std::function<void()> changed) : endpoint_(endpoint), changed_(std::move(changed)) {}

    void attach(std::shared_ptr<ByteStream> stream) { stream_ = std::move(stream); }
    /// The stream is closed for good, or there will be none.
    bool gone() const { return gone_; }
    void give_up() { gone_ = true; }
    /// Bytes that wait for the peer to read; for one that is gone none do.
    std::size_t backlog() const { return stream_ && !gone_ ? stream_->backlog() : 0; }

    /// Gives the stream what the endpoint has said, and closes it as far as the endpoint is done.
    void send();
    /// Reads on, if the endpoint wants more.
    void read();

    void on_bytes(ByteView bytes) override;
    void on_end_of_input() override;
    void on_progress() override;
    void on_gone() override;

  private:
    Endpoint& endpoint_;
    std::function<void()> changed_;
    std::shared_ptr<ByteStream> stream_;
    bool gone_ = false;
};

} // namespace keyhole
