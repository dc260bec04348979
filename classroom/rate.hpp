// How fast somebody may speak: a stock of lines that fills again with time.
#pragma once

#include <algorithm>
#include <cstdint>

namespace keyhole::classroom {

class Rate {
  public:
    static constexpr std::uint64_t stock = 60, a_second = 10;

    /// Takes one line from the stock; false: there is none left. `now` counts milliseconds and never goes back.
    bool take(std::uint64_t now) {
        left_ = std::min(1000 * stock, left_ + (now - last_) * a_second);
        last_ = now;
        if (left_ < 1000) return false;
        left_ -= 1000;
        return true;
    }

    /// Begins with a full stock.
    explicit Rate(std::uint64_t now) : last_(now) {}

  private:
    std::uint64_t left_ = 1000 * stock, last_; // thousandths of a line
};

} // namespace keyhole::classroom
