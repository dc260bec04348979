#include "viz/base/row_window.hpp"

#include <algorithm>
#include <cmath>

namespace keyhole::viz {

void RowWindow::set_size(std::uint64_t all, std::uint64_t shown) {
    all_ = all;
    shown_ = std::max<std::uint64_t>(shown, 1);
    top_ = std::min(top_, last_top());
}

void RowWindow::scroll_to(std::uint64_t top) { top_ = std::min(top, last_top()); }

void RowWindow::scroll_by(std::int64_t rows) {
    if (rows < 0) {
        top_ -= std::min(top_, std::uint64_t{0} - static_cast<std::uint64_t>(rows));
    } else {
        top_ += std::min(last_top() - top_, static_cast<std::uint64_t>(rows));
    }
}

void RowWindow::show(std::uint64_t row) {
    if (row >= top_ && row - top_ < shown_) return;
    const std::uint64_t around = shown_ / 4, above = row < top_ ? around : shown_ - 1 - around;
    scroll_to(row - std::min(row, above));
}

double RowWindow::grab_size() const {
    return all_ <= shown_ ? 1.0 : static_cast<double>(shown_) / static_cast<double>(all_);
}

double RowWindow::grab_at() const {
    return last_top() == 0 ? 0.0 : static_cast<double>(top_) / static_cast<double>(last_top());
}

void RowWindow::drag_to(double share) {
    if (share >= 1) return scroll_to(last_top());
    scroll_to(static_cast<std::uint64_t>(std::llround(std::max(share, 0.0) * static_cast<double>(last_top()))));
}

} // namespace keyhole::viz
