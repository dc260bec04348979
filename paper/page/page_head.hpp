// What stands above the steps of a page: its title, what it leaves out, its bar, its keys and its contents.
#pragma once

#include <cstdint>
#include <string>

#include "core/steps/trace.hpp"
#include "core/steps/viewer.hpp"
#include "paper/page/page_plan.hpp"

namespace keyhole::paper {

/// Whose sight a recording is, told by what is missing in it.
Viewer sight_of(const Recording& recording);

/// HTML from the very beginning to where the steps begin. `fonts`: the rules that bring the page's own fonts.
std::string page_head(const Trace& trace, const PagePlan& plan, std::uint64_t steps, const std::string& fonts);

} // namespace keyhole::paper
