// Standard output, line by line, without ever blocking the event loop: a thread of its own writes. A slow reader of
// standard output makes the peers wait; one that does not read at all makes nobody wait.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <thread>

#include "netsim/tcp/asio.hpp"

namespace keyhole::cli {

class LineWriter {
  public:
    /// `on_lost` runs in the context's thread, once, when standard output takes nothing more (full disk, closed pipe).
    LineWriter(asio::io_context& context, std::function<void()> on_lost);
    /// Abandons what finish() was not called for.
    ~LineWriter();
    LineWriter(const LineWriter&) = delete;
    LineWriter& operator=(const LineWriter&) = delete;

    /// Takes the line, or counts it as lost when 16 MiB wait already; never waits.
    void print(std::string_view line);

    /// False while much waits and somebody reads it: whoever can should print nothing then.
    bool ready() const;

    /// Waits until everything is written; unless `patient`, only as long as somebody reads. Throws Error (io) when
    /// something was lost.
    void finish(bool patient);

  private:
    struct Queue;
    static void write_all(Queue& queue, const std::stop_token& stop);

    std::shared_ptr<Queue> queue_; // the thread's too, which may outlive the writer, stuck in a write
    std::size_t lost_ = 0;         // lines in all
    std::size_t lost_now_ = 0;     // since somebody read last
    bool losing_ = false;
    std::jthread thread_;
};

} // namespace keyhole::cli
