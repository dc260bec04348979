// Captures of network traffic: pcap and pcapng files, read with libpcap, and the conversations in them.
#pragma once

#include <string_view>

#include "netsim/capture/conversation.hpp"

namespace keyhole {

/// More connections than this in one file are refused.
inline constexpr std::size_t max_connections = std::size_t{1} << 16;

/// Whether the file's first bytes are those of a capture.
bool is_capture(std::string_view file);

/// The conversations of a capture, in the order of their first packets. Throws Error (bad_input) when it cannot be read
/// at all, has a link type that is not known here, or too many connections.
Conversations read_capture(std::string_view file);

} // namespace keyhole
