// What the system knows of a TCP connection and asio does not tell: what the peer's machine has confirmed, whether it
// answers, and how long its silence is borne. Linux's own options; elsewhere the answers are the harmless ones.
#pragma once

#include <cstdint>
#include <string>

#include "netsim/protocol/ending.hpp"
#include "netsim/tcp/asio.hpp"

namespace keyhole {

/// A peer whose machine or network is gone is told within a minute; an outage of under 30 seconds is survived whenever
/// it begins.
void notice_vanished(asio::ip::tcp::socket& socket);

/// Bytes that were given to the system and not confirmed by the peer's machine. `shut`: the end was sent as well, which
/// TCP numbers like a byte.
std::uint64_t unconfirmed_bytes(asio::ip::tcp::socket& socket, bool shut);

/// The peer's machine confirms what it is sent, or says that it can take no more now.
bool machine_answers(asio::ip::tcp::socket& socket);

/// The connection is over both ways, whether or not anybody was told.
bool is_dead(asio::ip::tcp::socket& socket);

/// "192.0.2.7:51234", or words for one that is gone.
std::string peer_of(const asio::ip::tcp::socket& socket);

/// How a connection ended on which reading or writing failed with this error.
Loss loss_of(const boost::system::error_code& error);

} // namespace keyhole
