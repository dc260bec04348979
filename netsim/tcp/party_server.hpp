// A chat server: one party, with keys of its own, for every client that connects. One thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "netsim/tcp/listener.hpp"
#include "netsim/tcp/party_connection.hpp"

namespace keyhole {

struct PartyServerOptions {
    HostPort listen; // port 0: any free one
    std::size_t max_sessions = default_max_sessions;
    PartyOptions party; // with the offer; copied for each client
    std::chrono::milliseconds longest_silence = keyhole::longest_silence;
};

class PartyServer {
  public:
    /// Listens. Throws Error: io when the address cannot be had.
    PartyServer(asio::io_context& context, PartyServerOptions options, PartyConnection::Handlers handlers);
    /// Listens to nothing: its clients come by take() alone.
    PartyServer(PartyServerOptions options, PartyConnection::Handlers handlers);
    /// Abandons the connections that are left: close() and stop_all() first, and wait for connections() == 0.
    ~PartyServer();
    PartyServer(const PartyServer&) = delete;
    PartyServer& operator=(const PartyServer&) = delete;

    /// What is listened on; the port is the real one.
    HostPort address() const { return listener_->addresses().front(); }
    /// A name may have several.
    const std::vector<HostPort>& addresses() const { return listener_->addresses(); }
    /// A client that came another way, through a door of somebody else's. False: there is not even room to refuse it.
    bool take(const asio::any_io_executor& executor, MakeStream make_stream);
    /// The clients whose handshake is done and whose chat is not over. `PartyConnection::number` counts them from 1 in
    /// the order in which their handshakes were done.
    std::vector<std::shared_ptr<PartyConnection>> clients() const;
    /// Connections that are not gone yet, whatever their state.
    std::size_t connections() const { return connections_.size(); }

    /// No new connections. Those that are there go on.
    void close() {
        closed_ = true;
        if (listener_) listener_->close();
    }
    /// Refuses those who have not finished their handshake: the server is taken.
    void turn_away_unfinished();
    /// As PartyConnection::bye or stop for every connection. Those before their handshake are stopped either way.
    void bye_all();
    void stop_all();

  private:
    void adopt(asio::ip::tcp::socket socket);
    void begin(const asio::any_io_executor& executor, MakeStream make_stream);
    std::size_t sessions() const;
    bool has_room_to_answer();
    bool make_room();

    PartyServerOptions options_;
    PartyConnection::Handlers handlers_;
    std::vector<std::shared_ptr<PartyConnection>> connections_;
    unsigned last_number_ = 0;
    bool closed_ = false;
    std::optional<Listener> listener_; // destroyed first, for it hands connections to the rest
};

} // namespace keyhole
