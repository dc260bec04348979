// The pages of the window: each is made when it is shown first, and lasts.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "viz/frame/page.hpp"

namespace keyhole::viz {

class Pages {
  public:
    /// `table` must outlive it.
    explicit Pages(std::span<const PageInfo> table) : table_(table), pages_(table.size()) {}

    std::span<const PageInfo> table() const { return table_; }

    /// Nothing for the steps, and for a name that is not in the table.
    Page* page(PageName name);
    /// Before each frame, for those that were shown once and the one that is to be shown now.
    void tick(PageName shown, Seconds now);
    /// After each frame, for those that were shown once.
    void after_frame(const Session& shown, LectureCover cover) const;
    /// What one of the others than the one that is shown has to say; may be empty.
    std::string notice(PageName shown) const;
    /// Given to every page that there is and will be.
    void set_wake(std::function<void()> wake);
    /// When the page that is shown wants a frame by itself.
    std::optional<Seconds> due(PageName shown) const;

  private:
    std::span<const PageInfo> table_;
    std::vector<std::unique_ptr<Page>> pages_; // by their place in the table
    std::function<void()> wake_;
};

} // namespace keyhole::viz
