#include "viz/page.hpp"

#include <array>
#include <cassert>

#include "viz/answers_page.hpp"
#include "viz/pages.hpp"
#include "viz/table_page.hpp"

namespace keyhole::viz {
namespace {

using Factory = std::unique_ptr<Page> (*)();

template <class Made>
std::unique_ptr<Page> make() {
    return std::make_unique<Made>();
}

Factory factory(ViewName view) {
    switch (view) {
        case ViewName::attack: return make_attack_page;
        case ViewName::live: return make_live_page;
        case ViewName::relay: return make_relay_page;
        case ViewName::table: return make<TablePage>;
        case ViewName::answers: return make<AnswersPage>;
        case ViewName::workbench: return make_workbench_page;
        case ViewName::compare: return make_compare_page;
        default: return nullptr;
    }
}

} // namespace

bool has_page(ViewName view) { return factory(view) != nullptr; }

bool can_run(Command command) {
    if (command <= Command::view_steps || command > Command::view_relay) return true;
    return has_page(static_cast<ViewName>(static_cast<int>(command) - static_cast<int>(Command::view_steps)));
}

std::unique_ptr<Page> make_page(ViewName view) {
    assert(has_page(view));
    return factory(view)();
}

} // namespace keyhole::viz
