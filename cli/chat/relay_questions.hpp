// keyhole relay --ask: each message that a session holds is shown on standard error, and a line typed decides what
// becomes of it. After the end of input everything goes on as it is.
#pragma once

#include <deque>
#include <string>
#include <tuple>

#include "cli/chat/line_reader.hpp"
#include "netsim/tcp/relay/relay_server.hpp"

namespace keyhole::cli {

/// "line 3", "message 3"
std::string passage_name(const Passage& passage);

/// What a passage of a quiet relay is: "message 1: 24 bytes of ciphertext, an IV (103 bytes)".
std::string passage_words(const Passage& passage);

class RelayQuestions {
  public:
    RelayQuestions(asio::io_context& context, RelayServer& relay);

    /// Asks about the first passage that waits, once what is going on now is over.
    void ask_soon();
    void session_ended();

  private:
    RelaySession* asking() const;
    void ask();
    void follow(RelaySession& session, const std::string& answer);

    asio::io_context& context_;
    RelayServer& relay_;
    std::deque<std::string> answers_; // typed ahead
    std::tuple<RelaySession*, Role, std::uint64_t> asked_{};
    bool input_ended_ = false;
    LineReader reader_;
};

} // namespace keyhole::cli
