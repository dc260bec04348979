#include "core/steps/search/named_step.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/steps/search/step_search.hpp"

namespace keyhole {

Node named_step(const Trace& trace, std::string_view address) {
    constexpr std::size_t longest = 200, most_looks = 20'000;
    const auto node = trace.tree().find(address);
    if (node || address.size() > longest || address.find(' ') == std::string_view::npos)
        return node ? *node : trace.tree().at(address);
    StepSearch search(trace);
    search.start(address, Node{});
    std::size_t looks = 0;
    search.work([&] { return ++looks < most_looks && search.hits().empty(); });
    if (search.hits().empty()) return trace.tree().at(address);
    throw bad_input(fmt::format("no step '{}' in this trace (an address has no blanks; did you mean {}?)",
                                excerpt(address, 80), search.hits().front().address));
}

} // namespace keyhole
