// The fields Host and Origin of strangers: what is taken as this machine's is one of its names or addresses.
#include <algorithm>

#include "netsim/web/web_names.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace keyhole;
using namespace keyhole::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string_view host = text.substr(0, line), origin = text.substr(std::min(line + 1, text.size()));
    const std::string found = host_of(host);
    hold(std::ranges::all_of(found, [](char c) { return c > ' ' && c < '\x7F' && c != '/' && c != '@' && c != ';'; }),
         "a host is of letters that need no quotes", found);
    hold(found.size() <= host.size(), "a host is part of what was given");
    if (is_own_host(host, {"localhost"}, "127.0.0.1")) hold(!found.empty(), "a host that is ours is a host");
    if (is_own_origin(origin, host))
        hold(origin.ends_with(host) || host_of(host) == host_of(origin.substr(origin.find('/') + 2)),
             "an origin ends with its host");
    return 0;
}
