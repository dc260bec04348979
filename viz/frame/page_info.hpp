// What the window knows of a page: the tabs, the keys, --view and the help all read it. A page is one of these, a line
// of the table in viz/app/page_table.cpp.
#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>

#include "viz/base/command.hpp"
#include "viz/base/page_name.hpp"

namespace keyhole::viz {

class Page;

struct PageInfo {
    using Make = std::unique_ptr<Page> (*)();

    /// A constructor, so that a line that lacks something does not compile.
    constexpr PageInfo(std::string_view name_, std::string_view label_, char key_, std::string_view words_, Make make_,
                       std::string_view old_name_ = {})
        : name(name_), label(label_), key(key_), words(words_), make(make_), old_name(old_name_) {}

    PageName name;
    std::string_view label;    // on its tab
    char key;                  // without Ctrl or Alt it shows the page
    std::string_view words;    // what it shows, one line for tooltip and help
    Make make;                 // nothing for the steps, whose stage and panels are no page
    std::string_view old_name; // that --view took once and still takes; may be empty

    std::string_view shown_key() const { return {&key, 1}; }
};

/// Nothing where there is none of that name.
inline const PageInfo* find_page(std::span<const PageInfo> pages, PageName name) {
    const auto found = std::ranges::find(pages, name, &PageInfo::name);
    return found == pages.end() ? nullptr : &*found;
}

inline const PageInfo* page_for(std::span<const PageInfo> pages, const KeyPress& press) {
    const auto found =
        std::ranges::find_if(pages, [&](const PageInfo& page) { return press == KeyPress{.key = key_of(page.key)}; });
    return found == pages.end() ? nullptr : &*found;
}

} // namespace keyhole::viz
