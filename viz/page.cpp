#include "viz/page.hpp"

#include <array>
#include <cassert>

#include "viz/pages.hpp"

namespace keyhole::viz {
namespace {

using Factory = std::unique_ptr<Page> (*)();

Factory factory(ViewName view) {
    switch (view) {
        case ViewName::attack: return make_attack_page;
        case ViewName::workbench: return make_workbench_page;
        case ViewName::compare: return make_compare_page;
        default: return nullptr;
    }
}

} // namespace

bool has_page(ViewName view) { return factory(view) != nullptr; }

std::unique_ptr<Page> make_page(ViewName view) {
    assert(has_page(view));
    return factory(view)();
}

} // namespace keyhole::viz
