// Makes a connection: finds a name's addresses and tries them side by side, each a quarter of a second after the one
// before (RFC 8305), so that a dead address costs no time where another one answers. All within one limit of time, and
// it can be called off. Everything that connects goes through here, so the limit and the words for a failure are the
// same everywhere.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/resolve.hpp"

namespace keyhole {

class Dialler {
  public:
    using Connected = std::function<void(asio::ip::tcp::socket)>;
    using Found = std::function<void(const Addresses&)>;
    using Failed = std::function<void(const std::string& why)>; // one line

    /// `limit` is for finding the addresses and connecting together.
    explicit Dialler(asio::io_context& context, std::chrono::milliseconds limit = std::chrono::seconds(30))
        : context_(context), limit_(limit) {}
    ~Dialler() { cancel(); }
    Dialler(const Dialler&) = delete;
    Dialler& operator=(const Dialler&) = delete;

    // Each begins one attempt, calling off the one before, and ends with one call of a handler in the context's thread.
    void look_up(const HostPort& address, Found found, Failed failed);
    void dial(const HostPort& address, Connected connected, Failed failed);
    void dial(const HostPort& address, const Addresses& addresses, Connected connected, Failed failed);
    /// No handler is called any more.
    void cancel();

  private:
    class Attempt;
    std::shared_ptr<Attempt> begin(const HostPort& address, Failed failed);

    asio::io_context& context_;
    std::chrono::milliseconds limit_;
    std::shared_ptr<Attempt> attempt_; // shared with what waits in the loop
};

} // namespace keyhole
