// A party on a TCP connection: moves its bytes, tells it the time, hands on its events, and closes so that the peer
// surely reads the last line. Its one rule: a peer that does not read or does not stop costs bounded memory and time.
#pragma once

#include <asio.hpp>
#include <functional>
#include <memory>
#include <string>

#include "netsim/protocol/party.hpp"
#include "netsim/tcp/tcp_stream.hpp"

namespace keyhole {

class Link : public std::enable_shared_from_this<Link> {
  public:
    struct Handlers {
        std::function<void(Link&, const Event&)> on_event;
        /// The connection is gone, once; the party's recording is whole.
        std::function<void(Link&)> on_end;
        /// False: do nothing for now, it is asked again soon. None: always ready.
        std::function<bool()> ready = {};
    };

    /// With more than this waiting to be written, nothing more is read or said.
    static constexpr std::size_t high_water = std::size_t{1} << 20;

    Link(asio::ip::tcp::socket socket, Party party, Handlers handlers);

    void start();
    /// As Party::say, bye, stop; done at once where the party is ready for it.
    bool say(std::string text);
    void bye();
    void stop();
    /// Closes at once, without a word to the peer; no handler is called any more.
    void abandon();

    const Party& party() const { return party_; }
    /// "127.0.0.1:51234", from start() on.
    const std::string& peer() const { return peer_; }
    /// Why the connection broke; empty when it did not.
    const std::string& trouble() const { return trouble_; }
    /// Bytes that wait for the peer to read.
    std::size_t backlog() const { return wire_->backlog() + party_.output_size() + party_.unsent_bytes(); }

    /// For people; 0 until a server gives one.
    unsigned number = 0;

  private:
    Wire::Handlers wire_handlers();
    bool ready() const;
    void pump();
    void watch_time();
    void end();

    asio::ip::tcp::socket socket_; // until the wire has it
    asio::steady_timer timer_;
    Party party_;
    Handlers handlers_;
    std::string peer_, trouble_;
    std::shared_ptr<Wire> wire_; // from start() on
    bool pumping_ = false, ended_ = false;
};

} // namespace keyhole
