// A page by its name, as --view takes it. Which pages there are stands in one table: viz/app/page_table.cpp.
#pragma once

#include <string_view>

namespace keyhole::viz {

class PageName {
  public:
    /// `text` must outlive all copies; a literal does.
    constexpr explicit PageName(std::string_view text) : text_(text) {}

    constexpr std::string_view text() const { return text_; }
    bool operator==(const PageName&) const = default;

    /// The two that other parts of the window go to by themselves; the table of pages is checked to hold them.
    static const PageName steps, live;

  private:
    std::string_view text_;
};

inline constexpr PageName PageName::steps("steps"), PageName::live("live");

} // namespace keyhole::viz
