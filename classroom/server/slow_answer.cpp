#include "classroom/server/slow_answer.hpp"

#include <utility>

namespace keyhole::classroom {

void SlowAnswer::give(WebSite::Reply reply, std::function<WebAnswer()> make, asio::thread_pool& workers,
                      const asio::any_io_executor& home) {
    if (made_) return reply(*made_);
    waiting_.push_back(std::move(reply));
    if (waiting_.size() > 1) return; // it is being made
    asio::post(workers, [self = shared_from_this(), make = std::move(make), home] {
        std::optional<WebAnswer> made;
        try {
            made = make();
        } catch (const std::exception&) {
            made = std::nullopt; // end() says so
        }
        asio::post(home, [self, made] { self->end(made); });
    });
}

void SlowAnswer::end(std::optional<WebAnswer> made) {
    made_ = std::move(made);
    const WebAnswer answer = made_.value_or(plain_answer(500, "This cannot be written."));
    for (const WebSite::Reply& reply : std::exchange(waiting_, {})) reply(answer);
}

} // namespace keyhole::classroom
