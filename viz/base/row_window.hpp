// Which rows of a long list are in sight. ImGuiListClipper counts rows in an int and places them in pixels of a float,
// which is exact for about a million rows; a table has up to 268 435 456, so rows are counted in whole numbers here.
#pragma once

#include <cstdint>

namespace keyhole::viz {

/// Rows in sight: `shown` of `all` from `top` on.
class RowWindow {
  public:
    void set_size(std::uint64_t all, std::uint64_t shown);
    std::uint64_t top() const { return top_; }
    std::uint64_t shown() const { return shown_; }
    std::uint64_t last_top() const { return all_ > shown_ ? all_ - shown_ : 0; }

    void scroll_to(std::uint64_t top);
    /// Down where it is positive.
    void scroll_by(std::int64_t rows);
    /// Moves as little as needed, but keeps a few rows around a row that was out of sight.
    void show(std::uint64_t row);

    /// The grab of the bar, as parts of its length, and the place for a drag to `share` (0 top, 1 bottom).
    double grab_at() const;
    double grab_size() const;
    void drag_to(double share);

  private:
    std::uint64_t all_ = 0, shown_ = 1, top_ = 0;
};

} // namespace keyhole::viz
