// The trace table (key 2): the rows of the trace's CSV files, the current step's row marked, every row a way there.
#pragma once

#include "viz/frame/page.hpp"

namespace keyhole::viz {

std::unique_ptr<Page> make_table_page();

} // namespace keyhole::viz
