// What serve and connect have in common: lines for people, the files of a session, and when to stop.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "netsim/tcp/party_connection.hpp"

namespace keyhole::cli {

struct ChatFiles {
    std::string csv, record; // empty: not wanted

    bool wanted() const { return !csv.empty() || !record.empty(); }
};

/// Adds --csv and --record.
void add_chat_files(CLI::App* command, ChatFiles& files);

/// Writes what was asked for. Session 1 has the names as given, later ones `DIR/client.2` and `FILE` with `.2` before
/// its extension. Throws Error (io).
void write_files(const ChatFiles& files, const Recording& recording, unsigned number);

/// A line on standard error: `keyhole: ...`.
void say_status(std::string_view text);

/// `WHO> TEXT` and a line end, control characters escaped.
std::string text_line(std::string_view who, std::string_view text);

/// "bad_frame: the line is not JSON", as far as it is fit for a terminal.
std::string describe(const Refused& refused);

void warn_of_weakness();

/// After a handshake: the digits to be compared with `peer` ("the server", "client#2") by voice.
void say_fingerprint(std::string_view peer, const Recording& recording);

/// Calls `stop` on SIGINT, SIGTERM and SIGHUP, and keeps a closed pipe from killing the program.
class StopSignals {
  public:
    StopSignals(asio::io_context& context, std::function<void()> stop);
    /// From now on they end the program as usual.
    void release() { signals_.clear(); }

  private:
    void wait();
    asio::signal_set signals_;
    std::function<void()> stop_;
};

} // namespace keyhole::cli
