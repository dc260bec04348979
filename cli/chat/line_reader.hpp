// Standard input, line by line, without ever blocking the event loop: a thread of its own waits for it, so that pipes,
// terminals, files and /dev/null all work and no descriptor's mode is changed for other programs. In the background of
// a shell the terminal belongs to others: nothing is read until the program is in the foreground again.
#pragma once

#include <functional>
#include <string>
#include <thread>

#include "netsim/tcp/asio.hpp"

namespace keyhole::cli {

class LineReader {
  public:
    struct Handlers {
        /// A line without its `\n` or `\r\n`. A line over max_text_bytes is cut, but stays longer than that.
        std::function<void(std::string)> on_line;
        std::function<void()> on_end;
        /// False: read nothing more for now.
        std::function<bool()> ready;
    };

    /// The handlers run in the context's thread.
    LineReader(asio::io_context& context, Handlers handlers);
    ~LineReader();
    LineReader(const LineReader&) = delete;
    LineReader& operator=(const LineReader&) = delete;

  private:
    void wait_and_read();
    bool wait_for_foreground();
    void take(const std::string& chunk);
    void go_on();

    asio::io_context& context_;
    Handlers handlers_;
    asio::steady_timer retry_;
    std::string partial_;
    int request_[2] = {-1, -1}; // a pipe to the thread: a byte asks for the next chunk, and its end ends the thread
    std::thread thread_;
};

} // namespace keyhole::cli
