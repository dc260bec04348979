// The pages there are; each stands in its own NAME_page.cpp.
#pragma once

#include <memory>

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_attack_page();
std::unique_ptr<Page> make_live_page();
std::unique_ptr<Page> make_relay_page();
std::unique_ptr<Page> make_compare_page();
std::unique_ptr<Page> make_workbench_page();

} // namespace keyhole::viz
