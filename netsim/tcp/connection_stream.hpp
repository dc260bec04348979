// A party's connection, whatever carries its bytes: TCP itself, or a WebSocket.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "netsim/protocol/byte_stream.hpp"

namespace keyhole {

class ConnectionStream : public ByteStream {
  public:
    virtual void start() = 0;
    /// finish() waits for confirmations no more: the user wants to go.
    virtual void hurry() = 0;
    /// Closes at once because the peer is too slow for its user; the loss is `stalled`.
    virtual void give_up() = 0;
    /// Closes at once; the user is told nothing more.
    virtual void abandon() = 0;
    /// "127.0.0.1:51234"
    virtual const std::string& peer() const = 0;
    /// For how long the peer has taken nothing of what waits for it; 0 where nothing waits.
    virtual std::chrono::milliseconds still() const = 0;
};

/// Makes the stream once its user is there. The user may be gone while a last handler of the stream still waits.
using MakeStream = std::function<std::shared_ptr<ConnectionStream>(std::weak_ptr<StreamUser>)>;

} // namespace keyhole
