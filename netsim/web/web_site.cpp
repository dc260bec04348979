#include "netsim/web/web_site.hpp"

namespace keyhole {

WebAnswer plain_answer(unsigned status, std::string_view words) {
    return {.status = status,
            .file = std::make_shared<const WebFile>(WebFile{"text/plain; charset=utf-8", std::string(words) + "\n"})};
}

} // namespace keyhole
