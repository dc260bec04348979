#include "netsim/tcp/loop_thread.hpp"

#include <chrono>

#include "core/base/bytes.hpp"

namespace keyhole {
namespace {

constexpr std::chrono::milliseconds moment{300};

} // namespace

void LoopThread::run() {
    const auto work = asio::make_work_guard(context_);
    while (!context_.stopped()) {
        try {
            context_.run();
        } catch (const std::exception& error) {
            failed_(escape_controls(error.what()));
        }
    }
}

void LoopThread::keep_for_a_moment(std::shared_ptr<void> leaving) {
    auto timer = std::make_shared<asio::steady_timer>(context_, moment);
    timer->async_wait([timer, leaving = std::move(leaving)](const boost::system::error_code&) {});
}

void LoopThread::end(std::function<bool()> last) {
    if (!thread_.joinable()) return;
    asio::post(context_, [this, last = std::move(last)] {
        auto timer =
            std::make_shared<asio::steady_timer>(context_, moment); // first: it ends the thread if `last` throws
        timer->async_wait([this, timer](const boost::system::error_code&) { context_.stop(); });
        if (!last()) context_.stop();
    });
    thread_.join();
}

} // namespace keyhole
