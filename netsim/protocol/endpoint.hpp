// What speaks a protocol without owning a socket, as a pump sees it: bytes in, bytes out, and when each way is over. A
// party is one; a relay has two, one for each of its connections.
#pragma once

#include <string>

#include "core/base/bytes.hpp"

namespace keyhole {

class Endpoint {
  public:
    virtual ~Endpoint() = default;

    virtual void receive(ByteView bytes) = 0;
    /// The peer sends nothing more.
    virtual void end_of_input() = 0;
    /// The connection is gone: nothing comes any more, and nothing that is sent would arrive.
    virtual void broken() { end_of_input(); }
    /// The peer took some of what was sent to it.
    virtual void note_progress() = 0;
    /// False: there is enough to look at, let the peer wait.
    virtual bool wants_input() const = 0;

    virtual std::string take_output() = 0;
    virtual std::size_t output_size() const = 0;
    /// Nothing more will be sent.
    virtual bool write_closed() const = 0;
    /// Nothing that the peer sends matters any more.
    virtual bool read_closed() const = 0;

  protected:
    Endpoint() = default;
    Endpoint(const Endpoint&) = default;
    Endpoint(Endpoint&&) = default;
    Endpoint& operator=(const Endpoint&) = default;
    Endpoint& operator=(Endpoint&&) = default;
};

} // namespace keyhole
