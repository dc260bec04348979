// A thread that runs an io_context for somebody who must not wait, such as a window: what is posted happens there, one
// thing after the other.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "netsim/tcp/asio.hpp"

namespace keyhole {

class LoopThread {
  public:
    /// `failed` is told, on the thread, what a handler has thrown. The thread goes on.
    explicit LoopThread(std::function<void(const std::string& why)> failed) : failed_(std::move(failed)) {}
    ~LoopThread() {
        end([] { return false; });
    }
    LoopThread(const LoopThread&) = delete;
    LoopThread& operator=(const LoopThread&) = delete;

    asio::io_context& context() { return context_; }

    /// Begins the thread if this is the first.
    template <class What>
    void post(What what) {
        if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
        asio::post(context_, std::move(what));
    }

    /// For what has said its last words: keeps it for the moment that its bytes take. Call it on the thread.
    void keep_for_a_moment(std::shared_ptr<void> leaving);

    /// Does `last` on the thread, and waits until the thread has ended: at once where `last` returns false; else when
    /// end_now() is called, at the latest after the moment that last bytes take. Where nothing was ever posted it does
    /// nothing and does not call `last`.
    void end(std::function<bool()> last);
    /// The last bytes are gone before the moment is over. Call it on the thread.
    void end_now() { context_.stop(); }

  private:
    void run();

    std::function<void(const std::string&)> failed_;
    asio::io_context context_{1};
    std::thread thread_;
};

} // namespace keyhole
