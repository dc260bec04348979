#include "viz/frame/page.hpp"

#include <array>
#include <cassert>

#include "viz/frame/pages.hpp"
#include "viz/pages/kat/kat_page.hpp"
#include "viz/pages/table/table_page.hpp"

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

std::optional<ViewName> view_shown_by(Command command) {
    const int number = static_cast<int>(command) - static_cast<int>(Command::view_steps);
    if (number < 0 || number >= static_cast<int>(view_count)) return std::nullopt;
    return static_cast<ViewName>(number);
}

Command command_that_shows(ViewName view) {
    return static_cast<Command>(static_cast<int>(Command::view_steps) + static_cast<int>(view));
}

bool can_run(Command command) {
    const auto view = view_shown_by(command);
    return !view || *view == ViewName::steps || has_page(*view);
}

std::unique_ptr<Page> make_page(ViewName view) {
    assert(has_page(view));
    return factory(view)();
}

} // namespace keyhole::viz
