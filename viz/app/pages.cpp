#include "viz/app/pages.hpp"

namespace keyhole::viz {

Page* Pages::page(PageName name) {
    const PageInfo* info = find_page(table_, name);
    if (info == nullptr || info->make == nullptr) return nullptr;
    auto& page = pages_[static_cast<std::size_t>(info - table_.data())];
    if (!page) {
        page = info->make();
        page->set_wake(wake_);
    }
    return page.get();
}

void Pages::set_wake(std::function<void()> wake) {
    wake_ = std::move(wake);
    for (const auto& page : pages_) {
        if (page) page->set_wake(wake_);
    }
}

void Pages::tick(PageName shown, Seconds now) {
    page(shown);
    for (const auto& page : pages_) {
        if (page) page->tick(now);
    }
}

void Pages::after_frame(const Session& shown, LectureCover cover) const {
    for (const auto& page : pages_) {
        if (page) page->after_frame(shown, cover);
    }
}

std::string Pages::notice(PageName shown) const {
    for (std::size_t i = 0; i < pages_.size(); ++i) {
        if (!pages_[i] || table_[i].name == shown) continue;
        if (std::string words = pages_[i]->notice(); !words.empty()) return words;
    }
    return {};
}

std::optional<Seconds> Pages::due(PageName shown) const {
    const PageInfo* info = find_page(table_, shown);
    if (info == nullptr) return std::nullopt;
    const auto& page = pages_[static_cast<std::size_t>(info - table_.data())];
    return page ? page->due() : std::nullopt;
}

} // namespace keyhole::viz
