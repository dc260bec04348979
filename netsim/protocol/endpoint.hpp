// What speaks a protocol without owning a socket, as a pump sees it: bytes in, bytes out, and when each way is over. A
// party is one; a relay has two, one for each of its connections.
#pragma once

#include <string>

#include "core/base/bytes.hpp"
#include "netsim/protocol/ending.hpp"

namespace keyhole {

class Endpoint {
  public:
    virtual ~Endpoint() = default;

    virtual void receive(ByteView bytes) = 0;
    /// The peer sends nothing more; where the loss is broken(), nothing that is sent would arrive either.
    virtual void end_of_input(const Loss& loss) = 0;
    /// The peer took some of what was sent to it: its machine has confirmed so many bytes of all that was ever said.
    virtual void note_progress(std::uint64_t confirmed) = 0;
    /// The connection is closed, and nothing more will be confirmed.
    virtual void gone() {}
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
