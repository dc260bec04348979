#include "viz/app/page_factory.hpp"

#include "viz/frame/pages.hpp"
#include "viz/pages/kat/kat_page.hpp"
#include "viz/pages/table/table_page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_page(PageName page) {
    switch (page) {
        case PageName::steps: return nullptr;
        case PageName::table: return std::make_unique<TablePage>();
        case PageName::kat: return std::make_unique<KatPage>();
        case PageName::workbench: return make_workbench_page();
        case PageName::compare: return make_compare_page();
        case PageName::attack: return make_attack_page();
        case PageName::live: return make_live_page();
        case PageName::relay: return make_relay_page();
    }
    return nullptr;
}

} // namespace keyhole::viz
