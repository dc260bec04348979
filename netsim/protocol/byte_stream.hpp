// A connection as a pump sees it: something that takes bytes and tells of bytes. It may be a TCP connection of this
// thread or the near end of one that another thread owns.
#pragma once

#include <string>

#include "core/base/bytes.hpp"
#include "netsim/protocol/ending.hpp"

namespace keyhole {

class ByteStream {
  public:
    virtual ~ByteStream() = default;

    /// Asks for the next bytes, unless they are asked for already.
    virtual void read() = 0;
    virtual void write(std::string bytes) = 0;
    /// Sends what waits, then nothing more; reading goes on.
    virtual void half_close() = 0;
    /// As half_close(), and what still arrives is thrown away. The connection is closed when the peer closes, or soon.
    virtual void finish() = 0;
    /// Bytes that wait to be sent.
    virtual std::size_t backlog() const = 0;
    /// How many of all bytes that were written the peer's machine has confirmed.
    virtual std::uint64_t confirmed() const = 0;
    /// How the connection ended, once it did.
    virtual const Loss& loss() const = 0;
};

/// Who is told what happens on a stream.
class StreamUser {
  public:
    virtual ~StreamUser() = default;

    virtual void on_bytes(ByteView bytes) = 0;
    /// The peer sends nothing more, once; the stream's loss() says why.
    virtual void on_end_of_input() = 0;
    /// Some bytes were sent, or confirmed.
    virtual void on_progress() = 0;
    /// The connection is closed, once.
    virtual void on_gone() = 0;
};

} // namespace keyhole
