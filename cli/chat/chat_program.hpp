// What serve, connect, relay and class have in common: they run an event loop until their work is over or a signal
// comes, print without ever blocking that loop, and end with the first failure there was.
#pragma once

#include <optional>

#include "cli/chat/line_writer.hpp"
#include "core/base/error.hpp"
#include "netsim/tcp/asio.hpp"
#include "netsim/tcp/stop_signals.hpp"

namespace keyhole::cli {

class ChatProgram {
  public:
    ChatProgram(const ChatProgram&) = delete;
    ChatProgram& operator=(const ChatProgram&) = delete;

    /// Until end(). Throws Error for the first failure; a program that a signal ended well returns as any other.
    void run();

  protected:
    ChatProgram();
    virtual ~ChatProgram() = default;

    /// A signal came, standard output is lost, or something went wrong: says goodbye to everybody, then end().
    virtual void stop() = 0;
    void end() { context_.stop(); }

    /// The first failure is the one that counts.
    void fail(const Error& error);
    /// What it throws is a failure. False: it threw.
    template <class Work>
    bool attempt(Work work) {
        try {
            work();
            return true;
        } catch (const Error& error) {
            fail(error);
            return false;
        }
    }
    bool failed() const { return failure_.has_value(); }
    bool signalled() const { return signalled_; }

    asio::io_context& context() { return context_; }
    LineWriter& writer() { return writer_; }

  private:
    asio::io_context context_;
    std::optional<Error> failure_;
    bool signalled_ = false;
    LineWriter writer_;
    std::optional<StopSignals> signals_;
};

} // namespace keyhole::cli
