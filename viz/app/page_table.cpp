#include "viz/app/page_table.hpp"

#include <array>

#include "viz/pages/attack/attack_page.hpp"
#include "viz/pages/classroom/class_page.hpp"
#include "viz/pages/compare/compare_page.hpp"
#include "viz/pages/kat/kat_page.hpp"
#include "viz/pages/lab/lab_page.hpp"
#include "viz/pages/live/live_page.hpp"
#include "viz/pages/practice/practice_page.hpp"
#include "viz/pages/relay/relay_page.hpp"
#include "viz/pages/start/start_page.hpp"
#include "viz/pages/table/table_page.hpp"
#include "viz/pages/workbench/workbench_page.hpp"

namespace keyhole::viz {
namespace {

// clang-format off
constexpr std::array table = {
    //       --view       on its tab       key  in help and tooltip                                          the page              --view once
    PageInfo("start",     "Start",         '0', "what this is, four ways in, an exchange of your own",       make_start_page),
    PageInfo("steps",     "Steps",         '1', "the stage of the current step, its values and words",       nullptr),
    PageInfo("table",     "Table",         '2', "every round of every block in a table",                     make_table_page),
    PageInfo("kat",       "Known answers", '3', "runs known-answer files; any record opens as a trace",      make_kat_page,        "answers"),
    PageInfo("workbench", "Workbench",     '4', "a key and a text of your own, without an exchange",         make_workbench_page),
    PageInfo("compare",   "Compare",       '5', "two traces side by side: what one flipped bit does",        make_compare_page),
    PageInfo("attack",    "Attack",        '6', "an eavesdropper opens the session",                         make_attack_page),
    PageInfo("live",      "Live",          '7', "the exchange with another program",                         make_live_page),
#ifndef __EMSCRIPTEN__ // nobody can connect to a page in a browser
    PageInfo("relay",     "Relay",         '8', "the person in the middle",                                  make_relay_page),
    PageInfo("class",     "Class",         'h', "students follow and answer in their browsers",              make_class_page),
#endif
    PageInfo("practice",  "Practice",      '9', "questions about the step, two tries each",                       make_practice_page),
    PageInfo("lab",       "Lab",           'j', "DES changed on purpose, and what that does",                    make_lab_page),
};
// clang-format on

constexpr bool holds(PageName name) { return std::ranges::count(table, name, &PageInfo::name) == 1; }

constexpr bool all_differ() {
    return std::ranges::all_of(table, [](const PageInfo& page) {
        return holds(page.name) && std::ranges::count(table, page.key, &PageInfo::key) == 1 &&
               (page.old_name.empty() || !holds(PageName(page.old_name)));
    });
}
static_assert(all_differ(), "no two pages have one name or one key");
static_assert(holds(PageName::steps) && holds(PageName::live), "other parts of the window go to these");

} // namespace

std::span<const PageInfo> all_pages() { return table; }

const PageInfo* find_page(std::string_view name) {
    const auto* found = std::ranges::find_if(table, [&](const PageInfo& page) {
        return page.name.text() == name || (!name.empty() && page.old_name == name);
    });
    return found == table.end() ? nullptr : found;
}

} // namespace keyhole::viz
