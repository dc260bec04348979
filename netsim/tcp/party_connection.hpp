// A party on a connection: lets it act when something arrives, its user speaks, or time goes by, and hands on its
// events. A peer that does not read or does not stop costs bounded memory and time.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "netsim/protocol/party.hpp"
#include "netsim/protocol/pump.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/connection_stream.hpp"
#include "netsim/tcp/host_port.hpp"
#include "netsim/tcp/ticker.hpp"

namespace keyhole {

class PartyConnection : public std::enable_shared_from_this<PartyConnection> {
  public:
    struct Handlers {
        std::function<void(PartyConnection&, const Event&)> on_event;
        /// The connection is gone, once; the party's recording is whole.
        std::function<void(PartyConnection&)> on_end;
        /// False: do nothing for now, it is asked again soon. None: always ready.
        std::function<bool()> ready = {};
    };

    /// With more than this waiting to be written, nothing more is read or said.
    static constexpr std::size_t high_water = Pump::high_water;

    PartyConnection(asio::ip::tcp::socket socket, Party party, Handlers handlers);
    PartyConnection(const asio::any_io_executor& executor, MakeStream make_stream, Party party, Handlers handlers);

    void start();
    /// As Party::say, bye, stop; done at once if the party is ready for it.
    bool say(std::string text);
    void bye();
    void stop();
    /// Refuses the peer now.
    void turn_away(WireCode code, std::string detail);
    /// Closes at once because the peer is too slow; on_end is called.
    void give_up();
    /// Closes at once, without a word to the peer; no handler is called any more.
    void abandon();

    const Party& party() const { return party_; }
    /// "127.0.0.1:51234", from start() on.
    const std::string& peer() const { return stream_->peer(); }
    /// Bytes that wait for the peer to read; for one that is gone none do.
    std::size_t backlog() const {
        return pump_.gone() ? 0 : pump_.backlog() + party_.output_size() + party_.unsent_bytes();
    }
    /// For how long the peer has read nothing of what waits for it; 0 where nothing waits.
    std::chrono::milliseconds still() const { return stream_->still(); }
    /// How long ago the connection was made, where not one byte of the peer has come since; else 0.
    std::chrono::milliseconds silent() const;

    /// For people; 0 until a server gives one.
    unsigned number = 0;

  private:
    bool ready() const;
    void run();
    void end();

    MakeStream make_stream_; // until there is a stream
    Ticker ticker_;
    Party party_;
    Pump pump_;
    Handlers handlers_;
    std::shared_ptr<ConnectionStream> stream_; // from start() on
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
    bool running_ = false, ended_ = false;
};

/// Connects as a client and starts the chat; runs the context meanwhile. Throws Error (io) when the name is unknown or
/// nobody answers in time, and what a handler of the context throws.
std::shared_ptr<PartyConnection> connect_client(asio::io_context& context, const HostPort& address,
                                                PartyOptions options, PartyConnection::Handlers handlers);

} // namespace keyhole
