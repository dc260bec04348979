// An answer that takes long to make. It is made once, on another thread; whoever asks before it is there waits.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "netsim/tcp/asio.hpp"
#include "netsim/web/web_site.hpp"

namespace keyhole::classroom {

class SlowAnswer : public std::enable_shared_from_this<SlowAnswer> {
  public:
    /// `make` runs on a worker, and `reply` on `home`, as this function does. Where it throws, those who wait are
    /// answered with status 500, and the next who asks has it tried again.
    void give(WebSite::Reply reply, std::function<WebAnswer()> make, asio::thread_pool& workers,
              const asio::any_io_executor& home);

  private:
    void end(std::optional<WebAnswer> made);

    std::optional<WebAnswer> made_;
    std::vector<WebSite::Reply> waiting_;
};

} // namespace keyhole::classroom
