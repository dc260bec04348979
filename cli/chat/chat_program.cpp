#include "cli/chat/chat_program.hpp"

#include <csignal>

#include "flags/usage.hpp"

namespace keyhole::cli {

ChatProgram::ChatProgram()
    : writer_(context_, [this] {
          fail(output_lost());
          stop();
      }) {
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is an error like others
    std::signal(SIGTTIN, SIG_IGN); // in the background of a shell it goes on: LineReader waits for the foreground
    const auto on_signal = [this] {
        asio::post(context_, [this] {
            signalled_ = true;
            stop();
        });
    };
    signals_.emplace(on_signal, StopSignals::Next::tells);
}

void ChatProgram::run() {
    // What a party throws while it runs is its own user's mistake.
    attempt([this] { context_.run(); });
    if (signals_->end()) signalled_ = true;
    attempt([this] { writer_.finish(!signalled_); });
    if (failure_) throw Error(*failure_);
}

void ChatProgram::fail(const Error& error) {
    if (!failure_) failure_ = error;
}

} // namespace keyhole::cli
