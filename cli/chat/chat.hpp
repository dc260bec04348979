// What the chat commands say to people, and the files of a session.
#pragma once

#include <CLI/CLI.hpp>
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

/// Throws Error (io), before any network is used, where what was asked for could not be written at the end.
void try_files(const ChatFiles& files);

/// Writes what was asked for, if anything. Session 1 has the names as given, later ones `DIR/client.2` and `FILE` with
/// `.2` before its extension. Throws Error (io).
void write_files(const ChatFiles& files, const Recording& recording, unsigned number);

/// A line on standard error: `keyhole: ...`.
void say_status(std::string_view text);

/// Whether a message can carry the text; if not, standard error says why.
bool can_be_said(std::string_view text);

/// Whoever types `quit` alone wants to leave: it is a message like others, and this says what ends the chat.
void hint_at_the_end(std::string_view line);

/// `WHO> TEXT` and a line end, control characters escaped.
std::string text_line(std::string_view who, std::string_view text);

/// "bad_frame: the line is not JSON; byte 7: ..", cut short and fit for a terminal.
std::string describe(const Refused& refused);

/// Says which of this side's texts the peer did not get, as far as it is known.
void say_undelivered(std::string_view peer, const Undelivered& lost);

void warn_of_weakness();

/// After a handshake: the digits that its two ends compare by voice. `peer`: "the server", "client#2".
void say_fingerprint(std::string_view peer, const Recording& recording);

} // namespace keyhole::cli
